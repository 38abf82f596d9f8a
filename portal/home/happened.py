"""What others did since the last visit, and what has newly come in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, case, exists, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from models.audience import AudienceRow, CommitmentAudienceRow
from models.ledger import AuditEvent
from models.notices import Edition, Notice
from models.signins import SignIn
from models.stakeholders import Organisation, Person
from portal.access import Actor, answer, clause, part, visible
from portal.notices import proposed
from portal.rules import (
    ACCEPT,
    ACKNOWLEDGE,
    ADD_EVIDENCE,
    AMEND,
    ASK_RELEASE,
    CLOSE,
    COMMENT,
    COMMITMENTS,
    CONSENT,
    CORRECT,
    COUNTER,
    DECLARE_UNMET,
    DECLINE,
    FIND,
    FULFIL,
    LAPSE,
    NOTICES,
    PROPOSE,
    PUBLISH,
    READ_LEDGER,
    READ_TERMS,
    READ_TEXT,
    REFUSE,
    RELEASE,
    REPLY,
    REPORT,
    RESUME,
    START,
    SUSPEND,
    TAKE_BACK,
    WITHDRAW,
    Kind,
)

SHOWN: Final = 10


@dataclass(frozen=True)
class Told:
    """The acts on a noun that are news: to every reader, and to those alone who hold a verb."""

    kind: Kind[Any]
    found_by: Any
    to_all: tuple[str, ...]
    to_some: tuple[str, ...]
    who_hold: str


TOLD: Final = (
    Told(
        NOTICES,
        AudienceRow.notice_id,
        (PUBLISH, CORRECT, CLOSE, WITHDRAW),
        (COMMENT, ACKNOWLEDGE),
        READ_LEDGER,
    ),
    Told(
        COMMITMENTS,
        CommitmentAudienceRow.commitment_id,
        (
            *(PROPOSE, WITHDRAW, LAPSE, START, SUSPEND, RESUME, RELEASE),
            *(REPORT, FIND, FULFIL, DECLARE_UNMET, REPLY, ADD_EVIDENCE),
        ),
        (ACCEPT, DECLINE, COUNTER, AMEND, ASK_RELEASE, CONSENT, REFUSE, TAKE_BACK),
        READ_TERMS,
    ),
)


def since(session: Session, actor: Actor, who: list[str], now: datetime) -> list[Any]:
    """What others did since the person's sign-in before this one was last seen, newest first."""
    parts = (_done(told, actor, who, now).subquery() for told in TOLD)
    every = union_all(*(select(*part.c) for part in parts)).subquery()
    newest = select(every).order_by(every.c.at.desc(), every.c.key.desc())
    return list(session.execute(newest.limit(SHOWN)))


def _done(told: Told, actor: Actor, who: list[str], now: datetime) -> Any:
    kind, index = told.kind, told.found_by.class_
    last_visit = (
        select(SignIn.seen_at)
        .where(SignIn.person_id == actor.person_id, SignIn.id != (actor.signin_id or 0))
        .order_by(SignIn.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    # As values and not as joins, so that both engines go along the trail, newest first.
    found = (told.found_by == AuditEvent.matter_id, index.principal.in_(who))
    findable = select(answer(exists().where(*found).correlate(AuditEvent))).scalar_subquery()
    name = select(Person.name).where(Person.id == AuditEvent.person_id).scalar_subquery()
    holds = clause(kind, told.who_hold, actor.person_id, now)
    some = and_(AuditEvent.verb.in_(told.to_some), holds, _then(told, actor, now))
    shown = or_(AuditEvent.verb.in_(told.to_all), some)
    columns = (
        literal(kind.name).label("kind"),
        AuditEvent.id.label("key"),
        AuditEvent.verb,
        AuditEvent.at,
        name.label("who"),
        kind.model.ref,
        _title(kind, actor, now),
    )
    return (
        visible(kind, actor, now, *columns)
        .join(AuditEvent, AuditEvent.matter_id == kind.model.id)
        .where(AuditEvent.at > last_visit, AuditEvent.kind == kind.name)
        .where(AuditEvent.verb.in_(told.to_all + told.to_some), findable, shown)
        .where(AuditEvent.person_id != actor.person_id)
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(SHOWN)
    )


def _then(told: Told, actor: Actor, now: datetime) -> Any:
    # Who is on the own side now need not have been while the notice was stricter.
    if told.kind is not NOTICES:
        return true()
    edition = (Edition.notice_id == AuditEvent.matter_id, Edition.number == AuditEvent.edition)
    its_readers = part(Edition, actor.person_id, now)
    return exists().where(*edition, its_readers).correlate(AuditEvent)


def news(session: Session, actor: Actor, who: list[str], now: datetime) -> list[Any]:
    """The newest notices the person may see."""
    keys = proposed(who, 3 * SHOWN).subquery()
    columns = (
        Notice.ref,
        _title(NOTICES, actor, now),
        Notice.tlp,
        Notice.state,
        Notice.published_at,
        Organisation.name.label("organisation"),
    )
    rows = session.execute(
        visible(NOTICES, actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.id.in_(select(keys.c.notice_id)))
        .order_by(Notice.published_at.desc(), Notice.id.desc())
        .limit(SHOWN)
    )
    return list(rows)


def _title(kind: Kind[Any], actor: Actor, now: datetime) -> Any:
    readable = clause(kind, READ_TEXT, actor.person_id, now)
    return case((readable, kind.model.title), else_="").label("title")
