"""The scene of units that stewards write: one in each state."""

from models.units import TrainingUnit, UnitState
from tools.policy_world.maker import BEGAN, Maker, Scene


def units_scene(make: Maker) -> Scene:
    """Somebody who reads, and all roles of the portal."""
    people = {"of some organisation": make.person(make.organisation())}
    resources = {}
    for state in UnitState:
        unit = make.put(
            TrainingUnit(
                ref=f"U-{next(make.numbers)}",
                state=state,
                language="en",
                title="When a journalist calls",
                summary="What to say.",
                minutes=5,
                lasts="year",
                body="## One\nWords.",
                questions="## Which?\n- [x] This.\n  It is.\n- [ ] That.\n  It is not.",
                sources="Our own | project",
                sections=1,
                asked=1,
                created_at=BEGAN,
                changed_at=BEGAN,
            )
        )
        resources[str(state), ""] = int(unit.id)
    return Scene(resources, people | make.platform_people())
