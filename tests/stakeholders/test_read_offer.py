"""Reading an invitation: by whoever is invited and whoever invites."""

from portal.db import writing
from tests.cast import World
from tests.stakeholders.builders import Visit, invite, make_admin, offer_to


def test_both_sides_read_it_and_the_address_is_the_inviting_sides(
    world: World, visit: Visit
) -> None:
    make_admin(world, "liaison@telco")
    with writing(world.sessions) as session:
        invite(session, world, "mediator@peace.example")
        path = f"/offers/{offer_to(session, 'mediator@peace.example').ref}"
    assert "mediator@peace.example" in visit("liaison@telco").get(path).text
    assert "Telco" in visit("mediator@peace").get(path).words
    for name in ("liaison@cloud", "coordinator@peace"):
        assert visit(name).get(path).status == 404, name
