"""Reinstating an organisation that was suspended."""

from tests.cast import World
from tests.stakeholders.builders import Visit, address, make_admin


def test_the_steward_lets_it_back_in(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@bank")
    steward, path = visit("steward@portal"), address(world, "bank")
    assert steward.post(f"{path}/reinstate").status == 409, "it is active"
    steward.follow(steward.post(f"{path}/suspend"))
    assert visit("liaison@cloud").get(path).status == 404
    assert visit("liaison@bank").post(f"{path}/reinstate").status == 404
    steward.follow(steward.post(f"{path}/reinstate"))
    assert visit("liaison@cloud").get(path).status == 200
