"""Publishing: recipients are notified, and nobody has a role who could not read it."""

import pytest

from portal import exercises
from portal.db import writing
from portal.errors import Invalid
from portal.recipients import RecipientList
from tests.cast import NOW, World
from tests.exercises.builders import (
    CLOUD,
    MEDIATOR,
    TELCO,
    drafted,
    inject,
    notified,
    planned,
    seated,
    text,
)
from tests.factories import to


def test_its_recipients_are_notified_and_see_their_role(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = planned(session, world)
        assert {TELCO, CLOUD} <= set(notified(session, world, "publish"))
        assert MEDIATOR not in notified(session, world, "publish")
        found = exercises.read(session, world.actors[TELCO], exercise.ref, NOW)
        assert found.mine is not None
        assert found.party(found.mine.party_id) == "Telephone company"
        assert exercise.edition == 1


def test_without_recipients_or_after_its_start_it_stays_a_draft(world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
        exercise = exercises.read(session, world.actors[MEDIATOR], ref, NOW).exercise
        late = exercise.starts_at.replace(year=2037)
        with pytest.raises(Invalid, match="starts"):
            exercises.publish(session, world.actors[MEDIATOR], ref, late)
    with writing(world.sessions) as session:
        exercises.edit(
            session,
            world.actors[MEDIATOR],
            ref,
            text=text(),
            to=RecipientList(),
            version=exercise.version,
            now=NOW,
        )
        with pytest.raises(Invalid, match="organisations"):
            exercises.publish(session, world.actors[MEDIATOR], ref, NOW)


def test_a_role_for_somebody_who_is_no_recipient_is_refused(world: World) -> None:
    with writing(world.sessions) as session:
        exercise = drafted(session, world)
        seated(session, world, exercise)
        exercises.edit(
            session,
            world.actors[MEDIATOR],
            exercise.ref,
            text=text(),
            to=to(world, "telco"),
            version=exercise.version,
            now=NOW,
        )
        with pytest.raises(Invalid, match="seats"):
            exercises.publish(session, world.actors[MEDIATOR], exercise.ref, NOW)


def test_an_inject_to_nobody_is_refused(world: World) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid, match="parties"):
        inject(session, world, drafted(session, world), for_all=False)
