"""Replying: the promisor answers a finding; it stands beside it and moves nothing."""

import pytest

from models.commitments import CommitmentState, ConditionType, StatementType, Step
from models.vocabulary import Tlp
from portal import commitments
from portal.commitments import Said
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, reported
from tests.commitments.scenes import answered, on_which
from tests.commitments.trail import acts, again, dues, notified, statements

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"


def test_it_stands_beside_the_finding_and_moves_nothing(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        reported(session, world, one.ref)
        found(session, world, one.ref, Step.MINIMAL, stopped=True)
        before = again(session, one)
        kept = (before.state, before.due_at, before.stopped_at, before.edition)
        commitments.reply(session, world.actors[COLLEAGUE], one.ref, words=" We did. ", now=NOW)
        now = again(session, one)
        assert (now.state, now.due_at, now.stopped_at, now.edition) == kept
        assert [day.reported_at for day in dues(session, one)] == [None]
        assert [row.type for row in statements(session, one)] == list(StatementType)
        said = statements(session, one)[-1]
        assert (said.words, said.step, said.organisation_id) == (
            "We did.", "", one.organisation_id,
        )  # fmt: skip
        assert acts(session, one)[-1] == "reply"
        assert notified(session, one, "reply") == {CERT}


def test_there_is_nothing_to_reply_to_before_a_finding(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        reported(session, world, one.ref)
        with pytest.raises(Refused):
            commitments.reply(session, world.actors[TELCO], one.ref, words="Yes.", now=NOW)
        found(session, world, one.ref, Step.MINIMAL)
        for name in (CLOUD, CERT):
            with pytest.raises(Refused):
                commitments.reply(session, world.actors[name], one.ref, words="Yes.", now=NOW)


@pytest.mark.parametrize("words", ["", "  ", "w" * 10_001], ids=["none", "blank", "too many"])
def test_words_are_needed_and_have_an_end(world: World, words: str) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        found(session, world, one.ref, Step.MINIMAL)
    with pytest.raises(Invalid) as wrong, writing(world.sessions) as session:
        commitments.reply(session, world.actors[TELCO], one.ref, words=words, now=NOW)
    assert set(wrong.value.problems) == {"words"}
    with reading(world.sessions) as session:
        assert len(statements(session, one)) == 1


def test_the_last_word_may_come_after_the_end_but_not_after_a_release(world: World) -> None:
    with writing(world.sessions) as session:
        fulfilled, unmet, released = (agreed(session, world) for _ in range(3))
        found(session, world, fulfilled.ref)
        commitments.declare_unmet(
            session, world.actors[CERT], unmet.ref, said=Said(Step.NONE, "No."), now=NOW
        )
        found(session, world, released.ref, Step.MINIMAL)
        commitments.ask_release(session, world.actors[CLOUD], released.ref, why="No.", now=NOW)
        commitments.release(session, world.actors[TELCO], released.ref, NOW)
        telco = world.actors[TELCO]
        for one in (fulfilled, unmet):
            commitments.reply(session, telco, one.ref, words="Well.", now=NOW)
            assert statements(session, one)[-1].type == StatementType.REPLY
        with pytest.raises(TooLate):
            commitments.reply(session, telco, released.ref, words="Well.", now=NOW)


def test_while_suspended_the_promisor_may_still_answer_what_was_found(world: World) -> None:
    with writing(world.sessions) as session:
        second = answered(session, world, ConditionType.WHILE, Tlp.AMBER_STRICT)
        found(session, world, second.ref, Step.MINIMAL)
        found(session, world, on_which(session, second).ref, Step.NONE, stopped=True)
        assert again(session, second).state == CommitmentState.SUSPENDED
        commitments.reply(session, world.actors[CLOUD], second.ref, words="Well.", now=NOW)
        assert statements(session, second)[-1].type == StatementType.REPLY
