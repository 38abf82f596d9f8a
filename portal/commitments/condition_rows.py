"""What a commitment depends on and what depends on it, as related rows of its page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, not_, or_, select

from models.commitments import Condition, ConditionType
from portal.access import as_column, predicate
from portal.db import spelled_out
from portal.parameters import KEY, ME, NOW, YES
from portal.policy_sql import SOME
from portal.related import Related, related
from portal.rules import COMMITMENTS, READ, READ_TEXT

OTHER = SOME[COMMITMENTS.name]


@dataclass(frozen=True)
class OtherEndRow:
    """The other end of a condition; its title as far as the reader may read it.

    `kind` is after, while or together; `turns_at` is when it decides, in days of `zone`.
    """

    id: int
    kind: str
    days: int
    turns_at: datetime | None
    ref: str
    title: str | None
    state: str
    tlp: str
    zone: str


@dataclass(frozen=True)
class ConditionRow(OtherEndRow):
    """A commitment that this one depends on."""


@dataclass(frozen=True)
class DependantRow(OtherEndRow):
    """A commitment that depends on this one."""


@dataclass(frozen=True)
class HiddenConditionRow:
    """That it depends on commitments that are not shown: one row however many there are."""

    hidden: bool


def conditions() -> Related[ConditionRow]:
    """What the commitment depends on, where the reader may read it."""
    return related(ConditionRow, _other_end().join(OTHER, _waits_for()))


def dependants() -> Related[DependantRow]:
    """What depends on the commitment, where the reader may read it."""
    question = _other_end().join(OTHER, OTHER.id == Condition.commitment_id)
    return related(
        DependantRow,
        question.where(Condition.on_id == KEY, Condition.type != ConditionType.TOGETHER),
    )


def _other_end() -> Select[*tuple[Any, ...]]:
    titled = predicate(COMMITMENTS, READ_TEXT, ME, NOW, some=True)
    return (
        select(
            Condition.id,
            Condition.type.label("kind"),
            Condition.days,
            Condition.turns_at,
            OTHER.ref,
            case((titled, OTHER.title)).label("title"),
            OTHER.state,
            OTHER.tlp,
            OTHER.zone,
        )
        .select_from(Condition)
        .where(predicate(COMMITMENTS, READ, ME, NOW, some=True))
        .order_by(Condition.id)
    )


def _waits_for() -> ColumnElement[bool]:
    # The other end of what this one depends on; those that begin together depend on one another.
    back = and_(
        spelled_out(Condition.type, ConditionType.TOGETHER),
        Condition.on_id == KEY,
        OTHER.published_at.is_not(None),
    )
    return or_(
        and_(Condition.commitment_id == KEY, OTHER.id == Condition.on_id),
        and_(back, OTHER.id == Condition.commitment_id),
    )


def hidden_conditions() -> Related[HiddenConditionRow]:
    """Whether it depends on what the reader may not read."""
    seen = predicate(COMMITMENTS, READ, ME, NOW, some=True)
    unseen = exists().where(and_(_waits_for(), not_(as_column(seen))))
    question = select(YES.label("hidden")).where(unseen)
    return related(HiddenConditionRow, question, order=lambda row: row.hidden)
