"""Due days when terms change: rounds go on where they are, steps become rounds and back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone
from portal import commitments
from portal.commitments import CommitmentText, StepText
from portal.db import writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, proposed, terms

TELCO, CLOUD = "liaison@telco", "liaison@cloud"
FIRST = date(2026, 12, 20)
MOVED = date(2027, 2, 5)
LATER = NOW + timedelta(days=70)
STEPS = (StepText("Name a contact", date(2026, 12, 5)), StepText("Report", date(2026, 12, 10), 3))
MONTHLY = terms(title="Every month", due_on=FIRST, every="month")
SHAPES = {
    "once": terms(),
    "without a day": terms(due_on=None),
    "steps": terms(steps=STEPS),
    "one step": terms(steps=STEPS[1:], due_on=None),
    "rounds": MONTHLY,
    "rounds until": terms(due_on=FIRST, every="week", until_on=date(2027, 1, 31)),
}
PAIRS = [(one, other) for one in SHAPES for other in SHAPES if one != other]


def days(session: Session, commitment: Commitment) -> list[tuple[int, str, date]]:
    rows = select(Milestone).where(Milestone.commitment_id == commitment.id)
    found = session.scalars(rows.order_by(Milestone.number))
    return [(row.number, row.title, row.due_on) for row in found]


def said(text: CommitmentText) -> dict[str, object]:
    names = ("title", "due_on", "every", "until_on", "steps")
    return {name: getattr(text, name) for name in names}


def amended(session: Session, world: World, one: Commitment, text: CommitmentText) -> None:
    asking, agreeing = world.actors[TELCO], world.actors[CLOUD]
    version = one.version
    commitments.amend(session, asking, one.ref, text=text, why="So", version=version, now=LATER)
    commitments.consent(session, agreeing, one.ref, LATER)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_whatever_terms_are_countered_with_are_the_terms(
    world: World, one: str, other: str
) -> None:
    with writing(world.sessions) as session:
        promise = proposed(session, world, **said(SHAPES[one]))
        text = SHAPES[other]
        commitments.counter(
            session, world.actors[CLOUD], promise.ref, text=text, why="Rather so.",
            version=promise.version, now=NOW,
        )  # fmt: skip
        whole = [(1, "", text.due_on)] if text.due_on else []
        steps = [(n, step.title, step.due_on) for n, step in enumerate(text.steps, 1)]
        assert commitments.text_of(session, promise) == text
        assert days(session, promise) == (steps or whole)


def test_other_words_in_a_later_round_leave_its_day_alone(world: World) -> None:
    with writing(world.sessions) as session:
        promise = agreed(session, world, **said(MONTHLY))
        commitments.apply_due_transitions(session, promise.ref, LATER)
        rounds = [
            (1, "", FIRST), (2, "", date(2027, 1, 20)), (3, "", date(2027, 2, 20)),
        ]  # fmt: skip
        assert days(session, promise) == rounds
        amended(session, world, promise, terms(title="In other words", due_on=FIRST, every="month"))
        assert days(session, promise) == rounds
        assert promise.title == "In other words"


def test_another_day_moves_the_round_that_is_open_and_those_that_follow(world: World) -> None:
    with writing(world.sessions) as session:
        promise = agreed(session, world, **said(MONTHLY))
        commitments.apply_due_transitions(session, promise.ref, LATER)
        amended(session, world, promise, terms(due_on=date(2027, 2, 25), every="month"))
        assert days(session, promise)[1:] == [
            (2, "", date(2027, 1, 20)), (3, "", date(2027, 2, 25)),
        ]  # fmt: skip
        commitments.apply_due_transitions(session, promise.ref, LATER + timedelta(days=30))
        assert days(session, promise)[3:] == [(4, "", date(2027, 3, 25))]


def test_a_round_that_is_met_stays_and_the_next_one_keeps_the_new_day(world: World) -> None:
    with writing(world.sessions) as session:
        promise = agreed(session, world, **said(MONTHLY))
        found(session, world, promise.ref, milestone=1)
        amended(session, world, promise, terms(due_on=MOVED, every="month"))
        assert days(session, promise)[:3] == [
            (1, "", FIRST), (2, "", date(2027, 1, 5)), (3, "", MOVED),
        ]  # fmt: skip


def test_a_met_step_cannot_be_written_over_by_another(world: World) -> None:
    with writing(world.sessions) as session:
        promise = agreed(session, world, **said(SHAPES["steps"]))
        found(session, world, promise.ref, milestone=1)
        with pytest.raises(Invalid) as refused:
            amended(session, world, promise, terms(steps=STEPS[1:]))
        assert set(refused.value.problems) == {"steps"}
