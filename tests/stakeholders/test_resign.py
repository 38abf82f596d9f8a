"""Resigning from an organisation: one's own roles end at once."""

from tests.cast import World
from tests.stakeholders.builders import Visit, address


def test_ones_own_roles_end_after_a_last_look(world: World, visit: Visit) -> None:
    colleague, path = visit("colleague@telco"), f"{address(world, 'telco')}/resign"
    edit = "/notices/new"
    assert colleague.get(edit).status == 200
    assert "Only a new invitation restores them" in colleague.get(path).words
    colleague.follow(colleague.post(path))
    assert colleague.get(edit).status == 403
    assert colleague.post(path).status == 403, "there is nothing left to end"
    assert visit("liaison@telco").get(edit).status == 200, "those of others stay"
