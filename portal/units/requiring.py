"""What a unit is required before, for whoever is about to withdraw it."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models.training import Requirement
from models.units import TrainingUnit
from portal.parameters import REF, ready


@dataclass(frozen=True)
class Required:
    """Before which act, and by whom: how many organisations, and whether in the whole portal."""

    act: str
    organisations: int
    everywhere: bool


def required_before(session: Session, ref: str) -> list[Required]:
    """What this unit is required before, by act."""
    rows = session.execute(REQUIRING, {REF.key: ref})
    return [Required(act, homes, every > homes) for act, homes, every in rows]


def lift_all(session: Session, unit: TrainingUnit) -> int:
    """Require the unit nowhere any longer; says how many requirements that ended."""
    before = session.scalar(HOW_MANY, {REF.key: unit.ref}) or 0
    session.execute(delete(Requirement).where(Requirement.unit == unit.ref))
    return before


REQUIRING: Final = ready(
    select(
        Requirement.act,
        func.count(Requirement.organisation_id),
        func.count(Requirement.id),
    )
    .where(Requirement.unit == REF)
    .group_by(Requirement.act)
    .order_by(Requirement.act)
)
HOW_MANY: Final = ready(select(func.count(Requirement.id)).where(Requirement.unit == REF))
