"""The system as an actor: it does what the policy says is due, and has no sign-in."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.stakeholders import Appointment, Person, PlatformRole, Standing
from portal.access import Actor
from portal.ledger import create
from portal.parameters import at_most
from portal.rules import ADMIT, PEOPLE


def the_system(session: Session, now: datetime) -> Actor:
    """The person with the role `system`; brought in with the first act of a new portal."""
    row = session.execute(
        select(Person.id, Person.name)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.role == PlatformRole.SYSTEM)
        .order_by(Person.id)
        .limit(at_most(1))
    ).one_or_none()
    if row is not None:
        return Actor(row.id, row.name)
    person = Person(
        ref=new_reference(PEOPLE.prefix, now.year),
        name="The portal",
        email="system@portal.invalid",
        state=Standing.ACTIVE,
        created_at=now,
    )
    create(session, None, ADMIT, PEOPLE, person, now)
    session.add(Appointment(person_id=person.id, role=PlatformRole.SYSTEM, begins_at=now))
    session.flush()
    return Actor(person.id, person.name)
