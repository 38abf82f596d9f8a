"""E-mails about a date ask for what is still to be done, however late they go."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.stakeholders import Membership
from portal import dialogues
from portal.db import writing
from portal.dialogues import Picked
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import DAY, posted
from tests.dialogues.poll_builders import (
    CLOUD,
    COLLEAGUE,
    TELCO,
    THIRD,
    UNTIL,
    answered,
    polled,
    slots,
    times,
)

pytestmark = pytest.mark.both_engines
ASKS = ("availability poll", "proposed times changed", "response missing")
Settle = Callable[[Session, World, Dialogue], None]


def _convened(session: Session, world: World, dialogue: Dialogue) -> None:
    picked = Picked(slot=slots(session, dialogue)[0].id)
    dialogues.convene(session, world.actors[ORGANISER], dialogue.ref, picked=picked, now=NOW)


def _cancelled(session: Session, world: World, dialogue: Dialogue) -> None:
    dialogues.cancel(session, world.actors[ORGANISER], dialogue.ref, why="No.", now=NOW)


def _answered(session: Session, world: World, dialogue: Dialogue) -> None:
    answered(session, world, dialogue, TELCO, "yes", "no", "yes", "no")


def asked(world: World, settle: Settle | None = None) -> set[str]:
    """Who gets an e-mail that asks for their times once the mail server is back."""
    with writing(world.sessions) as session:
        dialogue, organiser = polled(session, world), world.actors[ORGANISER]
        ref, version = dialogue.ref, dialogue.version
        dialogues.propose_times(
            session, organiser, ref,
            times=times(THIRD + DAY), until_on=UNTIL, version=version, now=NOW,
        )  # fmt: skip
        dialogues.remind(session, organiser, ref, NOW)
        if settle is not None:
            settle(session, world, dialogue)
    found = posted(world, ref, NOW + DAY).items()
    return {who for who, many in found for one in many for asks in ASKS if asks in one["Subject"]}


def test_they_go_while_the_answer_is_awaited(world: World) -> None:
    assert asked(world) == {TELCO, COLLEAGUE, CLOUD}


@pytest.mark.parametrize(
    ("settle", "left"), [(_convened, set()), (_cancelled, set()), (_answered, {CLOUD})]
)
def test_none_goes_once_the_answer_is_given_or_the_poll_is_over(
    world: World, settle: Settle, left: set[str]
) -> None:
    assert asked(world, settle) == left


@pytest.mark.parametrize("role", ["liaison", "observer"])
def test_to_name_participants_is_asked_of_whoever_may_when_it_goes(world: World, role: str) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        ref = dialogue.ref
        _convened(session, world, dialogue)
        whose = Membership.person_id == world.actors[CLOUD].person_id
        session.execute(update(Membership).where(whose).values(role=role))
    found = posted(world, ref, NOW + DAY)
    assert any("date confirmed" in one["Subject"] for one in found[TELCO])
    assert (CLOUD in found) == (role == "liaison")


def test_of_what_is_cancelled_no_date_is_confirmed_any_more(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        ref = dialogue.ref
        _convened(session, world, dialogue)
        _cancelled(session, world, dialogue)
    subjects = [str(one["Subject"]) for one in posted(world, ref, NOW + DAY)[TELCO]]
    assert [f"[TLP:AMBER+STRICT] {ref}: dialogue cancelled"] == subjects
