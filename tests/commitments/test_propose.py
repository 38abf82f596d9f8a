"""Proposing: before the addressee until a day in the promisor's zone, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models.commitments import CommitmentState, ConditionType, Terms
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Filter, text_of
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import ANSWER_BY, DUE, drafted, proposed
from tests.commitments.trail import acts, again, notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)


def test_it_waits_for_its_addressee_until_the_day_is_over_where_the_promisor_lives(
    world: World,
) -> None:
    with writing(world.sessions) as session:
        one = again(session, proposed(session, world))
        assert (one.state, one.asked_id) == (CommitmentState.PROPOSED, one.addressee_id)
        assert one.answer_by_at == datetime(2026, 12, 1, 22, tzinfo=UTC), "midnight in Helsinki"
        assert (one.published_at, one.began_at) == (NOW, None)
        first = session.get_one(Terms, (one.id, 1))
        assert (one.edition, first.text) == (1, text_of(session, one).as_json())
        assert acts(session, one) == ["draft-commitment", "propose"]
        assert notified(session, one, "propose") == {CLOUD}


def test_until_then_nobody_beyond_its_side_finds_it_and_from_then_on_they_do(
    world: World,
) -> None:
    with writing(world.sessions) as session:
        draft, cloud = drafted(session, world), world.actors[CLOUD]

        def listed() -> list[str]:
            page = commitments.overview(session, cloud, NOW, narrowed=Filter())
            return [row.ref for row in page.rows]

        assert listed() == []
        with pytest.raises(NotFound):
            commitments.read(session, cloud, draft.ref, NOW)
        commitments.propose(
            session, world.actors[COLLEAGUE], draft.ref, answer_by_on=ANSWER_BY, now=NOW
        )
        assert listed() == [draft.ref]
        assert notified(session, draft, "propose") == {CLOUD}


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (None, "by which a response is due"),
        (NOW.date() - DAY, "passed"),
        (DUE + DAY, "before the response date"),
    ],
    ids=["none", "passed", "after it is due"],
)
def test_the_day_of_the_answer_lies_ahead_and_not_after_what_is_due(
    world: World, day: date | None, word: str
) -> None:
    with writing(world.sessions) as session:
        draft = drafted(session, world)
    with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
        commitments.propose(session, world.actors[TELCO], draft.ref, answer_by_on=day, now=NOW)
    assert word in wrong.value.problems["answer_by_on"]
    with reading(world.sessions) as session:
        assert again(session, draft).state == CommitmentState.DRAFT
        assert acts(session, draft) == ["draft-commitment"]


@pytest.mark.parametrize("day", [NOW.date(), DUE], ids=["today", "the day it is due"])
def test_today_and_the_very_day_it_is_due_are_early_enough(world: World, day: date) -> None:
    with writing(world.sessions) as session:
        draft = drafted(session, world)
        commitments.propose(session, world.actors[TELCO], draft.ref, answer_by_on=day, now=NOW)
        assert again(session, draft).state == CommitmentState.PROPOSED


def test_somebody_of_the_addressee_must_be_able_to_answer(world: World) -> None:
    with pytest.raises(Invalid) as nobody, writing(world.sessions) as session:
        proposed(session, world, "mediator@peace", tlp=Tlp.RED)
    assert set(nobody.value.problems) == {"people"}
    with writing(world.sessions) as session:
        one = proposed(session, world, CLOUD, tlp=Tlp.RED)
        assert again(session, one).state == CommitmentState.PROPOSED


def test_it_is_put_forward_once_and_by_its_own_side_alone(world: World) -> None:
    with writing(world.sessions) as session:
        one = proposed(session, world, "peace")
        for name, error in ((TELCO, TooLate), (CLOUD, Refused), (CERT, Refused)):
            with pytest.raises(error):
                commitments.propose(
                    session, world.actors[name], one.ref, answer_by_on=ANSWER_BY, now=NOW
                )
        assert acts(session, one).count("propose") == 1


def test_what_was_to_begin_together_and_began_meanwhile_is_unhung_first(world: World) -> None:
    with writing(world.sessions) as session:
        theirs = proposed(session, world, by=CLOUD, to="telco")
        ours, telco = drafted(session, world), world.actors[TELCO]
        commitments.add_condition(
            session,
            telco,
            ours.ref,
            on=theirs.ref,
            condition_type=ConditionType.TOGETHER,
            days=0,
            now=NOW,
        )
        commitments.accept(session, telco, theirs.ref, NOW)
        assert again(session, theirs).state == CommitmentState.IN_FORCE, "a draft binds nobody"
        (condition,) = commitments.read(session, telco, ours.ref, NOW).related.conditions
    with pytest.raises(Invalid) as late, writing(world.sessions) as session:
        commitments.propose(session, telco, ours.ref, answer_by_on=ANSWER_BY, now=NOW)
    assert set(late.value.problems) == {"on"}
    with writing(world.sessions) as session:
        commitments.remove_condition(session, telco, ours.ref, condition.id, NOW)
        commitments.propose(session, telco, ours.ref, answer_by_on=ANSWER_BY, now=NOW)
        assert again(session, ours).state == CommitmentState.PROPOSED
