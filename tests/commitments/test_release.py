"""Releasing: one party asks for an end, the other agrees, refuses, or is asked no more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.commitments import Amendment, Commitment, CommitmentState, ConditionType
from models.vocabulary import Tlp
from portal import commitments
from portal.db import writing
from portal.errors import Refused
from tests.cast import NOW, World
from tests.commitments.builders import agreed
from tests.commitments.scenes import answered, on_which
from tests.commitments.trail import acts, again, dues, notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)
IN_FORCE, RELEASED = CommitmentState.IN_FORCE, CommitmentState.RELEASED


def ask(session: Session, world: World, one: Commitment, by: str = TELCO, **said: Any) -> None:
    """Ask for an end."""
    values = {"why": "Overtaken by events.", "now": NOW} | said
    commitments.ask_release(session, world.actors[by], one.ref, **values)


def asked(session: Session, one: Commitment) -> list[Amendment]:
    """All that was ever asked for."""
    rows = session.query(Amendment).filter_by(commitment_id=one.id)
    return rows.order_by(Amendment.id).all()


def test_asking_ends_nothing_and_consent_ends_it_with_the_reason(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        ask(session, world, one, why=" Overtaken by events. ")
        assert again(session, one).state == IN_FORCE
        (question,) = asked(session, one)
        assert (question.organisation_id, question.answered_at) == (one.organisation_id, None)
        assert notified(session, one, "ask-release") == {COLLEAGUE, CLOUD}
        commitments.release(session, world.actors[CLOUD], one.ref, NOW + DAY)
        now = again(session, one)
        assert (now.state, now.ended_at, now.ended_reason) == (
            RELEASED, NOW + DAY, "Overtaken by events.",
        )  # fmt: skip
        (question,) = asked(session, one)
        assert (question.answer, question.answered_by_id, question.answered_at) == (
            "agreed", world.actors[CLOUD].person_id, NOW + DAY,
        )  # fmt: skip
        assert acts(session, one)[-2:] == ["ask-release", "release"]
        assert notified(session, one, "release") == {TELCO, COLLEAGUE, CERT}
        assert [day.met_at for day in dues(session, one)] == [None], "released is not met"


@pytest.mark.parametrize("asking", [TELCO, CLOUD])
def test_either_party_asks_and_only_the_other_answers(world: World, asking: str) -> None:
    other = CLOUD if asking == TELCO else TELCO
    with writing(world.sessions) as session:
        one = agreed(session, world)
        ask(session, world, one, asking)
        for name in (asking, CERT):
            for act in (commitments.release, commitments.refuse):
                with pytest.raises(Refused):
                    act(session, world.actors[name], one.ref, NOW)
        with pytest.raises(Refused):
            commitments.take_back(session, world.actors[other], one.ref, NOW)
        with pytest.raises(Refused):  # what is asked for is an end, not other terms
            commitments.consent(session, world.actors[other], one.ref, NOW)
        commitments.release(session, world.actors[other], one.ref, NOW)
        assert again(session, one).state == RELEASED


def without_consent_all_stays(
    world: World, act: Callable[..., Any], by: str, answer: str, whom: set[str]
) -> None:
    """It is in force as before, and it may be asked again."""
    verb = act.__name__.replace("_", "-")
    with writing(world.sessions) as session:
        one = agreed(session, world)
        ask(session, world, one)
        with pytest.raises(Refused):
            ask(session, world, one, CLOUD)
        act(session, world.actors[by], one.ref, NOW)
        assert again(session, one).state == IN_FORCE
        assert [row.answer for row in asked(session, one)] == [answer]
        assert acts(session, one)[-1] == verb
        assert notified(session, one, verb) == whom
        with pytest.raises(Refused):
            commitments.release(session, world.actors[CLOUD], one.ref, NOW)
        ask(session, world, one, CLOUD)
        assert [row.answer for row in asked(session, one)] == [answer, ""]


def test_what_waits_or_is_suspended_can_be_released_too(world: World) -> None:
    with writing(world.sessions) as session:
        waits = answered(session, world, ConditionType.AFTER, Tlp.AMBER_STRICT)
        held = answered(session, world, ConditionType.WHILE, Tlp.AMBER_STRICT)
        ask(session, world, on_which(session, held))
        commitments.release(session, world.actors[CLOUD], on_which(session, held).ref, NOW)
        assert again(session, held).state == CommitmentState.SUSPENDED, "it hung on the released"
        for one in (waits, held):
            ask(session, world, one, CLOUD)
            commitments.release(session, world.actors[TELCO], one.ref, NOW)
            assert again(session, one).state == RELEASED
