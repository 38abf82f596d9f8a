"""A unit is completed by answering every question; no answer is kept, right or wrong."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import inspect, text

from models.training import CompletionState
from portal import training
from portal.days import end_of
from portal.db import reading, writing
from portal.errors import Invalid, NotFound
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.training.builders import MEDIATOR, TLP, completed, right, under_way, wrong

Visit = Callable[[str], Visitor]


def test_it_holds_for_a_year_to_the_end_of_a_day_where_the_learner_is(world: World) -> None:
    with writing(world.sessions) as session:
        done, zone = completed(session, world), world.actors[MEDIATOR].zone
        assert done.state == CompletionState.COMPLETED
        assert done.expires_on == date(NOW.year + 1, NOW.month, NOW.day)
        assert done.expires_at == end_of(done.expires_on, zone)
        assert done.text_of == TLP.edition


def test_each_wrong_answer_is_told_why_and_each_missing_one_named(world: World) -> None:
    with writing(world.sessions) as session:
        ref = under_way(session, world).ref
    said = right() | {"q1": wrong()["q1"], "q2": "", "q3": "a9"}
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        training.complete(session, world.actors[MEDIATOR], ref, unit=TLP, answers=said, now=NOW)
    problems = refused.value.problems
    assert set(problems) == {"answer_q1", "answer_q2", "answer_q3"}
    assert problems["answer_q1"].values["why"] == TLP.questions[0].chosen(said["q1"]).why
    with reading(world.sessions) as session:
        found = training.read(session, world.actors[MEDIATOR], ref, NOW)
        assert found.completion.state == CompletionState.UNDER_WAY


def test_no_answer_is_anywhere_in_the_database(visit: Visit, world: World) -> None:
    with writing(world.sessions) as session:
        ref = under_way(session, world).ref
    mediator = visit(MEDIATOR)
    for answers in (wrong(), right()):
        said = {f"answer_{key}": choice for key, choice in answers.items()}
        mediator.post(f"/training/{ref}/complete", said)
    columns = {column["name"] for column in inspect(world.engine).get_columns("completions")}
    assert not {name for name in columns if "answer" in name or "score" in name}
    with reading(world.sessions) as session:
        for table in ("completions", "audit_events", "autosaves", "creation_keys"):
            for row in session.execute(text(f"SELECT * FROM {table}")):
                said = " ".join(map(str, row))
                assert "answer_q" not in said
                assert not any(q.right.text in said for q in TLP.questions)


def test_somebody_elses_cannot_be_completed(world: World) -> None:
    with writing(world.sessions) as session:
        ref = under_way(session, world).ref
    for who in ("coordinator@peace", "steward@portal"):
        with pytest.raises(NotFound), writing(world.sessions) as session:
            training.complete(session, world.actors[who], ref, unit=TLP, answers=right(), now=NOW)
