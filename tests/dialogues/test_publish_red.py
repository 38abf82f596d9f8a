"""A unit required before RED: a dialogue goes to nobody before it, by a poll or by a date."""

import pytest

from models.dialogues import Dialogue
from models.training import Act
from portal import ledger
from portal.db import reading, writing
from portal.errors import Untrained
from portal.rules import DIALOGUES
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.poll_builders import FIRST, offered
from tests.dialogues.test_convene import convened
from tests.training.builders import learned, required

CLOSED = {"rule": "closed", "tlp": "RED"}


def draft(world: World) -> Dialogue:
    with writing(world.sessions) as session:
        return drafted(session, world, "telco=liaison@telco", **CLOSED)


def test_polling_and_convening_wait_for_the_unit_of_whoever_organises(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    dialogue = draft(world)
    for _turn in range(2):
        with pytest.raises(Untrained), writing(world.sessions) as session:
            offered(session, world, dialogue, FIRST)
        with pytest.raises(Untrained), writing(world.sessions) as session:
            convened(session, world, dialogue, local=FIRST)
    learned(world, ORGANISER)
    with writing(world.sessions) as session:
        offered(session, world, dialogue, FIRST)


def test_what_is_not_red_waits_for_nothing(world: World) -> None:
    required(world, Act.PUBLISH_RED)
    asked = (world.actors[ORGANISER], DIALOGUES, draft(world).ref)
    with reading(world.sessions) as session:
        ledger.authorize_red(session, *asked, "AMBER+STRICT", NOW)
    with pytest.raises(Untrained), reading(world.sessions) as session:
        ledger.authorize_red(session, *asked, "RED", NOW)
