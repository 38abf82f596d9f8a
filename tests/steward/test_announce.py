"""What a steward announces stands on every page for its time, also before the sign-in."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from models.ledger import AuditEvent
from models.office import Office
from portal.administration import Announcement, announce, announced
from portal.clock import now
from portal.db import make_engine, make_sessions, reading, writing
from portal.errors import NotFound, Refused
from tests.cast import NOW, World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
STEWARD, TEXT = "steward@portal", "Upgrade on Saturday"
HOUR = timedelta(hours=1)


def put(world: World, first: datetime, last: datetime, text: str = TEXT) -> None:
    with writing(world.sessions) as session:
        said = Announcement(text, first, last)
        announce(session, world.actors[STEWARD], said, min(first, last - HOUR, now()))


def test_it_is_on_every_page_for_everybody_and_on_the_sign_in(world: World, visit: Visit) -> None:
    put(world, now() - HOUR, now() + HOUR)
    for who, path in (
        ("liaison@telco", "/"),
        ("liaison@telco", "/notices/N-26-XXXXXX"),
        ("observer@un", "/notices/"),
        ("nobody", "/auth/sign-in"),
    ):
        assert TEXT in visit(who).get(path).words, path


@pytest.mark.parametrize(("first", "last"), [(-2, -1), (1, 2)])
def test_before_and_after_its_time_it_is_nowhere(
    world: World, visit: Visit, first: int, last: int
) -> None:
    put(world, now() + first * HOUR, now() + last * HOUR)
    assert TEXT not in visit("liaison@telco").get("/").words
    assert TEXT not in visit("nobody").get("/auth/sign-in").words


def test_the_page_takes_times_in_the_zone_of_the_steward(world: World, visit: Visit) -> None:
    steward = visit(STEWARD)
    zone = ZoneInfo(world.actors[STEWARD].zone)
    first = (now() - HOUR).astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)
    values = {
        "text": TEXT,
        "begins": first.isoformat(timespec="minutes"),
        "ends": (first + 3 * HOUR).isoformat(timespec="minutes"),
    }
    assert "The banner is saved." in steward.follow(steward.post("/steward/announce", values)).words
    with reading(world.sessions) as session:
        office = session.scalars(select(Office)).one()
        assert office.banner_from_at == first.replace(tzinfo=zone)
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "announce")).one()
        assert TEXT not in str(event.detail), "the trail has times, not texts"
    assert TEXT in visit("liaison@telco").get("/").words
    removed = steward.follow(steward.post("/steward/announce", {"text": ""}))
    assert "The banner is removed." in removed.words
    assert TEXT not in visit("liaison@telco").get("/").words


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "begins"),
        ({"begins": "2099-01-01T10:00"}, "ends"),
        ({"begins": "2099-01-01T10:00", "ends": "2099-01-01T10:00"}, "ends"),
        ({"begins": "2001-01-01T10:00", "ends": "2001-01-02T10:00"}, "ends"),
        ({"begins": "never", "ends": "2099-01-02T10:00"}, "begins"),
    ],
)
def test_what_has_no_fitting_time_comes_back_with_what_was_typed(
    visit: Visit, values: dict[str, str], field: str
) -> None:
    answer = visit(STEWARD).post("/steward/announce", {"text": TEXT} | values)
    assert answer.status == 422
    assert list(answer.errors()) == [field]
    assert [tag["value"] for tag in answer.page.select("#text")] == [TEXT]


def test_a_text_is_shown_as_text(world: World, visit: Visit) -> None:
    put(world, now() - HOUR, now() + HOUR, "<b>now</b>")
    assert not visit("liaison@telco").get("/").page.select(".go-banner b")


def test_nobody_else_announces(world: World) -> None:
    said = Announcement(TEXT, NOW, NOW + HOUR)
    with writing(world.sessions) as session:
        for name, error in (("auditor@portal", Refused), ("liaison@telco", NotFound)):
            with pytest.raises(error):
                announce(session, world.actors[name], said, NOW)
        with pytest.raises(NotFound):
            announced(session, world.actors["observer@un"], NOW)


def test_the_sign_in_is_drawn_though_the_database_is_away(app: Flask, tmp_path: Path) -> None:
    before = app.extensions["sessions"]
    away = make_engine(f"sqlite:///{tmp_path}/nowhere/portal.db")
    app.extensions["sessions"] = make_sessions(away)
    try:
        answer = app.test_client().get("/auth/sign-in")
    finally:
        app.extensions["sessions"] = before
        away.dispose()
    assert answer.status_code == 200
