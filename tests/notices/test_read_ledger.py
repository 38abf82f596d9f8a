"""Reading who was sent a notice and who has read it: its own side's page."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_reading_is_in_the_ledger_of_the_author(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    visit("mediator@peace").get(f"/notices/{ref}")
    rows = {
        row.select("th")[0].get_text(): row.select("td")[0].get_text()
        for row in visit("liaison@telco").get(f"/notices/{ref}/read-ledger").page.select("tbody tr")
    }
    assert rows == {"Mediator": "opened", "Coordinator": "no response"}
    assert visit("mediator@peace").get(f"/notices/{ref}/read-ledger").status == 403
    assert visit("liaison@bank").get(f"/notices/{ref}/read-ledger").status == 404


def test_a_picture_says_how_far_the_recipients_have_come(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cert").ref
    visit("mediator@peace").post(f"/notices/{ref}/acknowledge")
    picture = visit("liaison@telco").get(f"/notices/{ref}/read-ledger").page.select_one("figure")
    assert picture is not None
    widths = [float(str(part["width"])) for part in picture.select("rect")]
    assert widths == [200.0, 400.0], "one of three has acknowledged, two are silent"
    assert picture.svg is not None
    assert picture.svg["aria-label"] == "Recipients: acknowledged 1, no response 2"
