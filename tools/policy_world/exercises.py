"""The scene of exercises."""

from datetime import timedelta
from typing import Any

from models.audience import Recipient
from models.exercises import (
    Exercise,
    ExerciseFinding,
    ExerciseInject,
    ExerciseParty,
    ExerciseSeat,
    ExerciseState,
)
from models.stakeholders import Role
from models.vocabulary import Tlp
from tools.policy_world.maker import BEGAN, NOW, Maker, Scene

STARTED = NOW - timedelta(minutes=20)


def exercises_scene(make: Maker) -> Scene:
    """Exercises in every state, one that is RED; with players, an observer and a controller."""
    home, listed, shut = (make.organisation() for _ in range(3))
    people = {
        "author": make.person(home),
        "liaison of the author's organisation": make.person(home),
        "player of the author's organisation": make.person(home),
        "observer of the author's organisation": make.person(home, Role.OBSERVER),
        "player": make.person(listed),
        "player of another party": make.person(listed, Role.OBSERVER),
        "observes the exercise": make.person(listed, Role.OBSERVER),
        "controller": make.person(listed, Role.OBSERVER),
        "on the list, without a role": make.person(listed),
        "with a role, not on the list": make.person(shut),
        "speaks for whom a finding is for": make.person(listed),
    }
    resources = {}
    for state in ExerciseState:
        resources[str(state), f"{Tlp.AMBER_STRICT}"] = _exercise(
            make, people, home, listed, state=state, tlp=Tlp.AMBER_STRICT
        )
    resources["running", "RED"] = _exercise(
        make, people, home, None, state=ExerciseState.RUNNING, tlp=Tlp.RED
    )
    return Scene(resources, people | make.platform_people())


def _exercise(
    make: Maker, people: dict[str, int], home: int, listed: int | None, **said: Any
) -> int:
    n, begun = next(make.numbers), said["state"] not in ("draft", "planned")
    exercise = make.put(
        Exercise(
            ref=f"X-{n}",
            organisation_id=home,
            author_id=people["author"],
            title=f"EXERCISE: X{n}",
            starts_at=STARTED,
            ends_at=STARTED + timedelta(minutes=40),
            zone="UTC",
            minutes=40,
            created_at=BEGAN,
            changed_at=STARTED,
            published_at=BEGAN if said["state"] != "draft" else None,
            started_at=STARTED if begun else None,
            **said,
        )
    )
    if listed is not None:
        make.put(Recipient(exercise_id=exercise.id, organisation_id=listed))
    for name in ("player", "player of the author's organisation"):
        make.put(Recipient(exercise_id=exercise.id, person_id=people[name]))
    of_it = {"exercise_id": exercise.id}
    parties = [make.put(ExerciseParty(number=n, name=f"Party {n}", **of_it)).id for n in (1, 2)]
    for name, role, party in (
        ("player", "player", parties[0]),
        ("player of the author's organisation", "player", parties[0]),
        ("with a role, not on the list", "player", parties[0]),
        ("player of another party", "player", parties[1]),
        ("observes the exercise", "observer", None),
        ("controller", "controller", None),
    ):
        seat = {"person_id": people[name], "role": role, "party_id": party, "since_at": BEGAN}
        make.put(ExerciseSeat(**of_it, **seat))
    inject = {"kind": "message", "title": "x", "for_all": True, "minute": 0}
    make.put(ExerciseInject(due_at=STARTED if begun else None, **inject, **of_it))
    finding = {"by_id": people["player"], "organisation_id": listed or home, "text": "x"}
    make.put(ExerciseFinding(at=NOW, **finding, **of_it))
    return int(exercise.id)
