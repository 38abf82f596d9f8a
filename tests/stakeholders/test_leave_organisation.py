"""An organisation leaves the portal."""

from collections.abc import Callable

from sqlalchemy import select

from models.stakeholders import Organisation
from portal.db import reading
from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import address, make_admin

Visit = Callable[[str], Visitor]


def test_an_organisation_leaves(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@bank")
    admin, path = visit("liaison@bank"), address(world, "bank")
    admin.follow(admin.post(f"{path}/leave"))
    assert admin.get(path).status == 404
    with reading(world.sessions) as session:
        state = session.scalar(select(Organisation.state).where(Organisation.name == "Bank"))
    assert state == "left"
    assert visit("liaison@cloud").post(f"{address(world, 'telco')}/leave").status == 403
