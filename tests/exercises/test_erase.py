"""Removing an exercise as a whole: no word of it is left but in the trail that there was one."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, inspect, select, text

from models.audience import Recipient
from models.base import Base
from models.exercises import Exercise, ExerciseFinding
from models.ledger import AuditEvent
from portal import commitments, exercises
from portal.commitments import Between, CommitmentText
from portal.db import reading, writing
from portal.errors import NotFound, Refused, TooLate
from portal.exercises.ending import PARTS
from portal.recipients import RecipientList
from portal.trail_check import first_fault
from tests.cast import World
from tests.exercises.builders import MEDIATOR, TELCO, minute, over, planned, running
from tests.exercises.test_take_up import found
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
STEWARD = "steward@portal"


def test_every_table_of_exercises_is_emptied(world: World) -> None:
    tables = {name for name in Base.metadata.tables if name.startswith("exercise_")}
    assert tables == {part.__tablename__ for part in PARTS} | {"exercise_findings"}
    with writing(world.sessions) as session:
        ref, number = found(session, world)
        commitment = commitments.draft_commitment(
            session,
            world.actors[TELCO],
            world.organisations["telco"].ref,
            text=CommitmentText(title="Test the numbers", tlp="AMBER"),
            with_whom=Between(world.organisations["peace"].id),
            to=RecipientList(),
            now=minute(52),
        )
        exercises.take_up(session, world.actors[TELCO], ref, number, commitment, minute(52))
        exercises.erase(session, world.actors[MEDIATOR], ref, minute(60))
    with reading(world.sessions) as session:
        exercise = session.scalars(select(Exercise).where(Exercise.ref == ref)).one()
        assert (exercise.state, exercise.title) == ("erased", "EXERCISE")
        kept = {
            column.key: getattr(exercise, column.key)
            for column in inspect(Exercise).columns
            if isinstance(getattr(exercise, column.key), str)
        }
        assert not any("wiper" in str(value).lower() for value in kept.values())
        for part in PARTS:
            assert session.scalar(select(func.count()).select_from(part)) == 0, part
        (finding,) = session.scalars(select(ExerciseFinding))
        assert (finding.text, finding.commitment_id) == ("", commitment.id)
        listed = select(Recipient.id).where(Recipient.exercise_id == exercise.id)
        assert session.scalars(listed).all() == []
        events = session.scalars(select(AuditEvent.verb).where(AuditEvent.ref == ref)).all()
        assert {"publish", "start", "release", "answer", "conclude", "erase"} <= set(events)
        assert first_fault(session) is None


def test_search_forgets_its_words(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = over(session, world).ref
    mediator = visit(MEDIATOR)
    assert ref in mediator.get("/search?q=eleven").text
    mediator.follow(mediator.post(f"/exercises/{ref}/erase"))
    for word in ("eleven", "signing", "guessed"):
        assert ref not in mediator.get(f"/search?q={word}").text
    with reading(world.sessions) as session:
        for table in ("exercise_words", "exercise_inject_words"):
            hits = f"SELECT count(*) FROM {table} WHERE {table} MATCH 'eleven OR signing'"
            assert session.execute(text(hits)).scalar() == 0
    assert "content removed" in mediator.get(f"/exercises/{ref}").words


def test_the_steward_removes_what_is_closed_without_reading_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = over(session, world).ref
        with pytest.raises(NotFound):
            exercises.erase(session, world.actors[STEWARD], ref, minute(60))
        exercises.close(session, world.actors[MEDIATOR], ref, minute(60))
    steward = visit(STEWARD)
    page = steward.get(f"/exercises/{ref}")
    assert page.status == 200
    assert "wiper" not in page.text
    assert "Eleven" not in page.text
    steward.post(f"/exercises/{ref}/erase")
    assert steward.get(f"/exercises/{ref}").status == 404


def test_what_runs_or_is_planned_is_concluded_or_cancelled_first(world: World) -> None:
    with writing(world.sessions) as session:
        for make in (planned, running):
            ref = make(session, world).ref
            with pytest.raises(TooLate):
                exercises.erase(session, world.actors[MEDIATOR], ref, minute(1))
            with pytest.raises(Refused):
                exercises.erase(session, world.actors[TELCO], ref, minute(1))
