"""Cancelling: with a reason, out of all calendars, and no invitation goes after it."""

from collections.abc import Callable

import pytest

from portal import dialogues
from portal.db import reading, writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.invitation_builders import (
    CLOUD,
    COLLEAGUE,
    DAY,
    TELCO,
    answered,
    answers_to,
    event,
    invited,
    method,
    posted,
    reply,
    take,
)
from tests.dialogues.test_draft_dialogue import row
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_draft_is_laid_aside_with_a_reason_and_nobody_learns_of_it(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    coordinator = visit(ORGANISER)
    assert coordinator.post(f"/dialogues/{ref}/cancel", {"why": " "}).errors()["why"]
    coordinator.follow(coordinator.post(f"/dialogues/{ref}/cancel", {"why": "Not now"}))
    assert row(world, ref).state == "cancelled"
    with reading(world.sessions) as session, pytest.raises(NotFound):
        dialogues.read(session, world.actors["liaison@telco"], ref, NOW)


def test_called_off_is_taken_out_of_all_calendars(world: World) -> None:
    ref = answered(world, TELCO)
    before = answers_to(posted(world, ref)[TELCO][-1])
    with writing(world.sessions) as session:
        actor = world.actors[ORGANISER]
        dialogues.cancel(session, actor, ref, why="Ill health.", now=NOW + DAY)
    emails = posted(world, ref, NOW + DAY)
    assert {who: [method(one) for one in many] for who, many in emails.items()} == {
        ORGANISER: ["CANCEL"],  # whoever calls it off has it in her calendar too
        TELCO: ["CANCEL"],
        COLLEAGUE: [""],  # answers for a delegation, and was invited to nothing
        CLOUD: [""],
    }
    off = event(emails[TELCO][0])
    assert (off["SEQUENCE"], off["STATUS"]) == (1, "CANCELLED")
    assert answers_to(emails[TELCO][0]) == before
    assert not take(world, reply(world, ref, TELCO, "declined", sequence=1))


def test_an_invitation_that_waited_until_it_was_called_off_does_not_go(world: World) -> None:
    ref = invited(world)
    with writing(world.sessions) as session:
        dialogues.cancel(session, world.actors[ORGANISER], ref, why="Ill.", now=NOW)
    emails = posted(world, ref)
    methods = {method(one) for many in emails.values() for one in many}
    assert methods <= {"CANCEL", ""}
