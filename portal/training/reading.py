"""What one sees of training: the units with one's own state in each, and one completion."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.stakeholders import Person
from models.training import Completion, CompletionState
from portal.access import Actor, authorize, readable, verbs
from portal.curriculum import Unit, shipped, shipped_in
from portal.errors import NotFound
from portal.parameters import ME, NOW, ready
from portal.rules import READ, TRAINING

MOST: Final = 200  # of one person: every unit once a year, for many years


@dataclass(frozen=True)
class Offered:
    """A unit as it is offered to somebody: what is under way, and the last they completed."""

    unit: Unit
    under_way: Completion | None
    completed: Completion | None


@dataclass(frozen=True)
class Reading:
    """One completion as somebody sees it; `unit` is None where it is no longer offered."""

    completion: Completion
    verbs: frozenset[str]
    unit: Unit | None
    person: Person
    mine: bool
    in_force: bool

    @property
    def next_section(self) -> int:
        """The section to read next (from 1); behind the last are the questions."""
        return self.completion.sections + 1


def offered(session: Session, actor: Actor, now: datetime) -> list[Offered]:
    """All units, in the reader's language, with where one stands in each."""
    under_way, completed = dict[str, Completion](), dict[str, Completion]()
    for row in session.scalars(MINE, {ME.key: actor.person_id, NOW.key: now}):
        found = under_way if row.state == CompletionState.UNDER_WAY else completed
        found.setdefault(row.unit, row)
    return [
        Offered(unit, under_way.get(unit.key), completed.get(unit.key))
        for unit in shipped_in(actor.language)
    ]


def taught(actor: Actor, key: str) -> Unit:
    """A unit in the reader's language; raises NotFound."""
    unit = shipped(key, actor.language)
    if unit is None:
        raise NotFound(key)
    return unit


def is_in_force(completion: Completion, now: datetime) -> bool:
    """Whether it is completed and has not expired."""
    return completion.expires_at is not None and completion.expires_at > now


def read(session: Session, actor: Actor, ref: str, now: datetime, verb: str = READ) -> Reading:
    """One completion, for whoever may do `verb` with it; raises what `authorize` raises."""
    completion = authorize(session, actor, verb, TRAINING, ref, now)
    return Reading(
        completion,
        verbs(session, actor, TRAINING, completion.id, now),
        shipped(completion.unit, actor.language),
        session.get_one(Person, completion.person_id),
        completion.person_id == actor.person_id,
        is_in_force(completion, now),
    )


MINE: Final = ready(
    readable(TRAINING, Completion)
    .where(Completion.person_id == ME)
    .order_by(Completion.id.desc())
    .limit(MOST)
)
