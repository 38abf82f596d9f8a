"""Several at the same moment in a poll: one outcome, the loser is told, nothing by halves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from models.dialogues import Delegation, Dialogue, SlotAnswer
from models.ledger import AuditEvent, OutboxEmail
from portal import dialogues, ledger
from portal.db import reading, writing
from portal.dialogues import Picked
from portal.errors import Invalid, NotFound, TooLate
from tests.cast import NOW, World
from tests.commitments.at_once import at_once, by, exactly_one
from tests.dialogues.builders import ORGANISER, drafted, seats
from tests.dialogues.poll_builders import (
    CLOUD,
    COLLEAGUE,
    FIRST,
    TELCO,
    UNTIL,
    answered,
    polled,
    side,
    slots,
    times,
)
from tests.pages import Answer, Visitor

pytestmark = pytest.mark.both_engines

ROUNDS = 5
HOUR = timedelta(hours=1)
MEDIATOR = "mediator@peace"


def begun(world: World, **values: Any) -> tuple[Dialogue, list[int]]:
    """A poll in the database, with a second organiser, and the keys of its times."""
    with writing(world.sessions) as session:
        dialogue = polled(session, world, **values)
        table = dialogues.table_of(session, dialogue)
        both = table.organisers | {world.actors[MEDIATOR].person_id}
        seated = dialogues.Table(both, table.delegations, table.guests)
        dialogues.seat(
            session, world.actors[ORGANISER], dialogue.ref,
            table=seated, version=dialogue.version, now=NOW,
        )  # fmt: skip
        return dialogue, [slot.id for slot in slots(session, dialogue)]


def now(world: World, dialogue: Dialogue) -> Dialogue:
    with reading(world.sessions) as session:
        return session.get_one(Dialogue, dialogue.id)


def acts(world: World, dialogue: Dialogue, *which: str) -> list[str]:
    """Which of these happened to the dialogue; the trail is unbroken."""
    with reading(world.sessions) as session:
        assert ledger.first_fault(session) is None
        rows = select(AuditEvent.verb).where(
            AuditEvent.resource_type == "dialogues", AuditEvent.resource_id == dialogue.id
        )
        return [verb for verb in session.scalars(rows.order_by(AuditEvent.id)) if verb in which]


def emails(world: World, dialogue: Dialogue, email: str) -> list[int]:
    """Whom such an e-mail was written to."""
    with reading(world.sessions) as session:
        rows = select(OutboxEmail.person_id).where(
            OutboxEmail.resource_type == "dialogues",
            OutboxEmail.resource_id == dialogue.id,
            OutboxEmail.template == email,
        )
        return list(session.scalars(rows))


def test_two_organisers_fix_two_dates_and_one_stands(world: World) -> None:
    for _ in range(ROUNDS):
        dialogue, keys = begun(world)
        convene = dialogues.convene
        ends = at_once(
            world,
            by(world, ORGANISER, convene, dialogue.ref, picked=Picked(slot=keys[0])),
            by(world, MEDIATOR, convene, dialogue.ref, picked=Picked(slot=keys[1])),
        )
        won = exactly_one(ends, TooLate)
        with reading(world.sessions) as session:
            chosen = slots(session, dialogue)[won].starts_at
        assert now(world, dialogue).starts_at == chosen
        assert acts(world, dialogue, "convene") == ["convene"]
        notified = emails(world, dialogue, "convene")
        assert len(notified) == len(set(notified)) == 3


def sent_together(gate: Barrier, path: str, visitor: Visitor, form: dict[str, Any]) -> Answer:
    gate.wait()
    return visitor.post_bare(path, form)


def test_over_the_pages_the_slower_one_gets_409_with_what_happened(
    app: Flask, world: World, come: Callable[..., Visitor]
) -> None:
    for _ in range(ROUNDS):
        dialogue, keys = begun(world)
        visitors, gate = [come(ORGANISER), come(MEDIATOR)], Barrier(2)
        path = f"/dialogues/{dialogue.ref}/convene"
        forms = [
            visitor.get(path).form() | {"slot": [str(key)]}
            for visitor, key in zip(visitors, keys, strict=False)
        ]
        forms = [form | {"csrf_token": v.token()} for v, form in zip(visitors, forms, strict=True)]

        with ThreadPoolExecutor(2) as pool:
            send = partial(sent_together, gate, path)
            answers = list(pool.map(send, visitors, forms))
        assert sorted(answer.status for answer in answers) == [302, 409]
        lost = next(answer for answer in answers if answer.status == 409)
        assert "The date is already confirmed: it begins on" in lost.words


def test_two_hands_of_a_side_answer_and_each_time_has_one_answer(world: World) -> None:
    for _ in range(ROUNDS):
        dialogue, keys = begun(world)
        with reading(world.sessions) as session:
            telco = side(session, world, dialogue, "telco").id
        answer = partial(by, world, act=dialogues.answer_poll, ref=dialogue.ref, side=telco)
        ends = at_once(
            world,
            answer(TELCO, said=dict.fromkeys(keys, "yes")),
            answer(COLLEAGUE, said=dict.fromkeys(keys, "no")),
        )
        assert ends == [None, None]
        with reading(world.sessions) as session:
            rows = session.scalars(select(SlotAnswer).where(SlotAnswer.slot_id.in_(keys))).all()
        assert len(rows) == len(keys)
        assert len({(row.can, row.by_id) for row in rows}) == 1, "one of the two, not a mixture"


def test_answered_while_the_date_is_fixed(world: World) -> None:
    for _ in range(ROUNDS):
        dialogue, keys = begun(world)
        with reading(world.sessions) as session:
            telco = side(session, world, dialogue, "telco").id
        said = {"side": telco, "said": dict.fromkeys(keys, "no")}
        late, fixed = at_once(
            world,
            by(world, TELCO, dialogues.answer_poll, dialogue.ref, **said),
            by(world, ORGANISER, dialogues.convene, dialogue.ref, picked=Picked(slot=keys[0])),
        )
        # Where the no came first, the time needs a reason: nobody is passed over unawares.
        if late is None:
            assert isinstance(fixed, Invalid)
            assert now(world, dialogue).state == "polling"
        else:
            assert isinstance(late, TooLate)
            assert fixed is None
            assert acts(world, dialogue, "answer-poll", "convene") == ["convene"]


def test_answered_while_the_time_is_taken_away(world: World) -> None:
    for _ in range(ROUNDS):
        dialogue, keys = begun(world)
        with reading(world.sessions) as session:
            telco = side(session, world, dialogue, "telco").id
        offer = by(
            world, ORGANISER, dialogues.propose_times, dialogue.ref, times=times(), until_on=UNTIL,
            away=frozenset(keys[:1]), version=now(world, dialogue).version,
        )  # fmt: skip
        said = {"side": telco, "said": dict.fromkeys(keys, "yes")}
        answer, away = at_once(
            world, by(world, TELCO, dialogues.answer_poll, dialogue.ref, **said), offer
        )
        assert answer is None, "what is left is answered"
        assert away is None or isinstance(away, Invalid), "answers are not lost unasked"
        with reading(world.sessions) as session:
            left = [slot.id for slot in slots(session, dialogue)]
            kept = set(session.scalars(select(SlotAnswer.slot_id)))
        assert left == (keys if away else keys[1:])
        assert set(left) <= kept


def test_answered_while_the_side_loses_its_seat(world: World) -> None:
    for _ in range(ROUNDS):
        dialogue, keys = begun(world)
        with reading(world.sessions) as session:
            cloud = side(session, world, dialogue, "cloud").id
        said = {"side": cloud, "said": dict.fromkeys(keys, "yes")}
        version = now(world, dialogue).version
        late, seated = at_once(
            world,
            by(world, CLOUD, dialogues.answer_poll, dialogue.ref, **said),
            by(
                world, ORGANISER, dialogues.seat, dialogue.ref,
                table=seats(world, "telco"), version=version,
            ),
        )  # fmt: skip
        assert seated is None
        assert late is None or isinstance(late, NotFound)
        with reading(world.sessions) as session:
            assert not session.scalars(
                select(SlotAnswer).where(SlotAnswer.delegation_id == cloud)
            ).all()


def test_two_organisers_ask_the_silent_at_once_and_each_is_asked_once(world: World) -> None:
    for n in range(ROUNDS):
        dialogue, _keys = begun(world)
        with writing(world.sessions) as session:
            answered(session, world, dialogue, CLOUD, "no", "no", "no")
        later = NOW + n * HOUR
        remind = partial(by, world, act=dialogues.remind, ref=dialogue.ref, now=later)
        exactly_one(at_once(world, remind(ORGANISER), remind(MEDIATOR)), Invalid)
        notified = emails(world, dialogue, "remind")
        assert sorted(notified) == sorted(
            world.actors[name].person_id for name in (TELCO, COLLEAGUE)
        )
        with reading(world.sessions) as session:
            rows = session.scalars(
                select(Delegation.reminded_at).where(Delegation.dialogue_id == dialogue.id)
            )
            assert set(rows) == {later, None}


def test_polled_by_one_and_convened_by_another(world: World) -> None:
    for _ in range(ROUNDS):
        with writing(world.sessions) as session:
            dialogue = drafted(session, world, "telco")
        asked = {"times": times(FIRST), "until_on": UNTIL, "version": dialogue.version}
        picked = Picked(local=FIRST + HOUR)
        poll, convene = at_once(
            world,
            by(world, ORGANISER, dialogues.poll, dialogue.ref, **asked),
            by(world, ORGANISER, dialogues.convene, dialogue.ref, picked=picked),
        )
        if poll is None:  # the other meant a draft, and typed no offered time
            assert isinstance(convene, TooLate | Invalid)
            assert now(world, dialogue).state == "polling"
        else:
            assert isinstance(poll, TooLate)
            assert convene is None
            with reading(world.sessions) as session:
                assert slots(session, dialogue) == []
