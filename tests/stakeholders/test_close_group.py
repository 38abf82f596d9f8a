"""Closing a sharing group: by its keepers, after a last look."""

from tests.cast import World
from tests.stakeholders.builders import Visit
from tests.stakeholders.test_edit_group import addressed, formed


def test_its_members_lose_what_they_read_through_it(world: World, visit: Visit) -> None:
    ref = formed(world, visit, "telco", "cert")
    notice, path = addressed(world, ref), f"/stakeholders/groups/{ref}"
    keeper, analyst = visit("coordinator@peace"), visit("analyst@cert")
    assert analyst.get(f"/notices/{notice}").status == 200
    assert "lose access at once" in keeper.get(f"{path}/close").words
    assert analyst.post(f"{path}/close").status == 403
    keeper.follow(keeper.post(f"{path}/close"))
    assert analyst.get(f"/notices/{notice}").status == 404
    assert analyst.get(path).status == 404
    assert keeper.post(f"{path}/close").status == 409
