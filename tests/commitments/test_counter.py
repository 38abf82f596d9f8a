"""Countering: other terms instead of a yes; then the other party is asked, as often as needed."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState
from portal import commitments
from portal.commitments import StepText
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, proposed, terms
from tests.commitments.trail import acts, again, dues, notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TWO = (StepText("First", date(2026, 12, 10), 2), StepText("Then", date(2026, 12, 20)))


def counter(session: Session, world: World, one: Commitment, by: str, **values: Any) -> None:
    """Answer with other terms, from the version that is there now."""
    said = {"why": "One year is short.", "version": again(session, one).version} | {
        name: values.pop(name) for name in ("why", "version") if name in values
    }
    actor = world.actors[by]
    commitments.counter(session, actor, one.ref, text=terms(**values), now=NOW, **said)


def test_other_terms_take_the_place_of_the_first_and_the_promisor_is_asked(world: World) -> None:
    with writing(world.sessions) as session:
        one = proposed(session, world)
        until = one.answer_by_at
        counter(session, world, one, CLOUD, body="For two years.", due_on=None, steps=TWO)
        now = again(session, one)
        assert (now.state, now.asked_id) == (CommitmentState.PROPOSED, now.organisation_id)
        assert (now.body, now.answer_by_at) == ("For two years.", until), "no more time by it"
        steps = [(due.title, due.due_on, due.weight) for due in dues(session, one)]
        assert steps == [(step.title, step.due_on, step.weight) for step in TWO]
        assert now.due_at == dues(session, one)[0].due_at
        assert acts(session, one)[-1] == "counter"
        assert notified(session, one, "counter") == {TELCO, COLLEAGUE}


def test_only_who_is_asked_answers(world: World) -> None:
    with writing(world.sessions) as session:
        one = proposed(session, world)
        for name in (TELCO, CERT):
            with pytest.raises(Refused):
                counter(session, world, one, name, body="Otherwise.")
        counter(session, world, one, CLOUD, body="Otherwise.")
        with pytest.raises(Refused):
            counter(session, world, one, CLOUD, body="Once more.")
        with pytest.raises(Refused):
            commitments.accept(session, world.actors[CLOUD], one.ref, NOW)
        commitments.decline(session, world.actors[COLLEAGUE], one.ref, why="Too much.", now=NOW)
        assert again(session, one).state == CommitmentState.DECLINED


def test_the_terms_that_were_countered_are_those_agreed_on(world: World) -> None:
    with writing(world.sessions) as session:
        one = proposed(session, world)
        counter(session, world, one, CLOUD, title="Two years")
        commitments.accept(session, world.actors[TELCO], one.ref, NOW)
        now = again(session, one)
        assert (now.state, now.title, now.edition) == (CommitmentState.IN_FORCE, "Two years", 2)
        with pytest.raises(TooLate):
            counter(session, world, one, TELCO, body="Not so.")


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"why": "  "}, {"why"}),
        ({"why": "w" * 501}, {"why"}),
        ({"title": "", "why": ""}, {"title", "why"}),
        ({"steps": TWO, "every": "week"}, {"steps"}),
    ],
    ids=["no reason", "a long reason", "no title either", "steps and rounds"],
)
def test_what_cannot_be_taken_changes_nothing(
    world: World, wrong: dict[str, Any], fields: set[str]
) -> None:
    with writing(world.sessions) as session:
        one = proposed(session, world)
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        counter(session, world, one, CLOUD, **wrong)
    assert set(refused.value.problems) == fields
    with reading(world.sessions) as session:
        now = again(session, one)
        assert (now.asked_id, now.edition, len(dues(session, one))) == (now.addressee_id, 1, 1)
        assert "counter" not in acts(session, one)


def test_an_answer_to_terms_that_changed_meanwhile_comes_too_late(world: World) -> None:
    with writing(world.sessions) as session:
        one = proposed(session, world)
        seen = one.version
        counter(session, world, one, CLOUD, body="Otherwise.")
        with pytest.raises(TooLate):
            counter(session, world, one, TELCO, body="As before.", version=seen)
    with reading(world.sessions) as session:
        assert again(session, one).body == "Otherwise."


def test_after_agreement_terms_change_by_consent_alone(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        for name in (TELCO, CLOUD):
            with pytest.raises((Refused, TooLate)):
                counter(session, world, one, name, body="Otherwise.")
