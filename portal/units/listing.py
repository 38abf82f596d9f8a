"""The list of units as stewards keep them: drafts, what is published, what was withdrawn."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.units import TrainingUnit
from portal.access import Actor, authorize, beside_read, readable
from portal.paging import NewestFirst, Page
from portal.parameters import ME, NOW, ready
from portal.rules import DRAFT_UNIT, OFFICE, UNITS
from portal.units.writing import OFFICE_REF


def listing(session: Session, actor: Actor, now: datetime, after: str = "") -> Page:
    """All units of stewards, those changed last first; rows have ref, title, state, changed_at."""
    authorize(session, actor, DRAFT_UNIT, OFFICE, OFFICE_REF, now)
    return LISTED.page(session, {ME.key: actor.person_id, NOW.key: now}, after)


def may_write(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether somebody writes units."""
    return session.scalar(WRITING, {ME.key: actor.person_id, NOW.key: now}) is not None


WRITING: Final = ready(
    readable(OFFICE, OFFICE.model.id).where(beside_read(OFFICE, DRAFT_UNIT, ME, NOW))
)
LISTED: Final = NewestFirst(
    readable(
        UNITS,
        TrainingUnit.id,
        TrainingUnit.ref,
        TrainingUnit.title,
        TrainingUnit.state,
        TrainingUnit.edition,
        TrainingUnit.changed_at,
    ),
    TrainingUnit.changed_at,
    TrainingUnit.id,
)
