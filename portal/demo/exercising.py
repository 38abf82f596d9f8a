"""Exercises in the demo world: one with its hot wash open, one that is planned, one in draft."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseRole
from models.vocabulary import Tlp
from portal import exercises
from portal.demo.cast import Cast
from portal.exercises import ExerciseText, Seating, from_scenario
from portal.recipients import RecipientList
from portal.scenarios import Scenario, shipped

ORGANISER, ZONE = "mediator@peace", "Europe/Helsinki"
# What the parties answered, by the title of the inject: who, at which minute.
SAID: Final = (
    (
        "Night shift: servers do not start again",
        "liaison@telco",
        3,
        "We wake the head of operations and switch nothing off before they are here. Backups stay "
        "unplugged.",
    ),
    (
        "An accounting update is served with a wiper",
        "liaison@cloud",
        9,
        "The update server is off the network since minute 8. Its disk is kept as it is.",
    ),
    (
        "Newspaper: 'Cyber attack on the eve of peace'",
        "liaison@telco",
        19,
        "One sentence for all: telephones in the east are disturbed, the cause is not known, the "
        "next word is at 23:00.",
    ),
)
NOTES: Final = (
    (
        "liaison@telco",
        "We lost six minutes because the night number of Cloud was that of a person who has left.",
    ),
    (
        "analyst@cert",
        "The first message said 'attack' twice. What was known then was a failure.",
    ),
)


def exercise_all(session: Session, cast: Cast, now: datetime) -> None:
    """Play the wiper two days ago, plan the leak for next week, and leave a draft."""
    wiper, leak = shipped("wiper", "en"), shipped("leak", "en")
    if wiper is None or leak is None:
        raise LookupError("a scenario that comes with the portal is missing")
    _play(session, cast, wiper, now - timedelta(days=2))
    planned = _drafted(session, cast, leak, now - timedelta(days=1, hours=6), days=6)
    seats = {"liaison@telco": "First delegation", "liaison@cloud": "Second delegation"}
    _seat(session, cast, planned, seats, now - timedelta(days=1, hours=5))
    actor = cast.actors[ORGANISER]
    exercises.publish(session, actor, planned.ref, now - timedelta(days=1, hours=4))
    own = from_scenario(wiper, ZONE, now + timedelta(days=20))
    text = replace(
        own,
        title="First hour without telephones",
        body="Calls and mail of all delegations fail at the same moment. Nothing else is known.",
        aims="Meet within an hour without telephones.",
        guide="",
        parties=("Delegations", "Secretariat"),
    )
    _begun(session, cast, text, None, now - timedelta(hours=20))


def plan_for_later(session: Session, cast: Cast, title: str, now: datetime) -> Exercise:
    """Publish an exercise of Telco and Cloud for the week after next, five days ago."""
    leak = shipped("leak", "en")
    if leak is None:
        raise LookupError("a scenario that comes with the portal is missing")
    when = now - timedelta(days=5)
    text = replace(from_scenario(leak, ZONE, now + timedelta(days=12)), title=title)
    exercise = _begun(session, cast, text, leak, when)
    seats = {"liaison@telco": "First delegation", "liaison@cloud": "Second delegation"}
    _seat(session, cast, exercise, seats, when)
    return exercises.publish(session, cast.actors[ORGANISER], exercise.ref, when)


def _drafted(
    session: Session, cast: Cast, scenario: Scenario, when: datetime, *, days: int
) -> Exercise:
    text = from_scenario(scenario, ZONE, when + timedelta(days=days))
    return _begun(session, cast, text, scenario, when)


def _begun(
    session: Session, cast: Cast, text: ExerciseText, scenario: Scenario | None, when: datetime
) -> Exercise:
    at = cast.organisations
    to = RecipientList(frozenset(at[name].id for name in ("telco", "cloud", "cert")))
    return exercises.draft_exercise(
        session,
        cast.actors[ORGANISER],
        at["peace"].ref,
        text=replace(text, tlp=Tlp.AMBER_STRICT),
        to=to,
        scenario=scenario,
        now=when,
    )


def _seat(
    session: Session, cast: Cast, exercise: Exercise, plays: Mapping[str, str], when: datetime
) -> None:
    parties = {party.name: party.id for party in exercises.parties_of(session, exercise)}
    seats = {
        cast.actors[who].person_id: Seating(ExerciseRole.PLAYER, parties[party])
        for who, party in plays.items()
    }
    seats[cast.actors["analyst@cert"].person_id] = Seating(ExerciseRole.OBSERVER)
    actor, version = cast.actors[ORGANISER], exercise.version
    exercises.seat(session, actor, exercise.ref, seats=seats, version=version, now=when)


def _play(session: Session, cast: Cast, scenario: Scenario, began: datetime) -> None:
    by, before = cast.actors, began - timedelta(days=3)
    exercise = _drafted(session, cast, scenario, before, days=2)
    seats = {"liaison@telco": "Telephone company", "liaison@cloud": "Cloud company"}
    _seat(session, cast, exercise, seats, before)
    ref = exercises.publish(session, by[ORGANISER], exercise.ref, before).ref
    exercises.start(session, by[ORGANISER], ref, began)
    for minute in range(41):
        when = began + timedelta(minutes=minute)
        if ref in exercises.with_due_injects(session, when):
            exercises.release_due(session, ref, when)
        for title, who, at, text in SAID:
            if at == minute:
                found = exercises.read(session, by[who], ref, when)
                number = next(one.id for one in found.injects if one.title == title)
                exercises.answer(session, by[who], ref, number, text=text, now=when)
    over = began + timedelta(minutes=41)
    exercises.conclude(session, by[ORGANISER], ref, over)
    for n, (who, text) in enumerate(NOTES, 1):
        exercises.write_note(session, by[who], ref, text=text, now=over + timedelta(minutes=n))
    exercises.add_finding(
        session,
        by["analyst@cert"],
        ref,
        text="Call each night number of the other side once a month",
        organisation_id=cast.organisations["telco"].id,
        now=over + timedelta(minutes=9),
    )
