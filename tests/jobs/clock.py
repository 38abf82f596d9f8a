"""What the tests of time ask: what a commitment has come to, and who was written to about it."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from models.commitments import Commitment, Milestone
from models.ledger import OutboxEmail
from models.stakeholders import Organisation, Person
from portal.db import reading, writing
from tests.cast import World
from tests.jobs.test_delivery import Memory

SECOND, DAY, WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(days=7)
Rounds = Callable[[datetime], Memory]


def utc(year: int, month: int, day: int, *time: int) -> datetime:
    hour, minute, second = (*time, 0, 0, 0)[:3]
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def living_in(world: World, zone: str, home: str = "telco") -> None:
    """Move an organisation to another zone."""
    with writing(world.sessions) as session:
        moved = update(Organisation).where(Organisation.id == world.organisations[home].id)
        session.execute(moved.values(zone=zone))


def state(world: World, resource: Commitment) -> str:
    with reading(world.sessions) as session:
        return session.get_one(Commitment, resource.id).state


def days(world: World, resource: Commitment) -> list[date]:
    """The due days of a commitment, in their order."""
    with reading(world.sessions) as session:
        rows = select(Milestone.due_on).where(Milestone.commitment_id == resource.id)
        return list(session.scalars(rows.order_by(Milestone.number)))


def reminders(world: World, resource: Commitment, *templates: str) -> dict[str, Counter[str]]:
    """How many e-mails of each sort about the commitment each person was written."""
    with reading(world.sessions) as session:
        rows = session.execute(
            select(Person.email, OutboxEmail.template)
            .join(Person, Person.id == OutboxEmail.person_id)
            .where(
                OutboxEmail.resource_type == "commitments", OutboxEmail.resource_id == resource.id
            )
        ).all()
    notified: dict[str, Counter[str]] = {}
    for person, template in rows:
        if template in templates:
            notified.setdefault(person.removesuffix(".example"), Counter())[template] += 1
    return notified


def rungs(world: World, resource: Commitment) -> set[str]:
    """The rungs that were written for the commitment, with their verb."""
    with reading(world.sessions) as session:
        causes = session.scalars(
            select(OutboxEmail.cause).where(
                OutboxEmail.resource_type == "commitments",
                OutboxEmail.resource_id == resource.id,
                OutboxEmail.by_id.is_(None),
            )
        )
        return {cause.split(":")[2] for cause in causes}
