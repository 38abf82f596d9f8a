"""Who is here, asked once at the start of each request: the person of a live sign-in.

With it comes what every page shows of the moment: what the steward announces, and whether the tour
of a first visit is still open. So neither costs a page a question of its own.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, bindparam, exists, func, select, update
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.office import Office
from models.signins import SignIn
from models.stakeholders import Membership, Person, Standing
from portal.access import Actor, as_column, predicate
from portal.db import alias
from portal.parameters import ME, NOW, REF, at_most, ready
from portal.relations import in_force
from portal.rules import ADMIT, OFFICE, READ, in_force_now
from portal.tickets import home_of_ticket, own_ticket

AWAY: Final = alias(Alternate, "away")
STANDS_IN: Final = alias(Person, "stands_in")
SEEN_EVERY: Final = timedelta(minutes=5)


@dataclass(frozen=True)
class Limits:
    """How long a sign-in lasts unused, and at the longest."""

    idle: timedelta
    longest: timedelta


@dataclass(frozen=True)
class Here:
    """A live sign-in: the actor, when it was last seen, and whether the office is theirs to see.

    `acts` is whether they act for somebody at this moment, `absence` who acts for them. `ticket` is
    the number that an organisation of theirs keeps of what the page is about, `ticket_home` the
    organisation's reference: for pages that have asked the policy for it.

    `banner` is what the steward says on every page now; `tour` is the role of whose first steps the
    overview tells, "" once they were closed.
    """

    actor: Actor
    seen_at: datetime
    office: bool
    banner: str
    tour: str
    acts: bool
    absence: "Absence | None"
    ticket: str
    ticket_home: str


@dataclass(frozen=True)
class Absence:
    """Somebody acts for the person until a day of a zone; the alternate has this reference.

    `role` is the role for whose work they act, "" where it is not for one. `others` is how many
    more act for the person, each for something else.
    """

    ref: str
    name: str
    role: str
    until_at: datetime
    zone: str
    others: int


def key_hash(key: str) -> str:
    """How the key of a cookie is kept: SHA-256, since the key is random enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def who_is_here(
    session: Session, key: str, limits: Limits, now: datetime, about: str = ""
) -> Here | None:
    """The person whose live sign-in has this key, in one query; None when it is over.

    `about` is the reference that the page is about, where it has one.
    """
    since = {"seen": now - limits.idle, "began": now - limits.longest}
    values = {"key_hash": key_hash(key), NOW.key: now, REF.key: about, **since}
    row = session.execute(HERE, values).one_or_none()
    if row is None:
        return None
    actor = Actor(row.id, row.name, row.zone, row.language, row.signin_id, row.ref)
    tour = "" if row.toured_at else row.role or ("steward" if row.steward else "observer")
    return Here(
        actor,
        row.seen_at,
        bool(row.steward),
        row.banner or "",
        tour,
        row.acts,
        _absence(row),
        row.ticket,
        row.ticket_home or "",
    )


def tour_of(session: Session, here: Here, now: datetime) -> str:
    """Whose first steps the overview shows: an auditor sees the office, and does not admit."""
    if here.tour != "steward" or session.scalar(
        ADMITS, {ME.key: here.actor.person_id, NOW.key: now}
    ):
        return here.tour
    return "auditor"


def _here() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Person.id,
            Person.name,
            Person.zone,
            Person.language,
            SignIn.id.label("signin_id"),
            SignIn.seen_at,
            Person.ref,
            select(as_column(predicate(OFFICE, READ, Person.id, NOW)))
            .select_from(OFFICE.model)
            .correlate(Person)
            .scalar_subquery()
            .label("steward"),
            _banner().scalar_subquery().label("banner"),
            Person.toured_at,
            _role().label("role"),
            _acts().label("acts"),
            AWAY.ref.label("away_ref"),
            STANDS_IN.name.label("away_name"),
            AWAY.role.label("away_role"),
            AWAY.ends_at.label("away_until"),
            AWAY.zone.label("away_zone"),
            _of_absences(func.count()).label("absences"),
            own_ticket(REF, Person.id),
            home_of_ticket(REF, Person.id).label("ticket_home"),
        )
        .join(SignIn, SignIn.person_id == Person.id)
        # Of several, for one process or role each, the first that was named.
        .outerjoin(AWAY, AWAY.id == _of_absences(func.min(Alternate.id)))
        .outerjoin(STANDS_IN, STANDS_IN.id == AWAY.person_id)
        .where(
            SignIn.key_hash == bindparam("key_hash"),
            SignIn.ended_at.is_(None),
            SignIn.seen_at > bindparam("seen"),
            SignIn.began_at > bindparam("began"),
            Person.state == Standing.ACTIVE,
        )
    )


def _banner() -> Select[str]:
    """What the steward says on every page at this moment."""
    return select(Office.banner).where(
        Office.banner != "", Office.banner_from_at <= NOW, Office.banner_until_at > NOW
    )


def _absence(row: Any) -> Absence | None:
    if row.away_ref is None:
        return None
    return Absence(
        row.away_ref,
        row.away_name,
        row.away_role,
        row.away_until,
        row.away_zone,
        row.absences - 1,
    )


def _acts() -> Any:
    found = exists().where(Alternate.person_id == Person.id, in_force_now(Alternate, NOW))
    return as_column(found.correlate(Person))


def _of_absences(asked: Any) -> Any:
    mine = select(asked).select_from(Alternate).where(Alternate.for_id == Person.id)
    return mine.where(in_force_now(Alternate, NOW)).correlate(Person).scalar_subquery()


def _role() -> Any:
    # The first of those that somebody holds: the tour is one, and names where the others are.
    held = Membership.role.label("role")
    mine = select(held).where(Membership.person_id == Person.id, in_force(Membership, NOW))
    return mine.order_by(Membership.id).limit(at_most(1)).correlate(Person).scalar_subquery()


HERE: Final = ready(_here())
ADMITS: Final = ready(
    select(as_column(predicate(OFFICE, ADMIT, ME, NOW))).select_from(OFFICE.model)
)
BANNER: Final = ready(_banner())


def banner(session: Session, now: datetime) -> str:
    """What the steward says on every page, for those who are not signed in."""
    return session.scalar(BANNER, {NOW.key: now}) or ""


def seen(session: Session, signin_id: int, now: datetime) -> None:
    """Keep a sign-in from going idle."""
    session.execute(update(SignIn).where(SignIn.id == signin_id).values(seen_at=now))
