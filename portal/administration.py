"""The steward's service: how the portal is, envelopes of what happened, undeliverable e-mails."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, Heartbeat, MailFault, OutboxEmail
from models.stakeholders import Person
from portal.access import Actor, as_column, authorize
from portal.backup import RESTORED
from portal.db import alias
from portal.envelopes import envelope, unnamed
from portal.errors import Invalid
from portal.ledger import transition
from portal.outbox import (
    IS_DEAD,
    LANES,
    MailStatus,
    can_go_again,
    fault,
    mail_status,
    reopen,
)
from portal.paging import Page, cut
from portal.parameters import at_most
from portal.parsing import reference, whole
from portal.rules import ANNOUNCE, OFFICE, READ, READ_EMAILS, READ_TRAIL, RETRY_EMAIL
from portal.rules.verbs import present, spellings
from portal.stakeholders import OFFICE_REF
from portal.words import N_

PAGE = 50
SHOWN = 200
WHOM = alias(Person, "acted_for")


@dataclass(frozen=True)
class Health:
    """When each lane of the jobs was last seen, how mail goes, and how many acts there are."""

    office_id: int
    lanes: dict[str, datetime | None]
    mail: MailStatus
    events: int


def read(session: Session, actor: Actor, now: datetime) -> Health:
    """How the portal is; raises what `access.authorize` raises."""
    office = authorize(session, actor, READ, OFFICE, OFFICE_REF, now)
    seen = (select(Heartbeat.at).where(Heartbeat.name == lane) for lane in LANES)
    events = select(func.max(AuditEvent.id))
    row = session.execute(select(*(one.scalar_subquery() for one in (events, *seen)))).one()
    lanes = dict(zip(LANES, row[1:], strict=True))
    return Health(office.id, lanes, mail_status(session, now), row[0] or 0)


@dataclass(frozen=True)
class TrailFilter:
    """What the trail is narrowed to; empty means everything."""

    person: str = ""
    verb: str = ""
    ref: str = ""

    def clauses(self) -> list[Any]:
        """The narrowing as SQL over events and people."""
        found: list[Any] = []
        if self.person:
            found.append(Person.name.icontains(self.person, autoescape=True))
        if self.verb:
            found.append(AuditEvent.verb.in_(spellings(present(self.verb))))
        if self.ref:
            found.append(AuditEvent.ref == reference(self.ref))
        return found


def read_trail(
    session: Session, actor: Actor, now: datetime, narrowed: TrailFilter, before: str = ""
) -> Page:
    """A page of envelopes, newest first; never what they held."""
    authorize(session, actor, READ_TRAIL, OFFICE, OFFICE_REF, now)
    kept_back = unnamed(AuditEvent.resource_type, AuditEvent.resource_id, now)
    events = (
        select(
            AuditEvent.id,
            AuditEvent.at,
            AuditEvent.verb,
            AuditEvent.resource_type,
            AuditEvent.ref,
            AuditEvent.edition,
            case((kept_back, None), else_=AuditEvent.signin_id).label("signin_id"),
            case((kept_back, None), else_=Person.name).label("name"),
            case((kept_back, None), else_=WHOM.name).label("whom"),
            as_column(kept_back).label("kept_back"),
        )
        .outerjoin(Person, Person.id == AuditEvent.person_id)
        .outerjoin(WHOM, WHOM.id == AuditEvent.for_id)
        .where(*narrowed.clauses(), envelope(AuditEvent.resource_type, AuditEvent.resource_id, now))
    )
    if narrowed.person:  # or to look for a name would tell who it was
        events = events.where(~kept_back)
    if (last := whole(before)) is not None:
        events = events.where(AuditEvent.id < last)
    rows = session.execute(events.order_by(AuditEvent.id.desc()).limit(at_most(PAGE + 1))).all()
    return cut(rows, PAGE, lambda row: str(row.id))


@dataclass(frozen=True)
class Undelivered:
    """The e-mails that did not arrive yet, the newest first, and how many can be sent again."""

    rows: list[Any]
    again: int
    fault: MailFault | None


def read_emails(session: Session, actor: Actor, now: datetime) -> Undelivered:
    """The e-mails that could not be delivered, or are tried again: whom, about which, why."""
    authorize(session, actor, READ_EMAILS, OFFICE, OFFICE_REF, now)
    waits = and_(OutboxEmail.closed_at.is_(None), OutboxEmail.reason != "")
    rows = session.execute(
        select(
            OutboxEmail.id,
            OutboxEmail.resource_type,
            OutboxEmail.template,
            OutboxEmail.created_at,
            OutboxEmail.next_at,
            OutboxEmail.closed_at,
            OutboxEmail.attempts,
            OutboxEmail.reason,
            can_go_again().label("again"),
            Person.name,
            Person.email,
        )
        .join(Person, Person.id == OutboxEmail.person_id)
        .where(
            or_(IS_DEAD, waits),
            envelope(OutboxEmail.resource_type, OutboxEmail.resource_id, now),
        )
        .order_by(OutboxEmail.id.desc())
        .limit(at_most(SHOWN))
    )
    return Undelivered(list(rows), _many(session, now), fault(session))


def _many(session: Session, now: datetime) -> int:
    return session.scalar(select(func.count()).select_from(OutboxEmail).where(*_again(now))) or 0


def _again(now: datetime) -> tuple[Any, ...]:
    """What may be sent again all at once: not what a restored backup had closed."""
    return (
        IS_DEAD,
        OutboxEmail.reason != RESTORED,
        can_go_again(),
        envelope(OutboxEmail.resource_type, OutboxEmail.resource_id, now),
    )


def retry_email(session: Session, actor: Actor, email_id: int, now: datetime) -> None:
    """Send an undeliverable e-mail again; it is asked anew who may be notified.

    One about a closed dialogue is not there for a steward: it raises the same Invalid as none.
    """
    with transition(session, actor, RETRY_EMAIL, OFFICE, OFFICE_REF, now, template=email_id):
        there = envelope(OutboxEmail.resource_type, OutboxEmail.resource_id, now)
        one = (OutboxEmail.id == email_id, IS_DEAD, there)
        keyed = session.scalar(select(can_go_again()).where(*one))
        if keyed is None:
            raise Invalid({"letter": N_("That e-mail is no longer waiting.")})
        if not keyed:
            raise Invalid({"letter": N_("This invitation has expired. Invite the person again.")})
        reopen(session, now, *one)


def retry_all(session: Session, actor: Actor, now: datetime) -> int:
    """Send all undeliverable e-mails again; gives back how many."""
    many = _many(session, now)
    with transition(session, actor, RETRY_EMAIL, OFFICE, OFFICE_REF, now, emails=many):
        reopen(session, now, *_again(now))
    return many


@dataclass(frozen=True)
class Announcement:
    """What stands on every page from one instant to the other, "" is nothing."""

    text: str
    from_at: datetime | None
    until_at: datetime | None


def announced(session: Session, actor: Actor, now: datetime) -> Announcement:
    """What is announced at present, or will be; raises what `access.authorize` raises."""
    office = authorize(session, actor, ANNOUNCE, OFFICE, OFFICE_REF, now)
    return Announcement(office.banner, office.banner_from_at, office.banner_until_at)


def announce(session: Session, actor: Actor, said: Announcement, now: datetime) -> None:
    """Show a text on every page for a time; an empty one takes down what stands there.

    Raises Invalid where the time is missing, ends before it begins, or is over.
    """
    text = said.text.strip()
    problems = _problems_of(said, now) if text else {}
    times = [at.isoformat() for at in (said.from_at, said.until_at) if at and text]
    with transition(session, actor, ANNOUNCE, OFFICE, OFFICE_REF, now, times=times) as office:
        if problems:
            raise Invalid(problems)
        office.banner = text
        office.banner_from_at = said.from_at if text else None
        office.banner_until_at = said.until_at if text else None


def _problems_of(said: Announcement, now: datetime) -> dict[str, str]:
    if said.from_at is None:
        return {"begins": N_("Give the time from which it is shown.")}
    if said.until_at is None:
        return {"ends": N_("Give the time until which it is shown.")}
    if said.until_at <= said.from_at:
        return {"ends": N_("It must end after it begins.")}
    return {"ends": N_("This time is over.")} if said.until_at <= now else {}
