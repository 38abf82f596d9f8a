"""The steward's service: health, envelopes of the trail, e-mails that did not arrive."""

from collections.abc import Callable

from sqlalchemy import select, update

from models.ledger import OutboxEmail
from portal.clock import now
from portal.db import reading, writing
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
PAGES = ("/steward/", "/steward/read-trail", "/steward/read-emails", "/steward/people")


def test_the_endpoints_of_the_system(visit: Visit) -> None:
    endpoints = {
        name: [visit(name).get(path).status for path in PAGES]
        for name in ("steward@portal", "auditor@portal", "custodian@portal", "liaison@telco")
    }
    assert endpoints == {
        "steward@portal": [200, 200, 200, 200],
        "auditor@portal": [200, 200, 403, 403],
        "custodian@portal": [404] * 4,
        "liaison@telco": [404] * 4,
    }


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
    assert page.page.find("a", string="Older acts") is None
    page = auditor.get("/steward/read-trail")
    older = page.page.find("a", string="Older acts")
    assert older is not None
    assert len(auditor.get(str(older["href"])).page.select("tbody tr")) == 50
    assert auditor.get("/steward/read-trail?before=x&person=%25&ref=%27").status == 200


def test_a_dead_email_is_shown_and_tried_again(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        session.execute(update(OutboxEmail).values(closed_at=now(), outcome="sent"))
        published(session, world, "mediator@peace", title="A title to hide")
        session.execute(
            update(OutboxEmail)
            .where(OutboxEmail.template == "publish")
            .values(closed_at=now(), outcome="dead", reason="550 no such box", attempts=8)
        )
    steward = visit("steward@portal")
    page = steward.get("/steward/read-emails")
    assert "550 no such box" in page.words
    assert "mediator@peace.example" in page.words
    assert "A title to hide" not in page.text
    with reading(world.sessions) as session:
        key = session.scalars(select(OutboxEmail.id).where(OutboxEmail.outcome == "dead")).one()
    page = steward.follow(steward.post(f"/steward/retry-email/{key}"))
    assert "tried again" in page.words
    with reading(world.sessions) as session:
        email = session.get_one(OutboxEmail, key)
        assert (email.closed_at, email.outcome, email.attempts) == (None, None, 0)
    page = steward.follow(steward.post(f"/steward/retry-email/{key}"))
    assert "not waiting for anybody" in page.words
    assert visit("auditor@portal").post(f"/steward/retry-email/{key}").status == 403


def test_the_steward_finds_people_by_name_or_address(visit: Visit) -> None:
    steward = visit("steward@portal")
    assert "Bank liaison" in steward.get("/steward/people?words=bank").words
    assert "Bank liaison" in steward.get("/steward/people?words=LIAISON@bank").words
    assert "Nobody of that name" in steward.get("/steward/people?words=%25").words
