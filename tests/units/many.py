"""Units and completions for pages that are counted: one of each, and many."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.curriculum import SHIPPED
from tests.cast import World
from tests.training.builders import completed, under_way
from tests.units import builders


def of_each_sort(session: Session, world: World) -> dict[str, str]:
    """One of each that has a page of its own."""
    return {
        "completion": completed(session, world, unit=SHIPPED["travel"]["en"]).ref,
        "unit_under_way": under_way(session, world).ref,
        "unit": builders.published(session, world).ref,
        "unit_draft": builders.drafted(session, world).ref,
    }


def grow(session: Session, world: World, ref: str, n: int, at: datetime) -> None:
    """One more draft, one more that is published, and one more version."""
    builders.drafted(session, world, at, title=f"Draft unit {n}")
    builders.published(session, world, at, title=f"Unit {n}")
    builders.corrected(session, world, ref, title=f"Unit, version {n}")
