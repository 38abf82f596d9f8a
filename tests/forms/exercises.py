"""Exercises as they are created: what each form of theirs is sent."""

from sqlalchemy.orm import Session

from models.exercises import Exercise
from tests.cast import World
from tests.exercises import builders
from tests.exercises.test_take_up import found
from tests.forms.filled import MEDIATOR, TELCO, Scene, Sent


def _exercise(_session: Session, world: World) -> Sent:
    typed = builders.typed(organisation=world.organisations["peace"].ref)
    return Sent(MEDIATOR, "/exercises/new", typed, "title")


def _inject(session: Session, world: World) -> Sent:
    exercise = builders.drafted(session, world)
    typed = {"kind": "news", "title": "Telephones are down", "for_all": "y"}
    return Sent(MEDIATOR, f"/exercises/{exercise.ref}/plan", typed, "title")


def _answer(session: Session, world: World) -> Sent:
    exercise = builders.running(session, world)
    at = exercise.changed_at
    number = builders.given(session, world, exercise, "For the first", at)
    return Sent(TELCO, f"/exercises/{exercise.ref}/answer/{number}", {"text": "We do."}, "text")


def _over(session: Session, world: World) -> Exercise:
    return builders.over(session, world)


def _note(session: Session, world: World) -> Sent:
    path = f"/exercises/{_over(session, world).ref}/write-note"
    return Sent(TELCO, path, {"text": "The number was wrong."}, "text")


def _finding(session: Session, world: World) -> Sent:
    path = f"/exercises/{_over(session, world).ref}/add-finding"
    typed = {"text": "Test the numbers", "organisation": str(world.organisations["telco"].id)}
    return Sent(TELCO, path, typed, "text")


def _take_up(session: Session, world: World) -> Sent:
    ref, number = found(session, world)
    path = f"/exercises/{ref}/take-up/{number}"
    addressee = str(world.organisations["peace"].id)
    return Sent(TELCO, path, {"addressee": addressee}, "addressee")


SCENES: dict[str, Scene] = {
    "exercises.add_finding": _finding,
    "exercises.answer": _answer,
    "exercises.draft_exercise": _exercise,
    "exercises.plan": _inject,
    "exercises.take_up": _take_up,
    "exercises.write_note": _note,
}
