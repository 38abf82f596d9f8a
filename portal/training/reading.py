"""What one sees of training: the units with one's own state in each, and one completion."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.stakeholders import Person
from models.training import Completion, CompletionState
from portal import units
from portal.access import Actor, authorize, readable, verbs
from portal.curriculum import Outline, Unit, shipped, shipped_in
from portal.errors import NotFound
from portal.parameters import ME, NOW, REF, at_most, ready
from portal.rules import READ, TRAINING

MOST: Final = 200  # of one person: every unit once a year, for many years


@dataclass(frozen=True)
class Offered:
    """A unit as it is offered to somebody: what is under way, and the last they completed.

    `written` is whether stewards of this portal wrote it.
    """

    unit: Outline
    written: bool
    under_way: Completion | None
    completed: Completion | None


@dataclass(frozen=True)
class Reading:
    """One completion as somebody sees it.

    `unit` is what it is learned from: of one that is completed and that stewards wrote, the text
    of its day. It is None where nothing of it is there any more. `title` is the unit's; `offered`
    is whether it can be learned today.
    """

    completion: Completion
    verbs: frozenset[str]
    unit: Unit | None
    title: str
    offered: bool
    person: Person
    mine: bool
    in_force: bool

    @property
    def next_section(self) -> int:
        """The section to read next (from 1); behind the last are the questions."""
        return self.completion.sections + 1


def offered(session: Session, actor: Actor, now: datetime) -> list[Offered]:
    """All units, in the reader's language, with where one stands in each: first those of ours."""
    return _standing(session, actor, outlines(session, actor, now), now)


def standing_in(session: Session, actor: Actor, unit: Unit, now: datetime) -> Offered:
    """Where one stands in one unit."""
    return _standing(session, actor, [unit.outline], now)[0]


def _standing(
    session: Session, actor: Actor, units_of: list[Outline], now: datetime
) -> list[Offered]:
    under_way, completed = dict[str, Completion](), dict[str, Completion]()
    for row in session.scalars(MINE, {ME.key: actor.person_id, NOW.key: now}):
        found = under_way if row.state == CompletionState.UNDER_WAY else completed
        found.setdefault(row.unit, row)
    return [
        Offered(
            unit, shipped(unit.key, "") is None, under_way.get(unit.key), completed.get(unit.key)
        )
        for unit in units_of
    ]


def outlines(session: Session, actor: Actor, now: datetime) -> list[Outline]:
    """What lists show of all units, in the reader's language: first ours, then the stewards'."""
    ours = [unit.outline for unit in shipped_in(actor.language)]
    return ours + units.outlines(session, actor, now)


def if_taught(session: Session, actor: Actor, key: str, now: datetime) -> Unit | None:
    """The same; None where there is none."""
    try:
        return taught(session, actor, key, now)
    except NotFound:
        return None


def taught(session: Session, actor: Actor, key: str, now: datetime) -> Unit:
    """A unit to learn from, ours in the reader's language; raises NotFound."""
    return shipped(key, actor.language) or units.published(session, actor, key, now)


def is_in_force(completion: Completion, now: datetime) -> bool:
    """Whether it is completed and has not expired."""
    return completion.expires_at is not None and completion.expires_at > now


def read(session: Session, actor: Actor, ref: str, now: datetime, verb: str = READ) -> Reading:
    """One completion, for whoever may do `verb` with it; raises what `authorize` raises."""
    completion = authorize(session, actor, verb, TRAINING, ref, now)
    today = if_taught(session, actor, completion.unit, now)
    unit = units.edition_of(session, completion) or today
    return Reading(
        completion,
        verbs(session, actor, TRAINING, completion.id, now),
        unit,
        unit.title if unit else session.scalar(TITLE, {REF.key: ref}) or "",
        today is not None,
        session.get_one(Person, completion.person_id),
        completion.person_id == actor.person_id,
        is_in_force(completion, now),
    )


TITLE: Final = ready(select(units.named(Completion.unit)).where(Completion.ref == REF))
MINE: Final = ready(
    readable(TRAINING, Completion)
    .where(Completion.person_id == ME)
    .order_by(Completion.id.desc())
    .limit(at_most(MOST))
)
