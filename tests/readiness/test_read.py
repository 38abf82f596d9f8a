"""A self-check and its advice are read by its respondent; for everybody else it is not there."""

from collections.abc import Callable

import pytest
from flask import Flask

from models.readiness import Scope
from portal.db import writing
from portal.readiness import QUESTIONS, Answer, asked_of
from tests.cast import World
from tests.pages import Visitor
from tests.readiness.builders import MEDIATOR, completed

Visit = Callable[[str], Visitor]
OTHERS = ("coordinator@peace", "liaison@telco", "steward@portal", "custodian@portal")


@pytest.mark.parametrize("scope", list(Scope))
def test_every_question_has_its_reason_source_and_first_step(
    app: Flask, world: World, visit: Visit, scope: Scope
) -> None:
    said = {question.key: Answer.NO for question in asked_of(scope)}
    with writing(world.sessions) as session:
        sealer = app.extensions["sealer"]
        ref = completed(session, world, sealer=sealer, scope=scope, **said).ref
    page = visit(MEDIATOR).get(f"/readiness/{ref}")
    for question in asked_of(scope):
        for words in (question.title, question.why, question.this_week):
            assert words in page.words
        assert f"Source: {question.source}" in page.words


def test_nobody_else_finds_it_by_its_address(app: Flask, world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = completed(session, world, sealer=app.extensions["sealer"]).ref
    for who in OTHERS:
        visitor = visit(who)
        for path in ("", "/answer", "/erase"):
            assert visitor.get(f"/readiness/{ref}{path}").status == 404
        assert visitor.post(f"/readiness/{ref}/renew").status == 404
        assert ref not in visitor.get("/readiness/").words


def test_questions_are_in_one_order_of_effect() -> None:
    assert sorted(question.effect for question in QUESTIONS) == list(range(1, 24))
    assert len({question.key for question in QUESTIONS}) == len(QUESTIONS)
