"""Unintended consequences are asked before a commitment about an operation is proposed."""

from collections.abc import Callable
from typing import Any

import pytest

from models.commitments import Commitment
from portal import commitments
from portal.commitments import consequences
from portal.db import reading, writing
from portal.errors import Invalid, TooLate
from portal.precautions import UNINTENDED
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, drafted, proposed
from tests.factories import opened_process
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO = "liaison@telco"
SAID = dict.fromkeys(UNINTENDED, "Hospitals rely on it: Quokkaville.")
HIDDEN = "Quokkaville"


def propose(world: World, ref: str, answers: Any = None) -> Commitment:
    with writing(world.sessions) as session:
        telco = world.actors[TELCO]
        return commitments.propose(
            session, telco, ref, answer_by_on=ANSWER_BY, now=NOW, answers=answers
        )


def made(world: World, theme: str = "restraint", **values: Any) -> str:
    with writing(world.sessions) as session:
        return str(drafted(session, world, "peace", theme=theme, **values).ref)


@pytest.mark.parametrize("theme", sorted(consequences.OPERATIONS))
def test_of_an_operation_every_question_is_answered_first(world: World, theme: str) -> None:
    ref = made(world, theme)
    with pytest.raises(Invalid) as refused:
        propose(world, ref)
    assert set(refused.value.problems) == set(UNINTENDED)
    with pytest.raises(Invalid) as refused:
        propose(world, ref, {**SAID, "hospitals": "  "})
    assert set(refused.value.problems) == {"hospitals"}
    with reading(world.sessions) as session:
        kept = session.query(Commitment).one()
        assert (kept.state, kept.consequences) == ("draft", {}), "nothing is half-written"
    assert propose(world, ref, SAID).consequences == SAID


def test_it_is_no_gate_for_other_commitments(world: World) -> None:
    assert propose(world, made(world, "notice-contacts")).state == "proposed"


def test_answers_are_saved_with_the_draft_and_never_over_those_of_a_colleague(world: World) -> None:
    ref = made(world)
    some = {"hospitals": "Not known."}
    with writing(world.sessions) as session:
        telco = world.actors[TELCO]
        version = session.query(Commitment).one().version
        consequences.answer(session, telco, ref, answers=some, version=version, now=NOW)
    with writing(world.sessions) as session, pytest.raises(TooLate):
        consequences.answer(session, telco, ref, answers={}, version=version, now=NOW)
    with pytest.raises(Invalid) as refused:
        propose(world, ref)
    assert set(refused.value.problems) == set(UNINTENDED) - {"hospitals"}


def test_the_page_asks_keeps_what_was_typed_and_points_to_harm(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        key, on = process.id, process.ref
    path = f"/commitments/{made(world, process=key)}"
    liaison = visit(TELCO)
    page = liaison.get(f"{path}/propose")
    assert page.page.select_one(f"a[href='/harm/together/{on}']") is not None
    sent = liaison.post(f"{path}/propose", {**page.form(), "hospitals": "Two clinics."})
    assert sent.status == 422
    assert set(sent.errors()) == set(UNINTENDED) - {"hospitals"}
    assert "Two clinics." in sent.text
    liaison.post(f"{path}/propose", {**page.form(), "hospitals": "Two clinics.", "save": "1"})
    assert "Two clinics." in liaison.get(path).words
    assert "Two clinics." in visit("colleague@telco").get(path).words
    whole = {**liaison.get(f"{path}/propose").form(), **SAID}
    assert "proposed" in liaison.follow(liaison.post(f"{path}/propose", whole)).words


def test_the_answers_are_for_the_side_that_writes_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = proposed(session, world, "peace", theme="restraint").ref
        session.query(Commitment).one().consequences = SAID
    assert HIDDEN in visit(TELCO).get(f"/commitments/{ref}").text
    for who in ("liaison@cloud", "mediator@peace"):
        page = visit(who).get(f"/commitments/{ref}")
        assert page.status == 200
        assert HIDDEN not in page.text
        assert HIDDEN not in visit(who).get("/commitments/overview.csv").text
