"""The list of exercises: what a person may read, drafts apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Select, String, bindparam, or_, select, union
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseState
from models.stakeholders import Organisation
from portal.access import Actor, Key, beside_read, predicate, readable
from portal.paging import Page
from portal.parameters import ME, NOW, at_most
from portal.recipients import could_list, drafts_of_own, homes_of, open_to_all
from portal.related import DraftRow, Together, related
from portal.rules import EXERCISES, ORGANISATIONS, READ_TEXT
from portal.rules.verbs import DRAFT_EXERCISE
from portal.sorts import Sorts
from portal.tickets import own_ticket
from portal.walks import PARTY, QUIET_SINCE, Hits, Order, common_values

BY_START: Final = Order("starts", latest_first=True)
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
MOST_BESIDE: Final = 500


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty means everything."""

    party: int = 0
    quiet: int = 0
    state: str = ""

    def values(self, actor: Actor, now: datetime) -> dict[str, Any]:
        """The values of the parameters."""
        chosen = common_values(actor.person_id, now, self.party, self.quiet)
        return {STATE.key: self.state, **chosen}


def listed(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    narrowed: Filter,
    after: str = "",
    order: Order | None = None,
    hits: Hits | None = None,
) -> Page:
    """A page of the exercises that the person may read, drafts apart, as it is asked."""
    return LISTED.page(session, order or BY_START, narrowed.values(actor, now), after, hits)


def could_know(who: Key) -> Any:
    """A cheap first look by the indexes, so that the policy is asked of few: it alone decides."""
    own = select(Exercise.id).where(Exercise.organisation_id.in_(homes_of(who)))
    return union(own, *could_list(Exercise, who), open_to_all(Exercise))


def _rows() -> Select[Any]:
    columns = (
        Exercise.id,
        Exercise.ref,
        own_ticket(Exercise.ref, ME),
        Exercise.tlp,
        Exercise.state,
        Exercise.title,
        Exercise.starts_at,
        Exercise.zone,
        Exercise.minutes,
        Exercise.changed_at,
        Organisation.name.label("organisation"),
    )
    return (
        readable(EXERCISES, *columns)
        .join(Organisation, Organisation.id == Exercise.organisation_id)
        .where(Exercise.id.in_(could_know(ME)), beside_read(EXERCISES, READ_TEXT, ME, NOW))
    )


@dataclass(frozen=True)
class MayBeginRow:
    """That there is an organisation for which the person may begin an exercise."""

    id: int


@dataclass(frozen=True)
class Beside:
    """What stands beside the list: whether one may begin, and drafts as they changed."""

    may_begin: bool
    drafts: list[DraftRow]


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    drafts = rows[DraftRow][::-1]
    return Beside(bool(rows[MayBeginRow]), drafts)


def _may_begin() -> Any:
    begins = predicate(ORGANISATIONS, DRAFT_EXERCISE, ME, NOW)
    return readable(ORGANISATIONS, Organisation.id).where(begins).limit(at_most(1))


LISTED: Final = Sorts(
    _rows().where(
        Exercise.state.not_in((ExerciseState.DRAFT, ExerciseState.ERASED)),
        or_(STATE == "", Exercise.state == STATE),
        or_(PARTY == 0, Exercise.organisation_id == PARTY),
        Exercise.changed_at <= QUIET_SINCE,
    ),
    {"starts": Exercise.starts_at},
    Exercise.id,
)
DRAFTS: Final = drafts_of_own(EXERCISES, ExerciseState.DRAFT)
BESIDE: Final = Together(
    (
        related(MayBeginRow, _may_begin()),
        DRAFTS,
    ),
    MOST_BESIDE,
).completed()
