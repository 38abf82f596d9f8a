"""The scene of the library: a clause in use and a retired one."""

from models.norms import Clause, ClauseState
from tools.policy_world.maker import BEGAN, Maker, Scene


def clauses_scene(make: Maker) -> Scene:
    """A clause in each state, beside those that every library begins with."""
    people = {"of some organisation": make.person(make.organisation())}
    resources = {}
    for state in ClauseState:
        clause = make.put(
            Clause(
                ref=f"L-{next(make.numbers)}",
                state=state,
                title="A promise",
                body="We promise [what].",
                how_known="The verifier looks.",
                theme="notice-contacts",
                norms=[],
                days=30,
                changed_at=BEGAN,
            )
        )
        resources[str(state), ""] = int(clause.id)
    return Scene(resources, people | make.platform_people())
