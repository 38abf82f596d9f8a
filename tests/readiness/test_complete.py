"""A completed self-check gives advice in the order of effect, from the answers alone."""

from collections.abc import Callable
from datetime import date

import pytest

from models.readiness import CheckState
from portal import readiness
from portal.db import reading, writing
from portal.errors import Invalid
from portal.readiness import QUESTIONS, Answer
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.readiness.builders import AGAIN, MEDIATOR, SEALER, begun, completed

Visit = Callable[[str], Visitor]


def test_advice_is_what_is_not_in_place_most_effect_first(world: World) -> None:
    with writing(world.sessions) as session:
        said = {"footprint": Answer.NO, "mfa": Answer.PARTLY, "updates": Answer.UNKNOWN}
        check = completed(session, world, **said, passwords=Answer.NOT_APPLICABLE)
        found = readiness.read(session, world.actors[MEDIATOR], check.ref, SEALER, NOW)
        assert found.check.state == CheckState.COMPLETED
        assert [one.question.key for one in found.advice] == ["mfa", "updates", "footprint"]
        assert "passwords" not in {one.key for one in found.in_place}


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2029, 1, 1)])
def test_every_question_and_a_day_ahead_are_needed(world: World, day: date) -> None:
    typed = {"answers": {"mfa": Answer.YES}, "look_again_on": day, "version": 1}
    with writing(world.sessions) as session:
        ref = begun(session, world).ref
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        readiness.complete(session, world.actors[MEDIATOR], ref, **typed, sealer=SEALER, now=NOW)
    asked = {one.key for one in QUESTIONS if one.scope == "person"}
    assert set(refused.value.problems) == (asked - {"mfa"}) | {"look_again_on"}


def test_the_day_ends_where_the_respondent_is(world: World) -> None:
    with writing(world.sessions) as session:
        check = completed(session, world)
        assert (check.look_again_on, check.zone) == (AGAIN, world.actors[MEDIATOR].zone)
    with reading(world.sessions) as session:
        (mine,) = readiness.mine(session, world.actors[MEDIATOR], SEALER, NOW)
        assert mine.answered == mine.asked == 9


def test_the_page_says_which_answers_are_missing(visit: Visit, world: World) -> None:
    with writing(world.sessions) as session:
        ref = begun(session, world).ref
    mediator = visit(MEDIATOR)
    typed = {"version": "1", "mfa": "no"}
    missing = mediator.post(f"/readiness/{ref}/complete", typed)
    assert missing.status == 422
    assert missing.words.count("Choose an answer.") >= 8
    everything = {one.key: "yes" for one in QUESTIONS if one.scope == "person"}
    done = mediator.post(f"/readiness/{ref}/complete", everything | typed)
    page = mediator.get(done.to)
    assert "This week:" in page.words
    assert "authenticator app" in page.words
