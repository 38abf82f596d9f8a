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
        row.select("th")[0].get_text(strip=True): row.select("td")[0].get_text(strip=True)
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


def test_receipts_are_counted_by_organisation_and_filtered(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", "cert").ref
    visit("mediator@peace").post(f"/notices/{ref}/acknowledge")
    author = visit("liaison@telco")
    page = author.get(f"/notices/{ref}/read-ledger")
    totals = [" ".join(one.get_text().split()) for one in page.page.select(".go-totals li")]
    assert totals == ["Response Team: 0 of 1 acknowledged", "Peace Mediation: 1 of 2 acknowledged"]
    filtered = author.get(f"/notices/{ref}/read-ledger?only=silent")
    names = [row.select("th")[0].get_text() for row in filtered.page.select("tbody tr")]
    assert names == ["Coordinator", "Response analyst"]
    assert len(author.get(f"/notices/{ref}/read-ledger?only=nonsense").page.select("tbody tr")) == 3


def test_the_filter_of_receipts_opens_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    for only in ("silent", "acknowledged", "opened"):
        path = f"/notices/{ref}/read-ledger?only={only}"
        assert visit("mediator@peace").get(path).status == 403
        assert visit("liaison@bank").get(path).status == 404
