"""Sending an undeliverable e-mail again."""

from collections.abc import Callable

from sqlalchemy import select, update

from models.ledger import OutboxEmail
from portal.clock import now
from portal.db import reading, writing
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


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
    assert "will be sent again" in page.words
    with reading(world.sessions) as session:
        email = session.get_one(OutboxEmail, key)
        assert (email.closed_at, email.outcome, email.attempts) == (None, None, 0)
    page = steward.follow(steward.post(f"/steward/retry-email/{key}"))
    assert "no longer waiting" in page.words
    assert visit("auditor@portal").post(f"/steward/retry-email/{key}").status == 403
