"""Completions that end before their day, since a new edition of their unit says so."""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.stakeholders import Person
from models.training import Completion, CompletionState
from models.units import TrainingUnit
from portal.curriculum import certificate_digest
from portal.days import day_of
from portal.db import in_state
from portal.parameters import NOW, REF, ready


def end_earlier(session: Session, unit: TrainingUnit, now: datetime) -> None:
    """End all that were completed of earlier editions; their certificates say so from now on."""
    for completion, person_ref in session.execute(EARLIER, {REF.key: unit.ref, NOW.key: now}):
        completion.ended_by = unit.edition
        completion.expires_at = now
        completion.expires_on = day_of(now, completion.zone)
        completion.sha256 = certificate_digest(completion, person_ref)


EARLIER: Final = ready(
    select(Completion, Person.ref)
    .join(Person, Person.id == Completion.person_id)
    .where(
        Completion.unit == REF,
        in_state(Completion, CompletionState.COMPLETED),
        Completion.expires_at > NOW,
    )
)
