"""What is over leaves the indexes of what is due; the overview goes on where access is refused."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState, Condition, ConditionType, Milestone
from portal import commitments
from portal.commitments import Filter, StepText, listing
from portal.db import reading, writing
from portal.schema import downgrade, upgrade
from tests.cast import NOW, World
from tests.commitments.builders import DUE, agreed, drafted, found
from tests.commitments.test_conditions import (
    CLOUD,
    TELCO,
    add_condition,
    apply_due_transitions,
    put_forward,
    states,
)

DAY = timedelta(days=1)
BANK = "liaison@bank"
STEPS = (StepText("First", DUE), StepText("Second", DUE + DAY))


def awaited(session: Session) -> tuple[list[bool], list[bool]]:
    """Of all due days, and of all conditions, whether they are awaited."""
    session.expire_all()
    days = session.scalars(select(Milestone.awaited).order_by(Milestone.id))
    ties = session.scalars(select(Condition.awaited).order_by(Condition.id))
    return list(days), list(ties)


def test_due_days_are_awaited_until_the_commitment_is_over(world: World) -> None:
    with writing(world.sessions) as session:
        made = agreed(session, world, due_on=None, steps=STEPS)
        found(session, world, made.ref, milestone=1)
        assert awaited(session) == ([True, True], [])
        commitments.declare_unmet(
            session,
            world.actors["analyst@cert"],
            made.ref,
            said=commitments.Said("minimal", "It ends here."),
            now=NOW,
        )
        assert awaited(session) == ([False, False], [])


def test_a_condition_is_awaited_only_while_time_alone_can_decide_it(world: World) -> None:
    with writing(world.sessions) as session:
        first, kept = agreed(session, world), agreed(session, world)
        second = drafted(session, world, by=CLOUD, to="telco")
        add_condition(session, world, second.ref, first.ref, ConditionType.AFTER, by=CLOUD, days=3)
        add_condition(session, world, second.ref, kept.ref, ConditionType.WHILE, by=CLOUD, days=2)
        assert awaited(session)[1] == [False, False], "a draft waits for nothing"
        put_forward(session, world, second.ref, CLOUD, TELCO)
        assert awaited(session)[1] == [True, False], (
            "accepted, it starts when its conditions are met"
        )
        found(session, world, first.ref)
        apply_due_transitions(session, NOW + 3 * DAY)
        assert awaited(session)[1] == [False, True], "in force, it could be suspended"
        found(session, world, kept.ref, "minimal", stopped=True, at=NOW + 3 * DAY)
        apply_due_transitions(session, NOW + 6 * DAY)
        assert states(session, second) == [CommitmentState.SUSPENDED]
        assert awaited(session)[1] == [False, False], "it goes on when the other does"
        found(session, world, kept.ref, "minimal", at=NOW + 7 * DAY)
        assert states(session, second) == [CommitmentState.IN_FORCE]
        assert awaited(session)[1] == [False, True]


def test_the_migration_finds_out_what_is_awaited(world: World) -> None:
    with writing(world.sessions) as session:
        over, lives = agreed(session, world), agreed(session, world)
        found(session, world, over.ref)
        for on, condition_type in (
            (lives, ConditionType.AFTER),
            (lives, ConditionType.WHILE),
            (over, ConditionType.AFTER),
        ):
            made = drafted(session, world, by=CLOUD, to="telco")
            add_condition(session, world, made.ref, on.ref, condition_type, by=CLOUD)
            put_forward(session, world, made.ref, CLOUD, TELCO)
        before = awaited(session)
    assert before == ([False, True, True, True, True], [True, True, False])
    downgrade(world.engine, "0006")
    upgrade(world.engine)
    with reading(world.sessions) as session:
        assert awaited(session) == before


def refs(session: Session, world: World, name: str, narrowed: Filter) -> list[str]:
    """All that the pages of the overview show, page after page."""
    found, after, pages = [], "", 0
    while pages == 0 or after:
        page = commitments.overview(
            session, world.actors[name], NOW, narrowed=narrowed, after=after
        )
        found += [row.ref for row in page.rows]
        after, pages = page.after, pages + 1
        assert pages < 30, "the pages come to an end"
    return found


@pytest.mark.parametrize("walked", [5, 30])
@pytest.mark.parametrize(
    "narrowed", [Filter(), Filter(theme="notice-contacts"), Filter(due="soon")]
)
def test_pages_go_on_where_the_policy_refuses_what_the_index_proposes(
    world: World, monkeypatch: pytest.MonkeyPatch, narrowed: Filter, walked: int
) -> None:
    for name, size in (("PAGE", 1), ("ASKED", 4), ("WALKED", walked)):
        monkeypatch.setattr(listing, name, size)
    seen, soon = [], {"due_on": (NOW + 9 * DAY).date()}
    with writing(world.sessions) as session:
        for n in range(24):
            to_bank = n % 8 == 7
            made = agreed(session, world, *(["bank"] if to_bank else []), **soon)
            if to_bank:
                seen.append(made.ref)
            else:
                session.add(stale(made, f"o:{world.organisations['bank'].id}"))
    with reading(world.sessions) as session:
        assert refs(session, world, BANK, narrowed) == seen


def stale(commitment: Commitment, principal: str) -> CommitmentAudienceRow:
    """A row of the index that leads somebody to what she may not see."""
    at = commitment.due_at or datetime(9999, 1, 1, tzinfo=UTC)
    return CommitmentAudienceRow(
        principal=principal, commitment_id=commitment.id, live=True, turns_at=at
    )


@pytest.mark.parametrize(("due", "days"), [("late", (-9, -1)), ("soon", (2, 13))])
def test_a_list_of_what_is_due_ends_with_the_last_one(
    world: World, monkeypatch: pytest.MonkeyPatch, due: str, days: tuple[int, int]
) -> None:
    monkeypatch.setattr(listing, "WALKED", 2)
    wanted = []
    with writing(world.sessions) as session:
        for away in (-9, -1, 2, 13, 14, 40):
            made = agreed(session, world, at=NOW - 30 * DAY, due_on=(NOW + away * DAY).date())
            wanted += [made.ref] if away in days else []
    with reading(world.sessions) as session:
        assert refs(session, world, TELCO, Filter(due=due)) == wanted
