"""A day is a day: one date for every reader, with the place that it belongs to, wherever shown."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, g
from sqlalchemy import select, update

from models.commitments import Commitment, Evidence, Milestone
from models.dialogues import Dialogue
from models.records import Action, Decision, Record
from models.stakeholders import Person
from portal.access import Actor
from portal.clock import now
from portal.days import end_of, ends_a_day, last_day
from portal.db import make_engine, make_sessions, reading, writing
from portal.demo import plant
from portal.rules import RESOURCE_TYPES
from portal.schema import upgrade
from portal.slots import name_of
from portal.store import Store, key_from
from tests.cast import ISSUER, World
from tests.pages import sign_in
from tests.readiness.builders import SEALER

NOUNS = ("commitments", "dialogues", "notices", "processes", "records")
FAR_APART = ("Pacific/Kiritimati", "Asia/Kathmandu", "America/Los_Angeles", "Europe/Helsinki")
DAY_DEADLINES = (
    Commitment.answer_by_at, Commitment.due_at, Milestone.due_at, Evidence.expires_at,
    Dialogue.poll_until_at, Record.silence_until_at, Decision.review_at, Action.due_at,
)  # fmt: skip


@pytest.fixture
def read_at(app: Flask) -> Callable[..., str]:
    """Says how the filters show something to a reader in a zone at a time."""

    def show(zone: str, at: datetime, filter_name: str, *values: object) -> str:
        with app.test_request_context("/"):
            g.now, g.here = at, SimpleNamespace(actor=Actor(1, "Reader", zone), office=False)
            return str(app.jinja_env.filters[filter_name](*values))

    return show


@pytest.mark.parametrize("reader", FAR_APART)
@pytest.mark.parametrize(
    ("zone", "day", "words"),
    [
        ("Europe/Helsinki", date(2026, 12, 5), "end of 5 Dec 2026 (Helsinki time)"),
        ("Pacific/Kiritimati", date(2026, 12, 31), "end of 31 Dec 2026 (Kiritimati time)"),
        ("Asia/Kathmandu", date(2026, 2, 28), "end of 28 Feb 2026 (Kathmandu time)"),
        ("America/New_York", date(2026, 3, 8), "end of 8 Mar 2026 (New York time)"),
        ("Europe/Zurich", date(2026, 10, 25), "end of 25 Oct 2026 (Zurich time)"),
        ("Africa/Cairo", date(2026, 4, 23), "end of 23 Apr 2026 (Cairo time)"),
        ("UTC", date(2026, 12, 5), "end of 5 Dec 2026 (UTC)"),
    ],
)  # fmt: skip
def test_a_day_deadline_is_one_day_for_every_reader(
    read_at: Callable[..., str], reader: str, zone: str, day: date, words: str
) -> None:
    end = end_of(day, zone)
    assert (last_day(end, zone), ends_a_day(end, zone)) == (day, True)
    shown = read_at(reader, end, "deadline", end, zone)
    assert shown == f'<time datetime="{day}">{words}</time>'


def test_overdue_counts_days_where_the_day_was_set(read_at: Callable[..., str]) -> None:
    zone = "Europe/Helsinki"
    end = end_of(date(2026, 11, 26), zone)
    for after, words in ((0, "1 day"), (23, "1 day"), (24, "2 days"), (24 * 9, "10 days")):
        at = end + timedelta(hours=after)
        said = read_at("Pacific/Kiritimati", at, "overdue", end, zone)
        assert said == f"overdue by {words} (26 Nov)"
    instant = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    at = instant + timedelta(hours=3)
    assert read_at("UTC", at, "overdue", instant) == "overdue by 3 hours"


def test_a_time_that_somebody_chose_stays_a_time(read_at: Callable[..., str]) -> None:
    at = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
    shown = read_at("Asia/Kathmandu", at, "deadline", at, "Europe/Helsinki")
    assert ">26 Nov 2026, 15:15 UTC+05:45<" in shown


def deadlines(world: World) -> set[datetime]:
    """Every instant at which a day that somebody set ends."""
    with reading(world.sessions) as session:
        ends = [at for column in DAY_DEADLINES for at in session.scalars(select(column))]
    return {at for at in ends if at is not None}


def addresses(app: Flask, world: World) -> Iterator[str]:
    """Every page of the nouns that have deadlines, for every one of them."""
    with reading(world.sessions) as session:
        refs = {
            kind: list(session.scalars(select(RESOURCE_TYPES[kind].model.ref))) for kind in NOUNS
        }
    for rule in app.url_map.iter_rules():
        noun = rule.endpoint.partition(".")[0]
        if "GET" not in (rule.methods or ()) or "pdf" in rule.rule or "print" in rule.rule:
            continue
        if noun in NOUNS and rule.arguments <= {"ref", "number"}:
            for ref in refs[noun] if rule.arguments else [""]:
                yield rule.rule.replace("<ref>", ref).replace("<int:number>", "1")
    yield "/"


def as_midnights(ends: set[datetime], zone: str) -> set[str]:
    """How these instants would read if they were shown as times of a reader in the zone."""
    local = [end.astimezone(ZoneInfo(zone)) for end in ends]
    return {f"{end:%-d %b %Y, %H:%M} {name_of(end)}" for end in local}


def odd_minute() -> datetime:
    """The last seven past: the story lies at tenths of days before it, and none at midnight."""
    at = now()
    return at - timedelta(minutes=(at.minute - 7) % 60)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the demo: planting it costs more than to look at its pages."""
    return tmp_path_factory.mktemp("demo")


def planted(kept: Path) -> Path:
    """The file of the demo's database; nobody but the first who asks plants it."""
    if not (file := kept / "demo.db").exists():
        engine = make_engine(f"sqlite:///{file}")
        upgrade(engine)
        store = Store(kept / "files", key_from("a secret of the tests"))
        with writing(make_sessions(engine)) as session:
            plant(session, ISSUER, store, SEALER, odd_minute())
        with engine.connect() as connection:
            busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        assert not busy, "all of it is in the file"
        engine.dispose()
    return file


@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("liaison@telco", "Pacific/Kiritimati"),
        ("coordinator@peace", "Asia/Kathmandu"),
        ("analyst@cert", "Europe/Zurich"),
    ],
)
def test_no_page_of_the_demo_shows_the_end_of_a_day_as_a_time(
    app: Flask, kept: Path, tmp_path: Path, name: str, zone: str
) -> None:
    engine = make_engine(f"sqlite:///{shutil.copy(planted(kept), tmp_path / 'demo.db')}")
    world = World.on(engine)
    app.extensions["engine"], app.extensions["sessions"] = engine, world.sessions
    with writing(world.sessions) as session:
        mine = update(Person).where(Person.id == world.actors[name].person_id)
        session.execute(mine.values(zone=zone))
    midnights, shown, days = as_midnights(deadlines(world), zone), set(), 0
    assert len(midnights) > 5
    visitor = sign_in(app, world, name)
    for address in addresses(app, world):
        answer = visitor.get(address)
        days += answer.text.count(" time)</time>")
        shown |= {(address, one) for one in midnights if one in answer.text}
    assert not shown
    assert days > 5
    engine.dispose()
