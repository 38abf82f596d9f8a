"""A round of the jobs that finds nothing to do asks little, and builds nothing."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine

from portal import schedule
from portal.catalogue import LADDERS
from portal.db import writing
from portal.emails import MailSettings
from portal.schedule import LOOK_EVERY, Timekeeping, deliver_once
from tests.cast import NOW, World
from tests.factories import published
from tests.jobs.test_delivery import Memory
from tools.bench.counting import counting

PAPER = MailSettings("https://portal.example", "Good Offices <portal@portal.example>")
SECOND = timedelta(seconds=1)
DUE, HEAD, BEAT = len(schedule.DUE), 1, 1
FAULT_AND_DUE = 2


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The time of the jobs, as the only item of a list."""
    moment = [NOW]
    monkeypatch.setattr(schedule, "now", lambda: moment[0])
    return moment


def looked(keep_time: Timekeeping, engine: Engine) -> int:
    """How many ladders a round asks about."""
    with counting(engine) as found:
        keep_time()
    return sum("AS rung" in statement for statement in found)


def test_a_round_with_nothing_to_do_asks_what_is_due_and_whether_anybody_acted(
    world: World, clock: list[datetime]
) -> None:
    keep_time = Timekeeping(world.sessions)
    keep_time()
    clock[0] += SECOND
    with counting(world.engine) as found:
        keep_time()
    assert len(found) == DUE + HEAD + BEAT
    assert [it.split(None, 1)[0] for it in found] == ["SELECT"] * (DUE + HEAD) + ["INSERT"]


def test_whom_to_remind_is_asked_after_an_act_and_once_in_a_while(
    world: World, clock: list[datetime]
) -> None:
    keep_time = Timekeeping(world.sessions)
    assert looked(keep_time, world.engine) == len(LADDERS)
    assert looked(keep_time, world.engine) == 0
    with writing(world.sessions) as session:
        published(session, world, "peace")
    assert looked(keep_time, world.engine) == len(LADDERS)
    assert looked(keep_time, world.engine) == 0
    clock[0] += LOOK_EVERY - SECOND
    assert looked(keep_time, world.engine) == 0
    clock[0] += SECOND
    assert looked(keep_time, world.engine) == len(LADDERS)
    clock[0] -= SECOND
    assert looked(keep_time, world.engine) == len(LADDERS), "the clock was put back"


def test_delivery_with_nothing_to_send_looks_and_says_that_it_is_alive(
    quiet: World, clock: list[datetime]
) -> None:
    deliver_once(quiet.sessions, Memory(), PAPER)
    with counting(quiet.engine) as found:
        deliver_once(quiet.sessions, Memory(), PAPER)
    assert len(found) == FAULT_AND_DUE + BEAT
    assert [it for it in found if not it.startswith("SELECT")] == found[-1:]


def test_questions_of_ladders_are_built_once(world: World, clock: list[datetime]) -> None:
    Timekeeping(world.sessions)()
    kept = world.engine.get_execution_options()["compiled_cache"]
    many = len(kept)
    clock[0] += timedelta(days=1)
    Timekeeping(world.sessions)()
    assert many
    assert len(kept) - many <= 2, "what is found may be written"
