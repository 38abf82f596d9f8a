"""Editing an organisation: by its administrators, and its name stays."""

from collections.abc import Callable

from models.stakeholders import Organisation
from portal.db import reading
from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import address, make_admin

Visit = Callable[[str], Visitor]


def test_an_admin_describes_the_own_organisation(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin, path = visit("liaison@telco"), f"{address(world, 'telco')}/edit"
    form = admin.get(path).form()
    page = admin.follow(admin.post(path, {**form, "country": "SE", "name": "Not asked for"}))
    assert "Sweden" in page.words
    with reading(world.sessions) as session:
        assert session.get_one(Organisation, world.organisations["telco"].id).name == "Telco"
    assert admin.get(f"{address(world, 'cloud')}/edit").status == 403
