"""Around a process: what is tied to it of every noun, its phases, and who has a seat."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import CompoundSelect, Select, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from models.base import Moment
from models.ledger import AuditEvent
from models.processes import Phase
from models.stakeholders import Organisation
from portal.access import Actor, as_column, beside_read, readable
from portal.catalogue import NOUNS, Noun, Without, linked
from portal.db import written
from portal.parameters import KEY, ME, NO, NOTHING, NOW, YES, at_most, missing
from portal.processes import Reading, seat_rows
from portal.processes.board import BOARD, Board, DueRow, MeetingRow, WatchedRow
from portal.related import Related, Together, related
from portal.rules import NOTICES, OPEN_PROCESS, PHASES, PROCESSES, ResourceType
from portal.rules.verbs import spellings

MOST: Final = 50
SEAT, OPENED, PHASE = "seat", "opened", "phase"
LED_TO: Final = {OPEN_PROCESS: str(Phase.PREPARATION)} | {
    verb: str(phase) for phase, verb in PHASES.items()
}
# As the trail holds it, verbs of earlier days included.
WRITTEN: Final = {said: state for verb, state in LED_TO.items() for said in spellings(verb)}


@dataclass(frozen=True)
class SeatRow:
    """A seat: its part, who has it, and whether they can act."""

    what: str
    key: int
    state: str
    at: datetime | None
    ref: str
    name: str
    tlp: str
    home: str
    linked: bool
    acts: bool


@dataclass(frozen=True)
class EntryRow:
    """An entry of the timeline: a resource that is tied to the process, or a turn of its phase.

    `what` is the name of the noun, `opened` or `phase`; `name` is empty where it is not the
    reader's to know.
    """

    what: str
    key: int
    state: str
    at: datetime
    ref: str
    name: str
    tlp: str
    home: str
    linked: bool
    acts: bool


@dataclass(frozen=True)
class Around:
    """Seats (none where that is not shown), what is tied to a process, and what needs a look."""

    seats: tuple[SeatRow, ...]
    entries: tuple[EntryRow, ...]
    board: Board


def around(session: Session, actor: Actor, reading: Reading, now: datetime) -> Around:
    """Seats by name, the newest fifty entries and the board, in one query, since a page asks few.

    Each resource is asked of the policy; being tied to the process opens none.
    """
    question = WITH_SEATS if reading.shows_seats else ENTRIES
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: reading.process.id}
    rows = question.load(session, asked)
    newest = tuple(reversed(rows[EntryRow]))[:MOST]
    return Around(
        tuple(rows[SeatRow]),
        newest,
        Board(rows[WatchedRow], rows[DueRow], rows[MeetingRow]),
    )


def _together(*questions: Select[Any]) -> CompoundSelect[Any]:
    return union_all(*(select(*question.subquery().c) for question in questions))


def _newest(*questions: Select[Any]) -> Select[Any]:
    every = _together(*questions).subquery()
    place = (every.c.at.desc(), every.c.what.desc(), every.c.key.desc())
    return select(*every.c).order_by(*place).limit(at_most(MOST))


def _seats() -> Select[Any]:
    rows = seat_rows().subquery()
    return select(
        literal(SEAT).label("what"),
        rows.c.key,
        rows.c.state,
        missing(Moment()).label("at"),
        rows.c.ref,
        rows.c.name,
        NOTHING.label("tlp"),
        rows.c.home,
        NO.label("linked"),
        rows.c.acts,
    )


def _tied(noun: Noun[Any], tied: Any) -> Select[Any]:
    model: Any = noun.policy.model
    at = func.coalesce(model.published_at, model.changed_at)
    knows = beside_read(noun.policy, noun.title_verb, ME, NOW)
    by_team = as_column(linked()) if noun.policy is NOTICES else NO
    columns = (
        written(noun.name).label("what"),
        model.id.label("key"),
        model.state.label("state"),
        at.label("at"),
        model.ref.label("ref"),
        case((knows, noun.shown_title), else_=NOTHING).label("name"),
        model.tlp.label("tlp"),
        Organisation.name.label("home"),
        by_team.label("linked"),
        YES.label("acts"),
    )
    return (
        readable(noun.policy, *columns)
        .join(Organisation, Organisation.id == model.organisation_id)
        .where(tied)
        .order_by(at.desc(), model.id.desc())
        .limit(at_most(MOST))
    )


def _turns() -> Select[Any]:
    # Who moved it stays in the trail: the team is not shown to those who may not see the seats.
    columns = (
        case((AuditEvent.verb == OPEN_PROCESS, OPENED), else_=PHASE).label("what"),
        AuditEvent.id.label("key"),
        case(WRITTEN, value=AuditEvent.verb).label("state"),
        AuditEvent.at.label("at"),
        *(NOTHING.label(name) for name in ("ref", "name", "tlp", "home")),
        NO.label("linked"),
        YES.label("acts"),
    )
    return (
        select(*columns)
        .where(
            AuditEvent.resource_type == PROCESSES.name,
            AuditEvent.resource_id == KEY,
            AuditEvent.verb.in_(WRITTEN),
        )
        .order_by(AuditEvent.id.desc())
        .limit(at_most(MOST))
    )


def entry_rows(*, but: Container[ResourceType[Any]] = ()) -> Related[EntryRow]:
    """The newest entries of a timeline, for a page that loads them together with other rows."""
    tied = [one for one in NOUNS if not isinstance(one.ties, Without) and one.policy not in but]
    newest: Any = _newest(*(_tied(noun, noun.ties) for noun in tied), _turns())
    return related(EntryRow, newest, order=PLACE)


def _of_seats() -> Related[SeatRow]:
    seats: Any = _seats()
    return related(SeatRow, seats, order=lambda row: (row.name, row.key))


# Seats are few, but nobody has said how few.
MOST_ROWS: Final = 500
PLACE: Final = attrgetter("at", "what", "key")
OF_ENTRIES: Final = entry_rows()
ENTRIES: Final = Together((OF_ENTRIES, *BOARD), MOST_ROWS).completed()
WITH_SEATS: Final = Together((OF_ENTRIES, _of_seats(), *BOARD), MOST_ROWS).completed()
