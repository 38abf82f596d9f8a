"""E-mails of exercises: marked EXERCISE in the subject, without a word of any inject."""

from portal import exercises
from portal.db import writing
from portal.delivery import deliver
from tests.cast import World
from tests.exercises.builders import (
    BANK,
    MEDIATOR,
    TELCO,
    minute,
    over,
    planned,
)
from tests.jobs.test_delivery import PAPER, Memory
from tests.mail import whole


def test_subjects_say_exercise_and_nothing_says_what_an_inject_says(world: World) -> None:
    for tlp, titled in (("GREEN", True), ("AMBER+STRICT", False)):
        transport = Memory()
        with writing(world.sessions) as session:
            exercise = over(session, world, tlp=tlp)
            ref = exercise.ref
        deliver(world.sessions, transport, PAPER, minute(41))
        ours = [one for one in transport.emails if ref in str(one["Subject"])]
        assert len({str(one["Subject"]) for one in ours}) == 4
        for email in ours:
            said = whole(email)
            assert str(email["Subject"]).startswith(f"[TLP:{tlp}] EXERCISE {ref}: ")
            assert f"/exercises/{ref}" in said
            assert ("A wiper before a signing" in said) == titled
            for word in ("For the first", "Eleven", "switch off", "21:55", "guessed"):
                assert word not in said


def test_whoever_lost_their_role_gets_no_e_mail(world: World) -> None:
    transport = Memory()
    with writing(world.sessions) as session:
        exercise = planned(session, world)
        exercises.cancel(
            session, world.actors[MEDIATOR], exercise.ref, why="No room.", now=minute(1)
        )
    deliver(world.sessions, transport, PAPER, minute(2))
    subjects = [str(one["Subject"]) for one in transport.emails]
    assert all("cancelled" in one or "planned" in one for one in subjects if "X-" in one)
    assert any(world.actors[BANK].name in str(one["To"]) for one in transport.emails)
    assert any(world.actors[TELCO].name in str(one["To"]) for one in transport.emails)
