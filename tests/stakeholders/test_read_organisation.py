"""The page of an organisation, for everybody while it is active."""

from tests.cast import World
from tests.stakeholders.builders import Visit, address


def test_everybody_reads_an_active_one_and_the_steward_one_that_left(
    world: World, visit: Visit
) -> None:
    path = address(world, "bank")
    steward, cloud = visit("steward@portal"), visit("liaison@cloud")
    assert "Bank" in cloud.get(path).words
    assert "liaison@bank.example" not in cloud.get(path).text
    steward.post(f"{path}/leave")
    assert steward.get(path).status == 200
    assert cloud.get(path).status == 404
