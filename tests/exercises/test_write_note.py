"""The hot wash: a note of everybody who took part, with a ladder of reminders."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal import exercises
from portal.catalogue import LADDERS
from portal.db import writing
from portal.errors import Invalid, Refused, TooLate
from portal.reminders import plan
from tests.cast import World
from tests.exercises.builders import (
    BANK,
    CLOUD,
    COLLEAGUE,
    MEDIATOR,
    OBSERVER,
    TELCO,
    minute,
    notified,
    over,
    running,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)


def test_all_who_took_part_read_it_and_nobody_else(world: World) -> None:
    with writing(world.sessions) as session:
        ref = over(session, world).ref
        exercises.write_note(
            session, world.actors[TELCO], ref, text="The number was wrong.", now=minute(45)
        )
        for who, sees in ((TELCO, 1), (CLOUD, 1), (OBSERVER, 1), (MEDIATOR, 1), (BANK, 0)):
            found = exercises.read(session, world.actors[who], ref, minute(46))
            assert len(found.notes) == sees, who


def test_before_it_is_over_and_without_a_role_there_is_none(world: World) -> None:
    with writing(world.sessions) as session:
        begun, ended = running(session, world).ref, over(session, world).ref
        for who, ref, error in (
            (TELCO, begun, TooLate),
            (BANK, ended, Refused),
        ):
            with pytest.raises(error):
                exercises.write_note(session, world.actors[who], ref, text="x", now=minute(50))
        with pytest.raises(Invalid, match="text"):
            exercises.write_note(session, world.actors[TELCO], ended, text="", now=minute(50))


def test_whoever_has_written_none_is_reminded(world: World) -> None:
    (ladder,) = (one for one in LADDERS if one.rungs[0].template == "note-open")
    with writing(world.sessions) as session:
        ref = over(session, world).ref
        exercises.write_note(session, world.actors[TELCO], ref, text="x", now=minute(45))
        assert plan(session, ladder, minute(40)) == 0
        assert plan(session, ladder, minute(40) + DAY) > 0
        asked = set(notified(session, world, "note-open"))
        assert {CLOUD, OBSERVER} <= asked
        assert COLLEAGUE not in asked, "they had no role, and find it in no To do"
        assert TELCO not in notified(session, world, "note-open")
        assert plan(session, ladder, minute(40) + DAY) == 0


def test_the_task_goes_with_the_note(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = over(session, world).ref
    cloud = visit(CLOUD)
    assert "Write your note for the hot wash" in cloud.get("/").words
    path = f"/exercises/{ref}/write-note"
    assert cloud.post(path, {**cloud.get(path).form(), "text": [""]}).status == 422
    page = cloud.follow(
        cloud.post(path, {**cloud.get(path).form(), "text": ["Nobody was in charge."]})
    )
    assert "Nobody was in charge." in page.words
    assert "Write your note for the hot wash" not in cloud.get("/").words
