"""Exporting a notice as a file for other programs."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.exchange.test_pages import holds
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_reader_exports_and_an_outsider_finds_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    answer = visit("mediator@peace").get(f"/notices/{ref}/export")
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "application/stix+json; version=2.1"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    holds(answer.body)
    assert visit("liaison@bank").get(f"/notices/{ref}/export").status == 404
    visit("liaison@telco").post(f"/notices/{ref}/withdraw", {"why": "Wrong"})
    assert visit("mediator@peace").get(f"/notices/{ref}/export").status == 409
