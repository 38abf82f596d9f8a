"""The list of exercises: what a person may read, drafts apart."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import BindParameter, Select, String, bindparam, or_, select, union
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseState
from models.stakeholders import Organisation
from portal.access import Actor, Key, as_column, beside_read, predicate, readable
from portal.paging import PAGE, Page
from portal.parameters import ME, NOW
from portal.recipients import EntryRow, as_choices, could_list, entry_rows, homes_of, open_to_all
from portal.recipients.choosing import Choices
from portal.related import DraftRow, Together, related
from portal.rules import EXERCISES, ORGANISATIONS, READ_TEXT
from portal.rules.verbs import DRAFT_EXERCISE
from portal.walks import PARTY, QUIET_SINCE, Hits, Order, Sorts, common_values

BY_START: Final = Order("starts", latest_first=True)
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
MOST_BESIDE: Final = 500


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty means everything."""

    state: str = ""
    party: int = 0
    quiet: int = 0


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
    values = common_values(actor.person_id, now, narrowed.party, narrowed.quiet)
    values |= {STATE.key: narrowed.state}
    return LISTED.page(session, order or BY_START, values, after, hits)


def could_know(who: Key) -> Any:
    """A cheap first look by the indexes, so that the policy is asked of few: it alone decides."""
    own = select(Exercise.id).where(Exercise.organisation_id.in_(homes_of(who)))
    return union(own, could_list(Exercise, who), open_to_all(Exercise))


def _rows() -> Select[Any]:
    columns = (
        Exercise.id,
        Exercise.ref,
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
class MayDraftRow:
    """Whether there is an organisation for which the person may begin an exercise."""

    may_draft: bool


@dataclass(frozen=True)
class Beside:
    """What stands beside the list: drafts, last changed first, and names to filter by."""

    drafts: list[DraftRow]
    entries: Choices
    may_draft: bool


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    may_draft = any(row.may_draft for row in rows[MayDraftRow])
    return Beside(rows[DraftRow][::-1], as_choices(rows[EntryRow]), may_draft)


def _drafts() -> Any:
    return (
        readable(EXERCISES, Exercise.ref, Exercise.title, Exercise.tlp, Exercise.changed_at)
        .where(Exercise.state == ExerciseState.DRAFT, Exercise.organisation_id.in_(homes_of(ME)))
        .order_by(Exercise.changed_at.desc())
        .limit(PAGE)
    )


def _may_draft() -> Any:
    drafts = predicate(ORGANISATIONS, DRAFT_EXERCISE, ME, NOW)
    one = readable(ORGANISATIONS, Organisation.id).where(drafts).exists()
    return select(as_column(one).label("may_draft"))


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
BESIDE: Final = Together(
    (
        related(DraftRow, _drafts(), attrgetter("changed_at", "ref")),
        related(MayDraftRow, _may_draft(), attrgetter("may_draft")),
        *entry_rows("organisations"),
    ),
    MOST_BESIDE,
).completed()
