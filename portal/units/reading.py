"""Reading units that stewards wrote: one with its editions, all that are offered, a former text."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from models.training import Completion
from models.units import TrainingUnit, UnitEdition, UnitState
from portal.access import Actor, authorize, readable, verbs
from portal.curriculum import Outline, Unit, Written
from portal.db import alias, in_state
from portal.errors import NotFound
from portal.parameters import KEY, ME, NOW, REF, at_most, ready
from portal.rules import READ, UNITS

MOST: Final = 200  # published at a time: the catalogue of training shows all of them
NAMED: Final = alias(TrainingUnit, "named_unit")
GONE: Final = alias(TrainingUnit, "gone_unit")
NUMBER: Final = bindparam("number", type_=UnitEdition.number.type)


@dataclass(frozen=True)
class Reading:
    """One unit as somebody sees it, what they may do with it, and its editions, the newest first.

    Of an edition there are number, day, at, why and ends_earlier.
    """

    row: TrainingUnit
    unit: Unit
    verbs: frozenset[str]
    editions: Sequence[Any]


def read(session: Session, actor: Actor, ref: str, now: datetime) -> Reading:
    """One unit; raises NotFound where there is none for them."""
    row = authorize(session, actor, READ, UNITS, ref, now)
    return Reading(
        row,
        _unit(row, now),
        verbs(session, actor, UNITS, row.id, now),
        session.execute(EDITIONS, {KEY.key: row.id}).all(),
    )


def published(session: Session, actor: Actor, ref: str, now: datetime) -> Unit:
    """The unit to learn from; raises NotFound where it is not published."""
    row = authorize(session, actor, READ, UNITS, ref, now)
    if row.state != UnitState.PUBLISHED:
        raise NotFound(ref)
    return _unit(row, now)


def outlines(session: Session, actor: Actor, now: datetime) -> list[Outline]:
    """What the catalogue shows of each that is published, by title."""
    return [
        Outline(*row) for row in session.execute(OFFERED, {ME.key: actor.person_id, NOW.key: now})
    ]


def edition_of(session: Session, completion: Completion) -> Unit | None:
    """The text that was completed, as it was on its day; None where no steward wrote it."""
    asked = {REF.key: completion.unit, NUMBER.key: completion.edition}
    found = session.execute(EDITION, asked).one_or_none() if completion.edition else None
    if found is None:
        return None
    return Written(**found.text).unit(completion.unit, found.day, completion.edition or 0)


def named(key: Any) -> Any:
    """The title of the unit with this key as SQL; its key where it comes with the portal."""
    title = select(NAMED.title).where(NAMED.ref == key).scalar_subquery()
    return func.coalesce(title, key)


def withdrawn(key: Any) -> Any:
    """Whether the unit with this key was withdrawn, as SQL; those of the portal never are."""
    return exists().where(GONE.ref == key, in_state(GONE, UnitState.WITHDRAWN))


def text_of(row: TrainingUnit) -> Written:
    """The text that a unit holds now."""
    return Written(**{name: getattr(row, name) for name in Written.__dataclass_fields__})


def kept_text(text: Written) -> dict[str, Any]:
    """A text as an edition keeps it."""
    return asdict(text)


def _unit(row: TrainingUnit, now: datetime) -> Unit:
    # A draft has no day yet: it is shown as if it were published today.
    day: date = row.text_of or now.date()
    return text_of(row).unit(row.ref, day, row.edition)


EDITIONS: Final = ready(
    select(
        UnitEdition.number,
        UnitEdition.day,
        UnitEdition.at,
        UnitEdition.why,
        UnitEdition.ends_earlier,
    )
    .where(UnitEdition.unit_id == KEY)
    .order_by(UnitEdition.number.desc())
)
EDITION: Final = ready(
    select(UnitEdition.text, UnitEdition.day)
    .join(TrainingUnit, TrainingUnit.id == UnitEdition.unit_id)
    .where(TrainingUnit.ref == REF, UnitEdition.number == NUMBER)
)
OFFERED: Final = ready(
    readable(
        UNITS,
        TrainingUnit.ref,
        TrainingUnit.language,
        TrainingUnit.title,
        TrainingUnit.summary,
        TrainingUnit.minutes,
        TrainingUnit.sections,
        TrainingUnit.asked,
    )
    .where(in_state(TrainingUnit, UnitState.PUBLISHED))
    .order_by(TrainingUnit.title, TrainingUnit.id)
    .limit(at_most(MOST))
)
