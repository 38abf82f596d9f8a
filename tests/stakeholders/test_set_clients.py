"""Setting the clients of an organisation: each is one as soon as it accepts."""

from collections.abc import Callable

from portal.db import writing
from portal.demo import agree_to_all
from tests.cast import NOW, World
from tests.factories import published
from tests.pages import Visitor
from tests.stakeholders.builders import address, make_admin

Visit = Callable[[str], Visitor]


def test_amber_reaches_a_client_as_soon_as_it_is_one(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@cloud")
    with writing(world.sessions) as session:
        ref = published(session, world, "cloud", tlp="AMBER", title="To Cloud").ref
    bank, admin = visit("liaison@bank"), visit("liaison@cloud")
    path = f"{address(world, 'cloud')}/set-clients"
    assert bank.get(f"/notices/{ref}").status == 404
    key = str(world.organisations["bank"].id)
    admin.follow(admin.post(path, {"clients": [key]}))
    assert bank.get(f"/notices/{ref}").status == 404, "nobody is a client unasked"
    with writing(world.sessions) as session:
        agree_to_all(session, NOW)
    assert bank.get(f"/notices/{ref}").status == 200
    assert "To Cloud" in bank.get("/notices/").words
    admin.follow(admin.post(path, {"clients": []}))
    assert bank.get(f"/notices/{ref}").status == 404
    assert "To Cloud" not in bank.get("/notices/").words
    own = admin.post(path, {"clients": [str(world.organisations["cloud"].id)]})
    assert (own.status, list(own.errors())) == (422, ["clients"])
