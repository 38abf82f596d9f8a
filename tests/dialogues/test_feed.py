"""The personal calendar feed: a secret address that shows what its owner comes to, now."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import update

from models.dialogues import Dialogue
from models.stakeholders import Membership, Person
from portal import dialogues, diary, logs
from portal.db import reading, writing
from portal.errors import NotFound
from tests.attacks.test_e_web import all_rows
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    COLLEAGUE,
    DAY,
    GUEST,
    LOCAL,
    TELCO,
    convened,
    dialogue_of,
    invited,
    move,
    name,
    reply,
    take,
)
from tests.dialogues.poll_builders import polled
from tests.pages import Visitor

pytestmark = pytest.mark.both_engines

Visit = Callable[[str], Visitor]
ADDRESS = re.compile(r"http://localhost(/feeds/calendar/([\w-]{43})\.ics)")


def made(world: World, who: str = TELCO) -> str:
    """The key of somebody's feed."""
    with writing(world.sessions) as session:
        return dialogues.make_feed(session, world.actors[who], NOW)


def shown(world: World, key: str) -> dict[str, Any]:
    """The events that the feed shows, by their title."""
    with reading(world.sessions) as session:
        found = diary.calendar_of(session, key, "https://portal.example", NOW)
    calendar: Any = Calendar.from_ical(found)
    assert "METHOD" not in calendar
    return {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}


def test_the_key_is_kept_nowhere(app: Flask, world: World, visit: Visit) -> None:
    liaison = visit(TELCO)
    hit = ADDRESS.search(liaison.post("/account/make-feed").text)
    assert hit
    assert hit[2] not in repr(all_rows(world, set()))
    cookie = liaison.client.get_cookie("session")
    assert cookie is not None
    assert hit[2] not in cookie.value


@pytest.mark.parametrize("key", ["", "x", "0" * 64, "é", "a" * 43])
def test_a_key_of_nobody_is_not_found(world: World, visit: Visit, key: str) -> None:
    made(world)
    with pytest.raises(NotFound):
        shown(world, key)
    assert visit("nobody").get(f"/feeds/calendar/{key}.ics").status == 404


def test_a_suspended_person_has_no_feed(world: World) -> None:
    invited(world)
    key = made(world)
    with writing(world.sessions) as session:
        mine = Person.id == world.actors[TELCO].person_id
        session.execute(update(Person).where(mine).values(state="suspended"))
    with pytest.raises(NotFound):
        shown(world, key)


def test_it_shows_what_its_owner_comes_to_and_nothing_else(world: World) -> None:
    mine, theirs = invited(world, TELCO), invited(world, COLLEAGUE)
    with writing(world.sessions) as session:
        opened = convened(session, world, "cloud", rule="open", tlp="GREEN", title="For all")
        sought = polled(session, world, "telco")
        name(session, world, sought.ref, TELCO)
        assert opened.ref
    assert set(shown(world, made(world))) == {mine}
    assert set(shown(world, made(world, COLLEAGUE))) == {theirs}
    assert set(shown(world, made(world, ORGANISER))) == {mine, theirs, "For all"}
    assert shown(world, made(world, "steward@portal")) == {}


def test_above_green_it_shows_reference_and_place_alone(world: World) -> None:
    content = {"title": "Canary talks", "purpose": "The canary sings.", "place": "Room 4"}
    secret = invited(world, TELCO, **content)
    invited(world, TELCO, rule="open", tlp="GREEN", **content)
    events = shown(world, made(world))
    assert set(events) == {secret, "Canary talks"}
    assert str(events[secret]["LOCATION"]) == "Room 4"
    assert "anary" not in events[secret].to_ical().decode()
    assert "canary" in str(events["Canary talks"]["DESCRIPTION"])
    assert "ATTENDEE" not in events[secret]


def test_it_follows_the_policy_and_the_dialogue_at_once(world: World) -> None:
    refs = [invited(world) for _ in range(4)]
    key = made(world)
    assert set(shown(world, key)) == set(refs)
    with writing(world.sessions) as session:
        actor = world.actors[ORGANISER]
        dialogues.cancel(session, actor, refs[0], why="Ill health.", now=NOW)
        name(session, world, refs[1], COLLEAGUE)
        session.execute(update(Dialogue).where(Dialogue.ref == refs[2]).values(state="held"))
    assert set(shown(world, key)) == {refs[3]}
    move(world, refs[3], local=LOCAL + DAY)
    assert shown(world, key)[refs[3]]["DTSTART"].dt == dialogue_of(world, refs[3]).starts_at
    with writing(world.sessions) as session:
        gone = Membership.person_id == world.actors[TELCO].person_id
        session.execute(update(Membership).where(gone).values(ends_at=NOW))
    assert shown(world, key) == {}


def test_what_she_declined_is_not_in_her_way(world: World) -> None:
    ref = invited(world)
    key = made(world)
    assert take(world, reply(world, ref, TELCO, "declined"))
    assert shown(world, key) == {}


def test_a_guest_has_a_feed_like_anybody(world: World) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, guests=((GUEST, "observer"),)).ref
    assert set(shown(world, made(world, GUEST))) == {ref}


def test_a_closed_dialogue_is_seen_by_whoever_sits_there(world: World) -> None:
    with writing(world.sessions) as session:
        closed = {"rule": "closed", "tlp": "RED"}
        ref = convened(session, world, f"telco:2={COLLEAGUE}", **closed).ref
        name(session, world, ref, COLLEAGUE, by=COLLEAGUE)
    assert set(shown(world, made(world, COLLEAGUE))) == {ref}
    assert shown(world, made(world, TELCO)) == {}


def test_the_key_is_in_no_line_of_the_log(
    app: Flask, world: World, visit: Visit, capfd: pytest.CaptureFixture[str], caplog: Any
) -> None:
    key = made(world)
    before = list(logging.getLogger().handlers)
    logs.configure(as_json=True)
    caplog.set_level(logging.DEBUG)
    try:
        assert visit("nobody").get(f"/feeds/calendar/{key}.ics").status == 200
        assert visit("nobody").get(f"/feeds/calendar/{key}x.ics").status == 404
        app.config["PROPAGATE_EXCEPTIONS"] = False
        app.extensions["sessions"] = None
        assert visit("nobody").get(f"/feeds/calendar/{key}.ics").status == 500
        assert not logging.getLogger("werkzeug").isEnabledFor(logging.INFO)
    finally:
        logging.getLogger().handlers[:] = before
    said = "".join(capfd.readouterr()) + caplog.text
    assert "unexpected" in said
    assert key not in said
