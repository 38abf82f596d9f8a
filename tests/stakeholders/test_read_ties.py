"""The ties of an organisation: its administrators and stewards see them."""

from tests.cast import World
from tests.stakeholders.builders import Visit, address, make_admin


def test_administrators_and_stewards_see_them(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@bank")
    path = f"{address(world, 'bank')}/read-ties"
    for name in ("liaison@bank", "steward@portal"):
        assert "not a client of anyone here" in visit(name).get(path).words, name
    for name in ("liaison@cloud", "colleague@telco"):
        assert visit(name).get(path).status == 403, name
