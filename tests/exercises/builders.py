"""Exercises for tests: drafted, planned, running, over; and what is typed into its form."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseInject, ExerciseRole
from models.ledger import OutboxEmail
from models.vocabulary import Tlp
from portal import exercises
from portal.exercises import ExerciseText, InjectText, Seating
from portal.scenarios import shipped
from tests.cast import NOW, World
from tests.factories import to

MEDIATOR, TELCO, CLOUD = "mediator@peace", "liaison@telco", "liaison@cloud"
OBSERVER, BANK, COLLEAGUE = "analyst@cert", "liaison@bank", "coordinator@peace"
WIPER: Final = shipped("wiper", "en")
TO_ALL: Final = ("telco", "cloud", "cert", "bank")
FIRST, SECOND = "Telephone company", "Cloud company"


def minute(number: int) -> datetime:
    """An instant of an exercise that started at NOW."""
    return NOW + timedelta(minutes=number)


def text(**values: Any) -> ExerciseText:
    """The text of an exercise; every field can be said otherwise."""
    said: dict[str, Any] = {
        "title": "A wiper before a signing",
        "tlp": Tlp.AMBER_STRICT,
        "starts": datetime(2036, 6, 5, 10, tzinfo=UTC).replace(tzinfo=None),
        "zone": "UTC",
        "minutes": 40,
        "body": "It is 21:55 on a Tuesday.",
        "aims": "Tell what is known from what is guessed.",
        "guide": "Leave the room time.",
        "parties": (FIRST, SECOND),
    }
    return ExerciseText(**said | values)


def typed(**values: str) -> dict[str, str]:
    """What somebody types into the form of a new exercise."""
    said = {
        "title": "A wiper before a signing",
        "aims": "Tell what is known from what is guessed.",
        "parties": f"{FIRST}\n{SECOND}",
        "body": "It is 21:55 on a Tuesday.",
        "starts": "2036-06-05T10:00",
        "zone": "Europe/Helsinki",
        "minutes": "40",
        "tlp": "AMBER+STRICT",
    }
    return said | values


def drafted(
    session: Session,
    world: World,
    *names: str,
    by: str = MEDIATOR,
    at: datetime = NOW,
    **values: Any,
) -> Exercise:
    """A draft of the person's organisation, addressed to these."""
    home, whom = world.organisations[by.partition("@")[2]], to(world, *(names or TO_ALL))
    actor, said = world.actors[by], text(**values)
    return exercises.draft_exercise(session, actor, home.ref, text=said, to=whom, now=at)


def party(session: Session, exercise: Exercise, name: str) -> int:
    """The key of a party."""
    return next(one.id for one in exercises.parties_of(session, exercise) if one.name == name)


def inject(
    session: Session,
    world: World,
    exercise: Exercise,
    *names: str,
    at: datetime = NOW,
    **values: Any,
) -> ExerciseInject:
    """An inject to these parties, or to all."""
    said: dict[str, Any] = {"kind": "message", "title": "Servers do not start", "body": "Eleven."}
    keys = frozenset(party(session, exercise, name) for name in names)
    said |= {"parties": keys, "for_all": not names}
    actor = world.actors[MEDIATOR]
    return exercises.plan(session, actor, exercise.ref, text=InjectText(**said | values), now=at)


def seated(session: Session, world: World, exercise: Exercise, at: datetime = NOW) -> None:
    """Telco plays the first party, Cloud the second; the analyst observes."""
    player = ExerciseRole.PLAYER
    seats = {
        world.actors[TELCO].person_id: Seating(player, party(session, exercise, FIRST)),
        world.actors[CLOUD].person_id: Seating(player, party(session, exercise, SECOND)),
        world.actors[OBSERVER].person_id: Seating(ExerciseRole.OBSERVER),
    }
    actor, version = world.actors[MEDIATOR], exercise.version
    exercises.seat(session, actor, exercise.ref, seats=seats, version=version, now=at)


def planned(
    session: Session, world: World, *names: str, at: datetime = NOW, **values: Any
) -> Exercise:
    """One that is published, with roles."""
    exercise = drafted(session, world, *names, at=at, **values)
    seated(session, world, exercise, at)
    exercises.publish(session, world.actors[MEDIATOR], exercise.ref, at)
    return exercise


def running(
    session: Session, world: World, *names: str, at: datetime = NOW, **values: Any
) -> Exercise:
    """One that runs, with an inject to each party by hand, and one to all at minute 10."""
    exercise = planned(session, world, *names, at=at, **values)
    inject(session, world, exercise, FIRST, title="For the first", at=at)
    inject(session, world, exercise, SECOND, title="For the second", at=at)
    inject(session, world, exercise, title="For all", minute=10, at=at)
    exercises.start(session, world.actors[MEDIATOR], exercise.ref, at)
    return exercise


def numbered(session: Session, exercise: Exercise, title: str) -> int:
    """The number of an inject by its title."""
    found = select(ExerciseInject.id).where(
        ExerciseInject.exercise_id == exercise.id, ExerciseInject.title == title
    )
    return session.scalars(found).one()


def given(session: Session, world: World, exercise: Exercise, title: str, at: datetime) -> int:
    """Release an inject by hand; gives its number."""
    number = numbered(session, exercise, title)
    exercises.release(session, world.actors[MEDIATOR], exercise.ref, number, at)
    return number


def over(
    session: Session, world: World, *names: str, at: datetime = NOW, **values: Any
) -> Exercise:
    """One whose hot wash is open, with one inject that was released and answered."""
    exercise = running(session, world, *names, at=at, **values)
    number = given(session, world, exercise, "For the first", at + timedelta(minutes=2))
    said = {"text": "We switch off the rest.", "now": at + timedelta(minutes=4)}
    exercises.answer(session, world.actors[TELCO], exercise.ref, number, **said)
    exercises.conclude(session, world.actors[MEDIATOR], exercise.ref, at + timedelta(minutes=40))
    return exercise


def notified(session: Session, world: World, template: str) -> list[str]:
    """Who of the cast is to get e-mails of this template, one for each e-mail."""
    names = {actor.person_id: name for name, actor in world.actors.items()}
    sent = select(OutboxEmail.person_id).where(
        OutboxEmail.resource_type == "exercises", OutboxEmail.template == template
    )
    return sorted(names[key] for key in session.scalars(sent) if key in names)
