"""Reinstating a person who was suspended or has left."""

from tests.cast import World
from tests.stakeholders.builders import Visit, entry, person


def test_the_steward_lets_back_in_who_has_left(world: World, visit: Visit) -> None:
    steward, path = visit("steward@portal"), entry(world, "liaison@bank")
    assert steward.post(f"{path}/reinstate").status == 409, "they are active"
    visit("liaison@bank").post(f"{path}/leave")
    assert visit("liaison@cloud").post(f"{path}/reinstate").status == 404
    steward.follow(steward.post(f"{path}/reinstate"))
    assert person(world, "liaison@bank.example").state == "active"
