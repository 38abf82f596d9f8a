"""The scene of alternates: one in each state, and those that are to come, over, or without a side.

Of each the alternate and whoever is away belong to one organisation, but where it says otherwise.
"""

from datetime import timedelta

from models.alternates import Alternate, AlternateState
from models.stakeholders import Role
from tools.policy_world.maker import BEGAN, NOW, Maker, Scene

DAY = timedelta(days=1)


def alternates_scene(make: Maker) -> Scene:
    """The two, who named it, a colleague, administrators of theirs and of others, and all roles."""
    home, other = make.organisation(), make.organisation()
    people = {
        "away": make.person(home),
        "alternate": make.person(home),
        "administrator": make.person(home, Role.ADMIN),
        "colleague": make.person(home),
        "administrator of others": make.person(other, Role.ADMIN),
    }
    left = make.person(home, ended=True)
    people["alternate who left"] = left

    def put(state: AlternateState, **said: object) -> int:
        row = {
            "ref": f"B-{next(make.numbers)}",
            "organisation_id": home,
            "for_id": people["away"],
            "person_id": people["alternate"],
            "zone": "UTC",
            "begins_at": NOW - DAY,
            "ends_at": NOW + DAY,
            "declared_by_id": people["administrator"],
            "state": state,
            "created_at": BEGAN,
        }
        return int(make.put(Alternate(**row | said)).id)

    resources = {(str(state), ""): put(state) for state in AlternateState}
    accepted = AlternateState.ACCEPTED
    resources[str(accepted), "to come"] = put(accepted, begins_at=NOW + DAY / 2)
    resources[str(accepted), "over"] = put(accepted, ends_at=NOW)
    resources[str(accepted), "alternate left"] = put(accepted, person_id=left)
    resources[str(accepted), "role taken away"] = put(accepted, role=Role.MEDIATOR)
    return Scene(resources, people | make.platform_people())
