"""A self-check is answered again from the former answers, and its respondent is reminded."""

from collections.abc import Callable
from datetime import timedelta

from flask import Flask

from models.ledger import OutboxEmail
from portal import readiness
from portal.db import writing
from portal.readiness import Answer
from portal.reminders import remind
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.readiness.builders import MEDIATOR, SEALER, begun, completed

Visit = Callable[[str], Visitor]


def test_the_next_begins_with_the_former_answers(world: World) -> None:
    with writing(world.sessions) as session:
        mediator = world.actors[MEDIATOR]
        former = completed(session, world, mfa=Answer.NO)
        following = readiness.renew(session, mediator, former.ref, SEALER, NOW)
        found = readiness.read(session, mediator, following.ref, SEALER, NOW)
        assert found.answers is not None
        assert found.answers["mfa"] is Answer.NO
        assert readiness.renew(session, mediator, former.ref, SEALER, NOW).ref == following.ref


def test_the_respondent_alone_is_reminded_once_until_they_begin_again(world: World) -> None:
    with writing(world.sessions) as session:
        check = completed(session, world)
        assert check.look_again_at is not None
        begins = check.look_again_at - timedelta(days=1)
        assert remind(session, begins) == 0
        assert remind(session, check.look_again_at - timedelta(seconds=1)) == 1, "on that day"
        remind(session, check.look_again_at)
        remind(session, check.look_again_at + timedelta(days=2))
        sent = session.query(OutboxEmail).filter_by(template="look-again").all()
        assert [row.person_id for row in sent] == [world.actors[MEDIATOR].person_id]
        begun(session, world)
        remind(session, check.look_again_at + timedelta(days=29))
        assert session.query(OutboxEmail).filter_by(template="look-again").count() == 1


def test_the_pages_lead_there(app: Flask, visit: Visit, world: World) -> None:
    with writing(world.sessions) as session:
        ref = completed(session, world, sealer=app.extensions["sealer"]).ref
    mediator = visit(MEDIATOR)
    assert "Nothing is left to do" in mediator.get(f"/readiness/{ref}").words
    again = mediator.post(f"/readiness/{ref}/renew")
    assert "/answer" in again.to
    assert "not finished" not in mediator.get("/readiness/").words
