"""Alternates for tests: named and accepted by people of the cast, on the day of the tests."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.alternates import Alternate, AlternateState
from models.base import new_reference
from models.ledger import OutboxEmail
from models.stakeholders import Membership, Role
from portal import alternates
from portal.alternates import Chosen
from portal.clock import now
from portal.days import day_of
from portal.db import reading, writing
from tests.cast import NOW, World

AWAY, STANDS_IN, OTHER = "liaison@telco", "colleague@telco", "liaison@cloud"
HELSINKI = "Europe/Helsinki"
DAY = timedelta(days=1)


def chosen(world: World, who: str = STANDS_IN, *, days: int = 10, **values: Any) -> Chosen:
    """Who acts, from today on for some days."""
    today = day_of(values.pop("at", NOW), HELSINKI)
    said = {
        "person_id": world.actors[who].person_id,
        "begins_on": today,
        "ends_on": today + days * DAY,
        "zone": HELSINKI,
    }
    return Chosen(**said | values)


def declared(
    session: Session, world: World, *, by: str = AWAY, at: datetime = NOW, **values: Any
) -> Alternate:
    """One that is not answered yet."""
    home = world.organisations[by.partition("@")[2]]
    said = chosen(world, at=at, **values)
    return alternates.declare_alternate(session, world.actors[by], home.ref, said, at)


def accepted(
    session: Session,
    world: World,
    *,
    by: str = AWAY,
    who: str = STANDS_IN,
    nights: bool = False,
    at: datetime = NOW,
    **values: Any,
) -> Alternate:
    """One that the alternate has accepted."""
    row = declared(session, world, by=by, who=who, at=at, **values)
    alternates.accept(session, world.actors[who], row.ref, nights=nights, now=at)
    return row


def in_force(world: World, **values: Any) -> str:
    """The reference of one that has been accepted, committed."""
    with writing(world.sessions) as session:
        return accepted(session, world, **values).ref


def make_admin(world: World, name: str, home: str = "") -> None:
    """Somebody of an organisation administers it as well."""
    with writing(world.sessions) as session:
        give_role(session, world, name, Role.ADMIN, home)


def give_role(session: Session, world: World, name: str, role: Role, home: str = "") -> None:
    """Somebody has a role in their organisation, or in another one, beside what they have."""
    session.add(
        Membership(
            person_id=world.actors[name].person_id,
            organisation_id=world.organisations[home or name.partition("@")[2]].id,
            role=role,
            begins_at=NOW - DAY,
        )
    )
    session.flush()


def take_role(session: Session, world: World, name: str, role: Role, at: datetime = NOW) -> None:
    """A role of somebody has ended; they go on belonging there, as an observer."""
    key = world.actors[name].person_id
    held = Membership.person_id == key, Membership.role == role
    session.execute(update(Membership).where(*held).values(ends_at=at))
    give_role(session, world, name, Role.OBSERVER)


def no_speaker(session: Session, world: World) -> None:
    """The colleague has no role: only as an alternate do they answer for Telco."""
    session.execute(
        update(Membership)
        .where(Membership.person_id == world.actors[STANDS_IN].person_id)
        .values(role=Role.OBSERVER)
    )


def leaves(world: World, name: str, at: datetime = NOW) -> None:
    """Somebody's memberships end."""
    with writing(world.sessions) as session:
        for row in session.scalars(
            select(Membership).where(Membership.person_id == world.actors[name].person_id)
        ):
            row.ends_at = at


def state_of(world: World, ref: str) -> AlternateState:
    """How one stands."""
    with reading(world.sessions) as session:
        return AlternateState(
            session.scalars(select(Alternate.state).where(Alternate.ref == ref)).one()
        )


def notified(world: World, template: str, noun: str = "alternates") -> set[str]:
    """Who has such an e-mail waiting."""
    names = {actor.person_id: name for name, actor in world.actors.items()}
    with reading(world.sessions) as session:
        rows = session.scalars(
            select(OutboxEmail.person_id).where(
                OutboxEmail.resource_type == noun,
                OutboxEmail.template == template,
                OutboxEmail.closed_at.is_(None),
            )
        )
        return {names[row] for row in rows}


def asked(world: World, person_id: int, n: int) -> Alternate:
    """A row: somebody of Telco who is asked to act for its liaison, on the n-th day from now."""
    away = world.actors[AWAY].person_id
    return Alternate(
        ref=new_reference("B", 26),
        organisation_id=world.organisations["telco"].id,
        for_id=away,
        person_id=person_id,
        declared_by_id=away,
        zone="UTC",
        begins_at=now() + n * DAY,
        ends_at=now() + (n + 1) * DAY,
        created_at=NOW,
    )
