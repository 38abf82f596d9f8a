"""Proposing times in an open poll: more of them, and fewer only knowingly."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.dialogues import Dialogue, SlotAnswer
from portal import dialogues
from portal.db import reading, writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import posted
from tests.dialogues.poll_builders import (
    BANK,
    CLOUD,
    COLLEAGUE,
    FIRST,
    SECOND,
    TELCO,
    THIRD,
    UNTIL,
    answered,
    notified,
    polled,
    slots,
    times,
)
from tests.dialogues.test_poll import row
from tests.mail import text_of
from tests.pages import Visitor

Come = Callable[..., Visitor]


def test_a_time_with_answers_is_taken_away_only_knowingly(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        answered(session, world, dialogue, TELCO, "yes", "no", "yes")
        ref, gone = dialogue.ref, str(slots(session, dialogue)[0].id)
    organiser = come(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/propose-times").form() | {"away": [gone]}
    answer = organiser.post(f"/dialogues/{ref}/propose-times", form)
    assert "Some of these times have responses" in answer.errors()["sure"]
    assert answer.form()["away"] == [gone]
    organiser.follow(
        organiser.post(f"/dialogues/{ref}/propose-times", answer.form() | {"sure": "y"})
    )
    with reading(world.sessions) as session:
        left = slots(session, row(world, ref))
        answers = session.scalars(select(SlotAnswer.slot_id)).all()
    assert gone not in {str(slot.id) for slot in left}
    assert set(answers) == {slot.id for slot in left}, "answers to the others stay"


def test_a_time_without_answers_goes_unasked_but_one_ahead_is_kept(world: World) -> None:
    actor = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        dialogue = polled(session, world, local=(FIRST, SECOND))
        one, two = (slot.id for slot in slots(session, dialogue))

        def take(*keys: int) -> None:
            dialogues.propose_times(
                session, actor, dialogue.ref, times=times(), away=frozenset(keys), until_on=UNTIL,
                version=dialogue.version, now=NOW,
            )  # fmt: skip

        with pytest.raises(Invalid, match="at_0"):
            take(one, two)
        take(one)
        assert [slot.id for slot in slots(session, dialogue)] == [two]


def test_a_slot_of_another_dialogue_is_not_taken_away(world: World) -> None:
    with writing(world.sessions) as session:
        other, mine = polled(session, world), polled(session, world)
        keys = frozenset(slot.id for slot in slots(session, other))
        dialogues.propose_times(
            session, world.actors[ORGANISER], mine.ref, times=times(), away=keys, until_on=UNTIL,
            version=mine.version, now=NOW,
        )  # fmt: skip
        assert len(slots(session, other)) == 3


def test_only_organisers_offer_and_remind(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world).ref
    for page in ("propose-times", "convene"):
        assert come(TELCO).get(f"/dialogues/{ref}/{page}").status == 403
        assert come(BANK).get(f"/dialogues/{ref}/{page}").status == 404
    assert come(TELCO).post(f"/dialogues/{ref}/remind").status == 403
    assert come(ORGANISER).get(f"/dialogues/{ref}/poll").status == 409, "it is offered already"


def test_whoever_has_yet_to_answer_a_time_is_asked_and_nobody_else(world: World) -> None:
    actor = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        dialogue = polled(session, world, local=(FIRST, SECOND))
        ref, gone = dialogue.ref, frozenset({slots(session, dialogue)[1].id})
        answered(session, world, dialogue, TELCO, "yes", "no")
        answered(session, world, dialogue, CLOUD, "yes", "if-need-be")
    said: dict[str, Any] = {"until_on": UNTIL, "sure": True, "now": NOW}
    with writing(world.sessions) as session:
        version = session.get_one(Dialogue, dialogue.id).version
        dialogues.propose_times(
            session, actor, ref, times=times(), away=gone, version=version, **said
        )
    assert notified(world, ref, "propose-times") == [], "all that is left has an answer"
    with writing(world.sessions) as session:
        version = session.get_one(Dialogue, dialogue.id).version
        dialogues.propose_times(session, actor, ref, times=times(THIRD), version=version, **said)
    assert notified(world, ref, "propose-times") == [COLLEAGUE, CLOUD, TELCO]
    emails = posted(world, ref)[CLOUD]
    (asks,) = (one for one in emails if "proposed times changed" in one["Subject"])
    link = next(word for word in text_of(asks).split() if "/answer-poll/" in word)
    key = link.rpartition("/")[2]
    with reading(world.sessions) as session:
        assert dialogues.linked(session, key, NOW)[1] == ref, "it is answered by its link"
