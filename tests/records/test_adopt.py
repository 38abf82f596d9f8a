"""Silence adopts: the system does it, whoever comes by; afterwards not a word changes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from models.ledger import AuditEvent
from models.records import Point, Record, RecordEdition, RecordState
from models.stakeholders import Person
from portal import records, schedule
from portal.clock import now
from portal.days import day_of
from portal.db import reading, writing
from portal.errors import TooLate
from portal.records import PointText
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO
from tests.records.circulated_builders import (
    DAY,
    SECOND,
    acts,
    adopted,
    again,
    editions,
    kept,
    notified,
    silent_since,
)

Visit = Callable[[str], Visitor]


def until(world: World, ref: str) -> datetime:
    ended = again(world, ref).silence_until_at
    assert ended is not None
    return ended


def test_a_second_before_the_end_nothing_is_due_and_at_the_end_it_is(world: World) -> None:
    ref = kept(world)
    end = until(world, ref)
    with writing(world.sessions) as session:
        assert records.due_for_adoption(session, end - SECOND) == []
        assert records.adopt(session, ref, end - SECOND) is False
        assert records.due_for_adoption(session, end) == [ref]
        assert records.adopt(session, ref, end) is True
    record = again(world, ref)
    (edition,) = editions(world, ref)
    assert (record.state, record.adopted_at) == (RecordState.ADOPTED, end)
    assert record.sha256 == edition.sha256 == records.sha256_of(edition.text)
    assert notified(world, ref, "adopt", end) == {TELCO, CLOUD, CERT, ORGANISER}


def test_the_system_does_it_once_and_the_trail_keeps_the_digest(world: World) -> None:
    ref = kept(world)
    end = until(world, ref)
    for n in range(3):
        with writing(world.sessions) as session:
            assert records.adopt(session, ref, end) is (n == 0)
            assert records.due_for_adoption(session, end) == []
    with reading(world.sessions) as session:
        event, email = session.execute(
            select(AuditEvent, Person.email)
            .join(Person, Person.id == AuditEvent.person_id)
            .where(AuditEvent.verb == "adopt")
        ).one()
    assert email.startswith("system@")
    assert event.detail == {"sha256": again(world, ref).sha256}


def test_jobs_that_slept_for_a_week_adopt_and_say_since_when_the_silence_was_over(
    world: World, visit: Visit
) -> None:
    ref = kept(world)
    woke = until(world, ref) + 7 * DAY
    assert schedule.keep_all_times(world.sessions, woke) == 1
    assert schedule.keep_all_times(world.sessions, woke) == 0
    record = again(world, ref)
    assert (record.adopted_at, record.silence_until_at) == (woke, woke - 7 * DAY)
    page = visit(ORGANISER).get(f"/records/{ref}")
    instants = [str(tag["datetime"]) for tag in page.page.select("main section.alert time")]
    last = day_of(woke - 7 * DAY - timedelta(seconds=1), "Europe/Helsinki")
    assert instants[0] == last.isoformat(), "the day that the silence ended with"
    assert datetime.fromisoformat(instants[1]) == woke


def test_one_that_cannot_be_adopted_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, fine = kept(world), kept(world)
    keep = records.adopt

    def stumble(session: Any, ref: str, at: datetime) -> bool:
        if ref == stuck:
            raise ValueError("stuck")
        return keep(session, ref, at)

    monkeypatch.setattr(schedule, "DUE", ((records.due_for_adoption, stumble),))
    schedule.keep_all_times(world.sessions, NOW + 9 * DAY)
    assert again(world, stuck).state == RecordState.CIRCULATED
    assert again(world, fine).state == RecordState.ADOPTED


@pytest.mark.parametrize("who", [TELCO, "colleague@telco", ORGANISER])
def test_whoever_reads_it_first_finds_it_adopted_though_no_job_ran(
    world: World, visit: Visit, who: str
) -> None:
    ref = kept(world, at=now())
    before = visit(who).get(f"/records/{ref}")
    assert before.status == (404 if who == "colleague@telco" else 200)
    silent_since(world, ref, now() - SECOND)
    page = visit(who).get(f"/records/{ref}")
    assert "Adopted and locked" in page.words
    record = again(world, ref)
    assert record.sha256 is not None
    assert record.sha256 in page.text
    assert acts(world, ref, "adopt") == ["adopt"]


def test_who_may_not_read_it_learns_nothing_and_adopts_nothing(world: World, visit: Visit) -> None:
    ref = kept(world)
    silent_since(world, ref, now() - SECOND)
    for path in ("", "/export", "/object", "/object-late", "/comment", "/recall", "/editions/1"):
        assert visit("liaison@bank").get(f"/records/{ref}{path}").status == 404, path
    assert again(world, ref).state == RecordState.CIRCULATED


def test_an_adopted_record_takes_no_other_word(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = adopted(session, world)
        point = session.scalars(select(Point).where(Point.record_id == record.id)).first()
        assert point is not None
    by, ref, said = world.actors[ORGANISER], record.ref, {"now": now()}
    tries: tuple[Callable[[Any], Any], ...] = (
        lambda s: records.write(
            s, by, ref, point.id, text=PointText("x"), version=point.version, **said
        ),
        lambda s: records.add_point(s, by, ref, title="x", **said),
        lambda s: records.move_point(s, by, ref, point.id, up=False, **said),
        lambda s: records.remove_point(s, by, ref, point.id, version=point.version, **said),
        lambda s: records.circulate(s, by, ref, days=5, sha256="", **said),
    )
    for one in tries:
        with writing(world.sessions) as session, pytest.raises(TooLate):
            one(session)
    organiser = visit(ORGANISER)
    for endpoint in ("circulate", "recall", "write"):
        assert organiser.post(f"/records/{ref}/{endpoint}", {"days": "5"}).status == 409, endpoint
    assert organiser.post(f"/records/{ref}/edit", {"title": "x"}).status in (403, 409)
    assert editions(world, ref)[0].sha256 == again(world, ref).sha256


def test_no_record_is_adopted_without_its_digest(world: World) -> None:
    ref = kept(world)
    for values in ({"state": "adopted"}, {"sha256": "0" * 64}):
        with pytest.raises(IntegrityError), writing(world.sessions) as session:
            session.execute(update(Record).where(Record.ref == ref).values(**values))


def broken(world: World) -> str | None:
    with reading(world.sessions) as session:
        return records.first_broken_seal(session)


def verified(app: Flask) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    return answer.exit_code, answer.output


def test_whoever_changes_an_adopted_text_behind_our_back_is_found(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        first, second = (adopted(session, world, title=f"Talk {n}") for n in range(2))
    assert verified(app) == (0, "the trail holds\n")
    edition = editions(world, second.ref)[0]
    changed = {**edition.text, "title": "Something else"}
    forged = records.sha256_of(changed)
    kept_text = update(RecordEdition).where(RecordEdition.record_id == second.id)
    row = update(Record).where(Record.id == second.id)
    for step, fault in (
        (kept_text.values(text=changed), "its adopted text was changed"),
        (kept_text.values(sha256=forged), "its adopted text was changed"),
        (row.values(sha256=forged), "the trail tells of the adoption of another text"),
    ):
        with writing(world.sessions) as session:
            session.execute(step)
        assert broken(world) == f"record {second.ref}: {fault}"
        assert verified(app) == (1, f"Error: record {second.ref}: {fault}\n")
    assert first.ref not in str(broken(world))


def test_an_adopted_record_that_is_gone_or_open_again_is_found(world: World) -> None:
    with writing(world.sessions) as session:
        record = adopted(session, world)
    with writing(world.sessions) as session:
        row = update(Record).where(Record.id == record.id)
        session.execute(row.values(state="draft", sha256=None))
    assert "it was adopted, and is not any more" in str(broken(world))
    with writing(world.sessions) as session:
        session.execute(row.values(state="adopted", sha256=record.sha256))
        session.execute(text("DELETE FROM record_editions"))
    assert broken(world) == f"record {record.ref}: its adopted text is missing"
