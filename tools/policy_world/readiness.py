"""The scene of self-checks: one in each state."""

from models.readiness import CheckState, Scope, SelfCheck
from tools.policy_world.maker import BEGAN, Maker, Scene


def readiness_scene(make: Maker) -> Scene:
    """Its respondent, a colleague of theirs, and everybody with a role."""
    home = make.organisation()
    people = {"respondent": make.person(home), "colleague": make.person(home)}
    resources = {}
    for state in CheckState:
        check = make.put(
            SelfCheck(
                ref=f"Q-{next(make.numbers)}",
                person_id=people["respondent"],
                scope=Scope.PERSON,
                state=state,
                created_at=BEGAN,
                changed_at=BEGAN,
            )
        )
        resources[str(state), ""] = int(check.id)
    return Scene(resources, people | make.platform_people())
