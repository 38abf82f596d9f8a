"""Who sits in a process: chosen, checked, and what the lists of seats can be chosen from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, delete, literal, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.base import Resource
from models.processes import Part, Process, Seat
from models.stakeholders import Organisation, Person
from portal.access import Actor, authorize, beside_read, readable, standing_to, visible
from portal.errors import TooLate, refuse
from portal.ledger import transition
from portal.parameters import KEY, ME, NOW, ready
from portal.recipients import UNREAD, choices
from portal.relations import mediator
from portal.rules import (
    ORGANISATIONS,
    PEOPLE,
    PROCESSES,
    READ_MEMBERS,
    SEAT,
    TAKE_SEAT,
    ResourceType,
)
from portal.words import N_


@dataclass(frozen=True)
class Seats:
    """Who sits: keys of organisations (parties, observers) and of people (team, and parties)."""

    parties: frozenset[int] = frozenset()
    observers: frozenset[int] = frozenset()
    team: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()

    @property
    def organisations(self) -> frozenset[int]:
        """Every organisation with a seat."""
        return self.parties | self.observers

    @property
    def persons(self) -> frozenset[int]:
        """Everybody with a seat by name."""
        return self.team | self.people

    def rows(self, process_id: int) -> list[Seat]:
        """The seats as rows of a process."""
        parts: tuple[tuple[str, frozenset[int], Part], ...] = (
            ("person_id", self.team, Part.TEAM),
            ("organisation_id", self.parties, Part.PARTY),
            ("person_id", self.people, Part.PARTY),
            ("organisation_id", self.observers, Part.OBSERVER),
        )
        return [
            Seat(process_id=process_id, part=part, **{column: key})
            for column, keys, part in parts
            for key in sorted(keys)
        ]


def seats_of(session: Session, process: Process) -> Seats:
    """Who sits in a process; the caller may change its seats."""
    rows = session.scalars(select(Seat).where(Seat.process_id == process.id)).all()

    def keys(column: str, *parts: Part) -> frozenset[int]:
        found = (getattr(row, column) for row in rows if row.part in parts)
        return frozenset(key for key in found if key is not None)

    return Seats(
        keys("organisation_id", Part.PARTY),
        keys("organisation_id", Part.OBSERVER),
        keys("person_id", Part.TEAM),
        keys("person_id", Part.PARTY, Part.OBSERVER),
    )


def parties_of(session: Session, actor: Actor, key: int, now: datetime) -> frozenset[int]:
    """The keys of organisations that are parties of a process; none where they are hidden."""
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: key}
    return frozenset(one for one in session.scalars(PARTIES, asked) if one is not None)


def seat(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    parties: Iterable[int],
    observers: Iterable[int],
    team: Iterable[int],
    people: Iterable[int],
    now: datetime,
    version: int | None = None,
) -> None:
    """Say who sits in a process; whoever is left out knows nothing of it from now on.

    Raises Invalid for entries that are new and not known here, for a team that could not act, and
    for whoever is named twice; TooLate when `version` is given and no longer the present one.
    """
    chosen = Seats(*(frozenset(keys) for keys in (parties, observers, team, people)))
    detail = {name: sorted(keys) for name, keys in chosen.__dict__.items()}
    with transition(session, actor, SEAT, PROCESSES, ref, now, **detail) as process:
        authorize(session, actor, TAKE_SEAT, PROCESSES, ref, now)
        if version is not None and process.version != version:
            raise TooLate(SEAT)
        refuse(_problems(session, actor, process, chosen, now))
        process.changed_at = now
        # First of all, and in any case, so that of two who change the seats at once one is refused.
        flag_modified(process, "changed_at")
        session.flush()
        session.execute(delete(Seat).where(Seat.process_id == process.id))
        session.add_all(chosen.rows(process.id))


def _problems(
    session: Session, actor: Actor, process: Process, chosen: Seats, now: datetime
) -> dict[str, str]:
    before, found = seats_of(session, process), {}
    able = frozenset(session.scalars(_able(process, now, Person.id)))
    if chosen.team - before.team - able:
        found["team"] = N_(
            "Only mediators and coordinators of the mediation body can be on the team."
        )
    elif not chosen.team & able:
        found["team"] = N_(
            "Keep at least one mediator or coordinator of the mediation body on the team."
        )
    if chosen.team & chosen.people:
        found["people"] = N_("Someone is both on the team and a party.")
    if chosen.parties & chosen.observers:
        found["observers"] = N_("An organisation is both a party and an observer.")
    for name, kind, keys in (
        ("parties", ORGANISATIONS, chosen.parties - before.organisations),
        ("observers", ORGANISATIONS, chosen.observers - before.organisations),
        ("people", PEOPLE, chosen.people - before.persons),
        ("team", PEOPLE, chosen.team - before.persons),
    ):
        if not _all_known(session, actor, kind, keys, now):
            found.setdefault(name, N_("An entry of this list is not in the portal."))
    return found


def _all_known(
    session: Session,
    actor: Actor,
    kind: ResourceType[Resource],
    keys: frozenset[int],
    now: datetime,
) -> bool:
    seen = visible(kind, actor, now, kind.model.id).where(kind.model.id.in_(keys))
    return not keys or len(session.scalars(seen).all()) == len(keys)


def _able(process: Process, now: datetime, *columns: Any) -> Select[Any]:
    # Who can act on a team: whoever could open a process for the same body.
    return standing_to(ORGANISATIONS, mediator, process.organisation_id, now, *columns)


def offers(
    session: Session, actor: Actor, process: Process, now: datetime
) -> dict[str, list[tuple[int, str]]]:
    """What each list of seats can be chosen from: all that one knows, and whoever sits already.

    `UNREAD` are the organisations among them where nobody could respond.

    The caller may change the seats, and so sees who sits.
    """
    known = choices(session, actor, now)
    able = session.execute(_able(process, now, Person.id, Person.name))
    sits: dict[tuple[str, bool], dict[int, str]] = {}
    for row in session.execute(_by_name(process)):
        sits.setdefault((row.sort, row.part == Part.TEAM), {})[row.id] = row.name
    organisations = sits.get(("organisation", False), {}) | dict(known["organisations"])
    return {
        "parties": _sorted(organisations),
        "observers": _sorted(organisations),
        "team": _sorted(sits.get(("person", True), {}) | {row.id: row.name for row in able}),
        "people": _sorted(sits.get(("person", False), {}) | dict(known["people"])),
        UNREAD: known[f"{UNREAD}organisations"],
    }


def _by_name(process: Process) -> Any:
    parts = (
        select(literal(sort).label("sort"), model.id, model.name, Seat.part)
        .join(Seat, column == model.id)
        .where(Seat.process_id == process.id)
        for sort, model, column in (
            ("organisation", Organisation, Seat.organisation_id),
            ("person", Person, Seat.person_id),
        )
    )
    return union_all(*parts)


def _sorted(entries: dict[int, str]) -> list[tuple[int, str]]:
    return sorted(entries.items(), key=lambda entry: entry[1])


KNOWN: Final = readable(PROCESSES, Process.id).where(
    Process.id == KEY, beside_read(PROCESSES, READ_MEMBERS, ME, NOW)
)
PARTIES: Final = ready(
    select(Seat.organisation_id).where(
        Seat.process_id.in_(KNOWN), Seat.part == Part.PARTY, Seat.organisation_id.is_not(None)
    )
)
