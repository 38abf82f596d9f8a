"""Handed to a second person: not before the do-no-harm check is answered in words."""

from collections.abc import Callable

import pytest

from models.ledger import OutboxEmail
from portal import releases
from portal.db import writing
from portal.errors import Invalid
from portal.precautions import EVERY, UNINTENDED
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.releases.builders import ANSWERS, SECOND, TELCO, drafted, joint

Visit = Callable[[str], Visitor]


@pytest.mark.parametrize("key", EVERY)
def test_each_question_is_answered_first(world: World, key: str) -> None:
    with writing(world.sessions) as session:
        release = drafted(session, world, answers=ANSWERS | {key: " "})
        with pytest.raises(Invalid) as refused:
            releases.propose(session, world.actors[TELCO], release.ref, NOW)
    assert set(refused.value.problems) == {key}


def test_the_second_person_is_notified_and_the_answers_stay_inside(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
        bare = drafted(session, world, answers={}).ref
    telco = visit(TELCO)
    assert "Answer this question" in telco.follow(telco.post(f"/releases/{bare}/propose")).words
    telco.follow(telco.post(f"/releases/{ref}/propose"))
    assert "Nobody beyond what is said." in telco.get(f"/releases/{ref}").words
    with writing(world.sessions) as session:
        told = {
            row.person_id for row in session.query(OutboxEmail).filter_by(template="propose").all()
        }
    assert world.actors[SECOND].person_id in told
    assert world.actors[TELCO].person_id not in told
    assert "Confirm what is removed" in visit(SECOND).get("/").words


def test_where_it_is_about_no_operation_its_consequences_need_no_answer(world: World) -> None:
    with writing(world.sessions) as session:
        few = {key: said for key, said in ANSWERS.items() if key not in UNINTENDED}
        release = joint(session, world, answers=few)
        assert releases.propose(session, world.actors[TELCO], release.ref, NOW).state == "proposed"


def test_harm_that_is_known_here_is_a_link_away(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
    page = visit(TELCO).get(f"/releases/{ref}")
    assert page.page.select("a[href^='/harm/together/N-']")
