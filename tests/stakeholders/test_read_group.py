"""The page of a sharing group, and the list of those one may know of."""

from collections.abc import Callable

from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.test_edit_group import formed

Visit = Callable[[str], Visitor]


def test_members_see_one_another_only_where_the_list_is_open(world: World, visit: Visit) -> None:
    shut = formed(world, visit, "telco", "cert", open_list="")
    path = f"/stakeholders/groups/{shut}"
    assert "Response Team" in visit("coordinator@peace").get(path).words
    page = visit("liaison@telco").get(path)
    assert page.status == 200
    assert "Response Team" not in page.words
    assert visit("liaison@bank").get(path).status == 404


def test_the_list_shows_the_groups_one_may_know_of(world: World, visit: Visit) -> None:
    ref = formed(world, visit, "telco")
    assert ref in visit("liaison@telco").get("/stakeholders/groups").words
    page = visit("liaison@bank").get("/stakeholders/groups")
    assert ref not in page.words
    assert "You are in no group yet" in page.words
