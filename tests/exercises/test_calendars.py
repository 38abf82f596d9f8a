"""An exercise in calendars: with the e-mails to whoever has a role, and in their feed; marked."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from models.exercises import Exercise
from portal import dialogues, diary, exercises
from portal.db import reading, writing
from portal.delivery import deliver
from portal.ladders import DAY
from portal.reminders import remind
from tests.cast import NOW, World
from tests.dialogues.invitation_builders import PAPER
from tests.exercises.builders import (
    BANK,
    COLLEAGUE,
    MEDIATOR,
    OBSERVER,
    TELCO,
    minute,
    over,
    planned,
    seated,
    text,
)
from tests.factories import to
from tests.jobs.test_delivery import Memory
from tests.mail import whole

SECRET = ("21:55", "guessed", "For the first", "Leave the room")


def entries(world: World, transport: Memory, at: Any) -> dict[str, Any]:
    """The event that each person was sent last, by address."""
    deliver(world.sessions, transport, PAPER, at)
    found = {}
    for email in transport.emails:
        for part in email.walk():
            if part.get_content_type() == "text/calendar":
                calendar: Any = Calendar.from_ical(part.get_payload(decode=True))
                found[str(email["To"])] = (str(calendar["METHOD"]), calendar.walk("VEVENT")[0])
    return found


def address(world: World, who: str) -> str:
    name, home = who.split("@")
    return f"{name}@{home}.example"


def of(found: dict[str, Any], world: World, who: str) -> Any:
    hits = [entry for to, entry in found.items() if address(world, who) in to]
    return hits[0] if hits else None


@pytest.mark.parametrize(("tlp", "titled"), [("GREEN", True), ("AMBER+STRICT", False)])
def test_who_has_a_role_gets_an_entry_and_nobody_else(world: World, tlp: str, titled: bool) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        exercise = planned(session, world, tlp=tlp)
        ref, starts_at = exercise.ref, exercise.starts_at
    found = entries(world, transport, minute(1))
    for who in (TELCO, OBSERVER):
        method, event = of(found, world, who)
        assert method == "PUBLISH"
        assert event["DTSTART"].dt == starts_at
        assert "ATTENDEE" not in event
        title = "EXERCISE: A wiper before a signing" if titled else f"EXERCISE: {ref}"
        assert str(event["SUMMARY"]) == title
        assert f"/exercises/{ref}" in str(event["DESCRIPTION"])
        assert not any(word in event.to_ical().decode() for word in SECRET)
    assert of(found, world, BANK) is None
    assert any(BANK.split("@")[0] in str(one["To"]) for one in transport.emails)


def test_a_cancelled_one_is_taken_out_again(world: World) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        exercise = planned(session, world)
    first = of(entries(world, transport, minute(1)), world, TELCO)[1]
    with writing(world.sessions) as session:
        mediator = world.actors[MEDIATOR]
        exercises.cancel(session, mediator, exercise.ref, why="No room.", now=minute(2))
    method, event = of(entries(world, transport, minute(3)), world, TELCO)
    assert (method, str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert str(event["UID"]) == str(first["UID"])
    assert int(event["SEQUENCE"]) > int(first["SEQUENCE"]), "else some calendars keep it"
    assert "wiper" not in event.to_ical().decode()


def test_what_runs_it_sends_no_entry(world: World) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        over(session, world)
    deliver(world.sessions, transport, PAPER, minute(41))
    started = [one for one in transport.emails if "started" in str(one["Subject"])]
    parts = [part.get_content_type() for one in started for part in one.walk()]
    assert "text/calendar" not in parts


def feed_of(world: World, who: str) -> list[str]:
    with writing(world.sessions) as session:
        key = dialogues.make_feed(session, world.actors[who], NOW)
    with reading(world.sessions) as session:
        found = diary.calendar_of(session, key, "https://portal.example", minute(1))
    calendar: Any = Calendar.from_ical(found)
    return [str(one["SUMMARY"]) for one in calendar.walk("VEVENT")]


def test_the_feed_of_who_has_a_role_shows_it(world: World) -> None:
    with writing(world.sessions) as session:
        ref = planned(session, world).ref
    assert feed_of(world, TELCO) == [f"EXERCISE: {ref}"]
    assert feed_of(world, OBSERVER) == [f"EXERCISE: {ref}"]
    for who in (BANK, "colleague@telco", "steward@portal"):
        assert feed_of(world, who) == []
    with writing(world.sessions) as session:
        mediator = world.actors[MEDIATOR]
        exercises.cancel(session, mediator, ref, why="No room.", now=minute(2))
    assert feed_of(world, TELCO) == []


def test_players_and_observers_are_reminded_a_day_before(world: World) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        exercise = planned(session, world)
        ref, starts_at = exercise.ref, exercise.starts_at
    deliver(world.sessions, transport, PAPER, minute(1))
    transport.emails.clear()
    for at in (starts_at - 2 * DAY, starts_at - DAY, starts_at - timedelta(hours=3)):
        with writing(world.sessions) as session:
            remind(session, at)
    deliver(world.sessions, transport, PAPER, starts_at - timedelta(hours=2))
    soon = [one for one in transport.emails if "begins soon" in str(one["Subject"])]
    to = {str(one["To"]) for one in soon}
    assert len(to) == len(soon)
    for who in (TELCO, OBSERVER):
        assert any(address(world, who) in one for one in to)
    for who in (BANK, MEDIATOR, COLLEAGUE):
        assert not any(address(world, who) in one for one in to)
    for email in soon:
        assert str(email["Subject"]) == f"[TLP:AMBER+STRICT] EXERCISE {ref}: begins soon"
        assert not any(word in whole(email) for word in (*SECRET, "wiper"))


def without(world: World, ref: str, who: str, at: Any) -> None:
    """Take a role away."""
    with writing(world.sessions) as session:
        exercise = session.scalars(select(Exercise).where(Exercise.ref == ref)).one()
        seats = exercises.seats_of(session, exercise)
        del seats[world.actors[who].person_id]
        actor, version = world.actors[MEDIATOR], exercise.version
        exercises.seat(session, actor, ref, seats=seats, version=version, now=at)


@pytest.mark.parametrize("tlp", ["GREEN", "AMBER+STRICT"])
def test_whoever_loses_their_role_loses_the_entry(world: World, tlp: str) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        ref = planned(session, world, tlp=tlp).ref
    first = of(entries(world, transport, minute(1)), world, TELCO)[1]
    transport.emails.clear()
    without(world, ref, TELCO, minute(2))
    found = entries(world, transport, minute(3))
    assert [address(world, TELCO) in one for one in found] == [True], "nobody else is written to"
    method, off = of(found, world, TELCO)
    assert (method, str(off["STATUS"])) == ("CANCEL", "CANCELLED")
    assert (off["UID"], off["ORGANIZER"]) == (first["UID"], first["ORGANIZER"])
    assert int(off["SEQUENCE"]) > int(first["SEQUENCE"])
    assert off["DTSTAMP"].dt > first["DTSTAMP"].dt
    assert str(off["SUMMARY"]) == f"EXERCISE: {ref}"
    assert "DESCRIPTION" not in off
    (email,) = transport.emails
    assert str(email["Subject"]).startswith(f"[TLP:{tlp}] EXERCISE {ref}: role withdrawn")
    assert f"/exercises/{ref}" not in whole(email)


def test_a_role_given_again_is_entered_again(world: World) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        exercise = planned(session, world)
        ref = exercise.ref
    deliver(world.sessions, transport, PAPER, minute(1))
    without(world, ref, TELCO, minute(2))
    off = of(entries(world, transport, minute(3)), world, TELCO)[1]
    with writing(world.sessions) as session:
        exercise = session.scalars(select(Exercise).where(Exercise.ref == ref)).one()
        seated(session, world, exercise, minute(4))
    method, again = of(entries(world, transport, minute(5)), world, TELCO)
    assert method == "PUBLISH"
    assert int(again["SEQUENCE"]) > int(off["SEQUENCE"])


def test_who_was_never_reached_or_has_a_role_again_hears_nothing(world: World) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        ref = planned(session, world).ref
    without(world, ref, OBSERVER, minute(1))
    deliver(world.sessions, transport, PAPER, minute(2))
    assert not any("withdrawn" in str(one["Subject"]) for one in transport.emails)
    without(world, ref, TELCO, minute(3))
    with writing(world.sessions) as session:
        exercise = session.scalars(select(Exercise).where(Exercise.ref == ref)).one()
        seated(session, world, exercise, minute(4))
    deliver(world.sessions, transport, PAPER, minute(5))
    assert not any("withdrawn" in str(one["Subject"]) for one in transport.emails)


def test_a_late_word_to_whoever_lost_their_role_holds_no_new_time(world: World) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        ref = planned(session, world).ref
    deliver(world.sessions, transport, PAPER, minute(1))
    transport.emails.clear()
    without(world, ref, TELCO, minute(2))
    with writing(world.sessions) as session:
        exercise = session.scalars(select(Exercise).where(Exercise.ref == ref)).one()
        said, whom = text(minutes=60), to(world, "cloud", "cert")
        actor, version = world.actors[MEDIATOR], exercise.version
        exercises.edit(session, actor, ref, text=said, to=whom, version=version, now=minute(3))
    found = entries(world, transport, minute(4))
    method, entry = of(found, world, TELCO)
    assert method == "CANCEL"
    assert not {"DTSTART", "DTEND"} & set(entry), "it is taken out all the same"
    (told,) = (one for one in transport.emails if address(world, TELCO) in str(one["To"]))
    assert "no longer have one" in whole(told)
    assert "wiper" not in whole(told)
