"""An administrator sees what their people completed, and until when; nothing of what is not."""

from collections.abc import Callable

from portal.curriculum import SHIPPED
from portal.db import writing
from tests.cast import World
from tests.pages import Visitor
from tests.training.builders import TLP, administers, learned, under_way

Visit = Callable[[str], Visitor]


def test_what_is_completed_is_listed_and_what_is_under_way_is_not(
    world: World, visit: Visit
) -> None:
    administers(world, "colleague@telco")
    travel = SHIPPED["travel"]["en"]
    learned(world, "liaison@telco")
    learned(world, "liaison@cloud")
    with writing(world.sessions) as session:
        under_way(session, world, "liaison@telco", travel)
    ref = world.organisations["telco"].ref
    page = visit("colleague@telco").get(f"/training/organisations/{ref}/read-training")
    rows = " ".join(page.page.select_one("section").get_text(" ").split())
    assert f"Telco liaison : {TLP.title}" in rows
    assert travel.title not in rows
    assert "Cloud" not in rows
