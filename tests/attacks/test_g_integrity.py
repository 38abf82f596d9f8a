"""Attack cases G: races on rights, a process killed in mid-write, and what must hold after it."""

import threading
import time

import pytest
from sqlalchemy import select, text

from models.audience import AudienceRow
from models.notices import Notice
from portal import notices
from portal.access import may
from portal.db import reading, writing
from portal.errors import NotFound, TooLate
from portal.ledger import first_fault
from portal.notices import expected_rows
from portal.rules import NOTICES, READ
from tests.attacks.forked import begun, killed
from tests.attacks.kill_readers import lost_with_killed_readers
from tests.cast import NOW, World
from tests.factories import published, to
from tests.factories import text as said

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

AFTER = (1, 4, 9)  # lines that it says before it is killed


def share(world: World, ref: str, *names: str) -> None:
    """Correct the notice so that it goes to these."""
    author = world.actors["liaison@telco"]
    with writing(world.sessions) as session:
        notice = session.scalars(select(Notice).where(Notice.ref == ref)).one()
        notices.correct(
            session, author, ref, text=said(), to=to(world, *names), why="list",
            version=notice.version, now=NOW,
        )  # fmt: skip


def test_g5_no_reading_after_an_unsharing_that_was_agreed(world: World) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", "cert")
        ref, key = notice.ref, notice.id
    analyst, wrong, shared, done = world.actors["analyst@cert"], [], threading.Event(), []
    shared.set()

    def read_on() -> None:
        while not done:
            before = shared.is_set()
            with reading(world.sessions) as session:
                seen = may(session, analyst, READ, NOTICES, key, NOW)
            if seen and not before and not shared.is_set():
                wrong.append("read after it was taken off")

    readers = [threading.Thread(target=read_on) for _ in range(3)]
    for thread in readers:
        thread.start()
    for _ in range(15):
        share(world, ref, "peace")
        shared.clear()
        time.sleep(0.01)
        shared.set()
        share(world, ref, "peace", "cert")
    done.append(True)
    for thread in readers:
        thread.join()
    assert wrong == []


def test_g4_of_many_writers_at_once_one_wins_each_time(world: World) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "peace")
        ref, version = notice.ref, notice.version
    outcomes: list[str] = []

    def correct(number: int) -> None:
        author = world.actors["liaison@telco"]
        try:
            with writing(world.sessions) as session:
                notices.correct(
                    session, author, ref, text=said(title=f"By {number}"), to=to(world, "peace"),
                    why="race", version=version, now=NOW,
                )  # fmt: skip
            outcomes.append("done")
        except (TooLate, NotFound) as late:
            outcomes.append(type(late).__name__)

    threads = [threading.Thread(target=correct, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["TooLate"] * 7 + ["done"]
    with reading(world.sessions) as session:
        assert session.scalar(select(Notice.edition).where(Notice.ref == ref)) == 2


def test_g1_a_process_killed_in_mid_write_leaves_nothing_half_done(world: World) -> None:
    url = world.engine.url.render_as_string(hide_password=False)
    agreed = set[str]()
    for after in AFTER:
        with begun("tests.attacks.endless_writer", url) as writer:
            agreed |= set(killed(writer, after))
        holds(world, agreed)


def holds(world: World, agreed: set[str]) -> None:
    """All that was agreed is there, and nothing is half done."""
    with reading(world.sessions) as session:
        kept = set(session.scalars(select(Notice.ref).where(Notice.state == "open")))
        assert agreed <= kept, "whatever was agreed is there"
        assert first_fault(session) is None
        for notice in session.scalars(select(Notice)).all():
            rows = session.scalars(
                select(AudienceRow.principal).where(AudienceRow.notice_id == notice.id)
            )
            assert set(rows) == expected_rows(session, notice)
        if world.engine.dialect.name == "sqlite":
            assert session.scalar(text("PRAGMA integrity_check")) == "ok"


def test_g1_no_reading_is_lost_with_a_process_that_is_killed(world: World) -> None:
    url = world.engine.url.render_as_string(hide_password=False)
    after = tuple(one for one in AFTER for _twice in range(2))
    assert lost_with_killed_readers(url, len(after) - 1, after) == set()
    with reading(world.sessions) as session:
        assert first_fault(session) is None
