"""Amending: other terms by consent; until then, and for what is met, the old ones hold."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.commitments import Amendment, Commitment, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import StepText, text_of
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import DUE, agreed, found, proposed, reported, terms
from tests.commitments.trail import acts, again, dues, notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)
FIRST, THEN = StepText("First", date(2026, 12, 10)), StepText("Then", date(2026, 12, 20))


def amend(session: Session, world: World, one: Commitment, by: str = TELCO, **said: Any) -> None:
    """Ask for other terms, from the version that is there now."""
    values = {"why": "Clearer.", "version": again(session, one).version, "now": NOW}
    values |= {name: said.pop(name) for name in tuple(values) if name in said}
    commitments.amend(session, world.actors[by], one.ref, text=terms(**said), **values)


def asked(session: Session, one: Commitment) -> list[Amendment]:
    """All that was ever asked for."""
    rows = session.query(Amendment).filter_by(commitment_id=one.id)
    return rows.order_by(Amendment.id).all()


def without_consent_the_terms_stay(
    world: World, act: Callable[..., Any], by: str, answer: str, whom: set[str]
) -> None:
    """Nothing changes, and it may be asked again."""
    verb = act.__name__.replace("_", "-")
    with writing(world.sessions) as session:
        one = agreed(session, world)
        before = text_of(session, again(session, one))
        amend(session, world, one, body="All teams.")
        with pytest.raises(Refused):
            amend(session, world, one, CLOUD, body="Some teams.")
        act(session, world.actors[by], one.ref, NOW)
        now = again(session, one)
        assert (text_of(session, now), now.edition) == (before, 1)
        assert acts(session, one)[-1] == verb
        assert notified(session, one, verb) == whom
        with pytest.raises(Refused):
            commitments.consent(session, world.actors[CLOUD], one.ref, NOW)
        amend(session, world, one, CLOUD, body="Some teams.")
        assert [row.answer for row in asked(session, one)] == [answer, ""]


def test_a_step_that_was_reported_on_is_not_taken_away(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, due_on=None, steps=(FIRST, THEN))
        amend(session, world, one, due_on=None, steps=(FIRST,))
        reported(session, world, one.ref, Step.MINIMAL, milestone=2)
    with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW)
    assert set(wrong.value.problems) == {"steps"}
    with reading(world.sessions) as session:
        assert [row.answer for row in asked(session, one)] == [""], "the question is still open"
        assert [day.title for day in dues(session, one)] == ["First", "Then"]
        assert (again(session, one).edition, acts(session, one)[-1]) == (1, "report")


def test_a_step_that_is_met_stays_as_it_is_and_others_move(world: World) -> None:
    later = StepText("Then", date(2026, 12, 24), 3)
    with writing(world.sessions) as session:
        one = agreed(session, world, due_on=None, steps=(FIRST, THEN))
        found(session, world, one.ref, milestone=1)
        with pytest.raises(Invalid), session.begin_nested():
            amend(session, world, one, due_on=None, steps=(StepText("Else", FIRST.due_on), THEN))
        assert asked(session, one) == [], "what could not be agreed on is not asked"
        third = StepText("Last", date(2026, 12, 30))
        amend(session, world, one, due_on=None, steps=(FIRST, later, third))
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW)
        days = dues(session, one)
        assert [StepText(day.title, day.due_on, day.weight) for day in days] == [
            FIRST, later, third,
        ]  # fmt: skip
        assert [day.met_at for day in days] == [NOW, None, None]
        assert again(session, one).due_at == days[1].due_at


@pytest.mark.parametrize(
    "steps",
    [
        (THEN,),
        (StepText("Zero", FIRST.due_on), FIRST, THEN),
        (StepText("Else", FIRST.due_on), THEN),
    ],
    ids=["taken away before another", "pushed on by another", "made another"],
)
def test_what_was_said_of_one_step_never_stands_beside_another(
    world: World, steps: tuple[StepText, ...]
) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, due_on=None, steps=(FIRST, THEN))
        amend(session, world, one, due_on=None, steps=steps)
        reported(session, world, one.ref, milestone=1)
    with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW)
    assert set(wrong.value.problems) == {"steps"}
    with reading(world.sessions) as session:
        assert [(d.title, d.reported_at) for d in dues(session, one)] == [
            ("First", NOW), ("Then", None),
        ]  # fmt: skip


def test_a_report_on_the_whole_is_none_on_the_steps_that_it_comes_to_have(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        reported(session, world, one.ref)
        amend(session, world, one, due_on=None, steps=(FIRST, THEN))
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW)
        assert [d.reported_at for d in dues(session, one)] == [None, None]
        moved = StepText("First", date(2026, 12, 12), 5)
        reported(session, world, one.ref, milestone=1)
        amend(session, world, one, due_on=None, steps=(moved, THEN))
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW)
        first, _then = dues(session, one)
        assert (first.due_on, first.weight, first.reported_at) == (moved.due_on, 5, NOW)


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({}, {"title"}),
        ({"body": "All.", "why": ""}, {"why"}),
        ({"body": "All.", "why": "w" * 501}, {"why"}),
        ({"title": " ", "theme": "none"}, {"title", "theme"}),
        ({"every": "fortnight"}, {"every"}),
        ({"until_on": DUE}, {"until_on"}),
    ],
    ids=["nothing changed", "no reason", "a long reason", "two fields", "rounds", "no rounds"],
)
def test_what_cannot_be_taken_asks_nothing(
    world: World, wrong: dict[str, Any], fields: set[str]
) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        amend(session, world, one, **wrong)
    assert set(refused.value.problems) == fields
    with reading(world.sessions) as session:
        assert asked(session, one) == []


def test_terms_that_changed_while_they_were_read_are_not_amended(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        seen = again(session, one).version
        amend(session, world, one, body="All teams.")
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW + DAY)
        with pytest.raises(TooLate):
            amend(session, world, one, CLOUD, body="Some teams.", version=seen)
        assert (again(session, one).body, len(asked(session, one))) == ("All teams.", 1)


def test_what_is_not_agreed_on_yet_or_is_over_is_not_amended(world: World) -> None:
    with writing(world.sessions) as session:
        put, over = proposed(session, world), agreed(session, world)
        found(session, world, over.ref)
        for one, by, error in (
            (put, TELCO, TooLate), (over, TELCO, TooLate), (over, CERT, Refused),
            (over, "liaison@bank", NotFound),
        ):  # fmt: skip
            with pytest.raises(error):
                amend(session, world, one, by, body="All teams.")


def test_what_is_asked_is_compared_word_by_word_with_what_holds(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world, "peace", body="Most teams.")
        amend(session, world, one, body="All teams.")
        (question,) = asked(session, one)
        cloud, reader = world.actors[CLOUD], world.actors["mediator@peace"]
        _one, row, said = commitments.compare_asked(session, cloud, one.ref, question.id, NOW)
        assert (row.id, {change.field for change in said}) == (question.id, {"body"})
        marks = {mark: text.strip() for mark, text in said[0].parts}
        assert (marks["gone"], marks["new"]) == ("Most", "All")
        with pytest.raises(NotFound):
            commitments.compare_asked(session, cloud, one.ref, question.id + 1, NOW)
        with pytest.raises(Refused):
            commitments.compare_asked(session, reader, one.ref, question.id, NOW)


def test_the_marking_is_not_part_of_what_is_asked(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        with pytest.raises(Invalid) as wrong, session.begin_nested():
            amend(session, world, one, title="Open to all", tlp=Tlp.CLEAR)
        assert set(wrong.value.problems) == {"tlp"}


def test_what_is_asked_ends_with_the_commitment(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        amend(session, world, one, title="Something else")
        found(session, world, one.ref)
        assert [row.answer for row in asked(session, one)] == ["ended"]
