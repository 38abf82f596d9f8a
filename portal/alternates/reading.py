"""Reading alternates: one of them, those that concern a person, and whom one can name."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Select, case, func, or_, select, union
from sqlalchemy.orm import Session

from models.alternates import Alternate, AlternateState
from models.processes import Process
from models.stakeholders import Membership, Organisation, Person, Role, Standing
from portal.access import Actor, as_column, beside_read, granted, predicate, readable, verbs_of
from portal.days import day_of, last_day, place_of
from portal.db import alias
from portal.errors import NotFound
from portal.ledger import audit
from portal.parameters import ME, NOTHING, NOW, REF, at_most, ready
from portal.relations import in_force
from portal.rules import (
    ALTERNATES,
    APPOINT_ALTERNATE,
    DECLARE_ALTERNATE,
    ORGANISATIONS,
    PROCESSES,
    READ,
    in_force_now,
)

AWAY: Final = alias(Person, "away")
STANDS_IN: Final = alias(Person, "stands_in")
ASKED_BY: Final = alias(Person, "asked_by")
MOST: Final = 100


@dataclass(frozen=True)
class AlternateRow:
    """Who acts for whom, as a page shows it.

    `process` is its cover name where the reader knows the process; `holds` is whether it is in
    force at this moment, `mine` and `for_me` on which side the reader stands.
    """

    alternate: Alternate
    organisation: str
    organisation_ref: str
    away: str
    away_zone: str
    person: str
    declared_by: str
    process: str
    holds: bool
    mine: bool
    for_me: bool
    verbs: frozenset[str]

    @property
    def first_day(self) -> date:
        """The first day, in its own zone."""
        return day_of(self.alternate.begins_at, self.alternate.zone)

    @property
    def last_day(self) -> date:
        """The last day, in its own zone."""
        return last_day(self.alternate.ends_at, self.alternate.zone)

    @property
    def place(self) -> str:
        """The place on whose clocks its days begin and end."""
        return place_of(self.alternate.zone)


@dataclass(frozen=True)
class Around:
    """What one can choose from: organisations, people as key and name, and who has which role."""

    homes: list[tuple[str, str]]
    people: list[tuple[int, str]]
    roles: frozenset[tuple[int, str]]


def read(session: Session, actor: Actor, ref: str, now: datetime) -> AlternateRow:
    """One alternate; raises NotFound when it is absent or hidden."""
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(ONE, asked).one_or_none()
    if row is None or READ not in verbs_of(ALTERNATES, row):
        raise NotFound(ref)
    audit(session, actor, READ, ALTERNATES, row.Alternate, now)
    return _row(row)


def mine(session: Session, actor: Actor, now: datetime) -> list[AlternateRow]:
    """Those that are one's own or that one looks after, what is under way or to come first."""
    asked = {ME.key: actor.person_id, NOW.key: now}
    return [_row(row) for row in session.execute(MINE, asked)]


def around(session: Session, actor: Actor, verb: str, now: datetime) -> Around:
    """The organisations for which the person may name an alternate, and the people of each."""
    asked = {ME.key: actor.person_id, NOW.key: now}
    rows = session.execute(AROUND[verb], asked).all()
    homes = dict.fromkeys((row.ref, row.home) for row in rows)
    people = dict.fromkeys((row.id, _named(row)) for row in rows)
    return Around(list(homes), list(people), frozenset((row.id, row.role) for row in rows))


def colleagues(found: Around, actor: Actor) -> list[tuple[int, str]]:
    """Of these people everybody but the person."""
    return [one for one in found.people if one[0] != actor.person_id]


def readable_processes(session: Session, actor: Actor, now: datetime) -> list[tuple[int, str]]:
    """The processes that the person knows, for the choice of what an alternate is for."""
    rows = session.execute(KNOWN, {ME.key: actor.person_id, NOW.key: now})
    return [(row.id, row.cover_name) for row in rows]


def _named(row: Any) -> str:
    return f"{row.name}, {row.home}"


def _row(row: Any) -> AlternateRow:
    return AlternateRow(
        row.Alternate,
        row.organisation,
        row.organisation_ref,
        row.away,
        row.away_zone,
        row.person,
        row.declared_by,
        row.process,
        row.holds,
        row.mine,
        row.for_me,
        verbs_of(ALTERNATES, row),
    )


def _rows() -> Select[Any]:
    knows = case((predicate(PROCESSES, READ, ME, NOW), Process.cover_name), else_=NOTHING)
    return (
        select(
            Alternate,
            Organisation.name.label("organisation"),
            Organisation.ref.label("organisation_ref"),
            AWAY.name.label("away"),
            AWAY.zone.label("away_zone"),
            STANDS_IN.name.label("person"),
            ASKED_BY.name.label("declared_by"),
            func.coalesce(knows, NOTHING).label("process"),
            as_column(in_force_now(Alternate, NOW)).label("holds"),
            as_column(Alternate.person_id == ME).label("mine"),
            as_column(Alternate.for_id == ME).label("for_me"),
            *granted(ALTERNATES, ME, NOW),
        )
        .join(Organisation, Organisation.id == Alternate.organisation_id)
        .join(AWAY, AWAY.id == Alternate.for_id)
        .join(STANDS_IN, STANDS_IN.id == Alternate.person_id)
        .join(ASKED_BY, ASKED_BY.id == Alternate.declared_by_id)
        .outerjoin(Process, Process.id == Alternate.process_id)
    )


def _around(verb: str) -> Select[Any]:
    return (
        readable(ORGANISATIONS, Organisation.ref, Organisation.name.label("home"))
        .add_columns(Person.id, Person.name, Membership.role)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            beside_read(ORGANISATIONS, verb, ME, NOW),
            in_force(Membership, NOW),
            Person.state == Standing.ACTIVE,
        )
        .distinct()
        .order_by(Organisation.name, Person.name, Person.id)
    )


def _concerns() -> Any:
    # What is one's own, and what the organisations have that one administers; the policy decides.
    looked_after = select(Membership.organisation_id).where(
        Membership.person_id == ME, Membership.role == Role.ADMIN
    )
    own = select(Alternate.id).where(Alternate.person_id == ME)
    for_me = select(Alternate.id).where(Alternate.for_id == ME)
    theirs = select(Alternate.id).where(Alternate.organisation_id.in_(looked_after))
    return Alternate.id.in_(union(own, for_me, theirs))


LIVE: Final = or_(
    Alternate.state.in_((AlternateState.DECLARED,)), Alternate.state.in_((AlternateState.ACCEPTED,))
)
ONE: Final = ready(_rows().where(Alternate.ref == REF))
MINE: Final = ready(
    _rows()
    .where(_concerns(), predicate(ALTERNATES, READ, ME, NOW))
    .order_by(as_column(LIVE & (Alternate.ends_at > NOW)).desc(), Alternate.begins_at, Alternate.id)
    .limit(at_most(MOST))
)
AROUND: Final = {verb: ready(_around(verb)) for verb in (DECLARE_ALTERNATE, APPOINT_ALTERNATE)}
KNOWN: Final = ready(
    readable(PROCESSES, Process.id, Process.cover_name).order_by(Process.cover_name, Process.id)
)
