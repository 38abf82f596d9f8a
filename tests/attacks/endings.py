"""The ways in which an alternate ends: by a button, a day, a membership, a role, a standing."""

from collections.abc import Callable
from typing import Final

from sqlalchemy import update

from models.alternates import Alternate
from models.stakeholders import Membership, Organisation, Person, Role, Standing
from portal import alternates
from portal.db import writing
from tests.alternates.builders import AWAY, DAY, STANDS_IN, leaves, make_admin, take_role
from tests.cast import NOW, World

ADMIN: Final = "liaison@bank"


def ended_by(who: str) -> Callable[[World, str], None]:
    """It is ended by somebody, with the button."""

    def end(world: World, by: str) -> None:
        if who == ADMIN:
            make_admin(world, ADMIN, "telco")
        with writing(world.sessions) as session:
            alternates.end(session, world.actors[who], by, NOW)

    return end


def period_over(world: World, by: str) -> None:
    with writing(world.sessions) as session:
        session.execute(update(Alternate).where(Alternate.ref == by).values(ends_at=NOW))


def person(who: str, state: Standing) -> Callable[[World, str], None]:
    """One of the two is suspended, or has left the portal."""

    def change(world: World, _by: str) -> None:
        with writing(world.sessions) as session:
            session.get_one(Person, world.actors[who].person_id).state = state

    return change


def organisation(state: Standing) -> Callable[[World, str], None]:
    """The organisation is suspended, or has left the portal."""

    def change(world: World, _by: str) -> None:
        with writing(world.sessions) as session:
            session.get_one(Organisation, world.organisations["telco"].id).state = state

    return change


def membership_begins_later(world: World, _by: str) -> None:
    with writing(world.sessions) as session:
        mine = Membership.person_id == world.actors[STANDS_IN].person_id
        session.execute(update(Membership).where(mine).values(begins_at=NOW + 20 * DAY))


def role_taken_away(world: World, by: str) -> None:
    """It is for the work as liaison, which whoever is away does not do any more."""
    with writing(world.sessions) as session:
        only = update(Alternate).where(Alternate.ref == by).values(role=Role.LIAISON)
        session.execute(only)
        take_role(session, world, AWAY, Role.LIAISON)


ENDINGS: Final[dict[str, Callable[[World, str], None]]] = {
    "by whoever is away": ended_by(AWAY),
    "by the alternate": ended_by(STANDS_IN),
    "by an administrator": ended_by(ADMIN),
    "its last day is over": period_over,
    "the alternate leaves the organisation": lambda world, _by: leaves(world, STANDS_IN),
    "whoever is away leaves the organisation": lambda world, _by: leaves(world, AWAY),
    "the alternate belongs there later": membership_begins_later,
    "the role is taken away": role_taken_away,
    "the alternate is suspended": person(STANDS_IN, Standing.SUSPENDED),
    "whoever is away is suspended": person(AWAY, Standing.SUSPENDED),
    "the alternate leaves the portal": person(STANDS_IN, Standing.LEFT),
    "whoever is away leaves the portal": person(AWAY, Standing.LEFT),
    "the organisation is suspended": organisation(Standing.SUSPENDED),
    "the organisation leaves": organisation(Standing.LEFT),
}
