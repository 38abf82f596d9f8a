"""Reading the trail: envelopes, and never what they held."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_the_trail_shows_envelopes_and_never_what_they_held(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", title="A title to hide", body="A body").ref
    mediator = visit("mediator@peace")
    mediator.get(f"/notices/{ref}")
    mediator.post(f"/notices/{ref}/comment", {"text": "A remark to hide"})
    for name in ("steward@portal", "auditor@portal"):
        page = visit(name).get(f"/steward/read-trail?ref={ref.lower()}")
        verbs = [row.select("td")[2].get_text() for row in page.page.select("tbody tr")]
        assert verbs == ["comment", "read", "publish", "post-notice"]
        for word in ("A title to hide", "A body", "A remark to hide"):
            assert word not in page.text
    only = visit("auditor@portal").get("/steward/read-trail?person=mediator&verb=read").page
    assert len(only.select("tbody tr")) == 1


def test_the_trail_goes_on_page_by_page(world: World, visit: Visit) -> None:
    auditor, seen = visit("auditor@portal"), 0
    with writing(world.sessions) as session:
        for _ in range(40):
            published(session, world, "peace")
    page = auditor.get("/steward/read-trail?verb=publish")
    seen += len(page.page.select("tbody tr"))
    assert page.page.find("a", string="Older events") is None
    page = auditor.get("/steward/read-trail")
    older = page.page.find("a", string="Older events")
    assert older is not None
    assert len(auditor.get(str(older["href"])).page.select("tbody tr")) == 50
    assert auditor.get("/steward/read-trail?before=x&person=%25&ref=%27").status == 200
