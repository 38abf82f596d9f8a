"""The scene of completions: one in each state."""

from models.stakeholders import Role
from models.training import Completion, CompletionState
from tools.policy_world.maker import BEGAN, Maker, Scene


def training_scene(make: Maker) -> Scene:
    """Its learner, a colleague, an administrator of theirs and one of others, and all roles."""
    home, other = make.organisation(), make.organisation()
    people = {
        "learner": make.person(home),
        "colleague": make.person(home),
        "administrator": make.person(home, Role.ADMIN),
        "administrator of others": make.person(other, Role.ADMIN),
    }
    resources = {}
    for state in CompletionState:
        completion = make.put(
            Completion(
                ref=f"T-{next(make.numbers)}",
                person_id=people["learner"],
                unit="tlp",
                state=state,
                created_at=BEGAN,
                changed_at=BEGAN,
            )
        )
        resources[str(state), ""] = int(completion.id)
    return Scene(resources, people | make.platform_people())
