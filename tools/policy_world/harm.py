"""The scene of harm."""

from models.audience import Recipient
from models.harm import Harm, HarmState
from models.stakeholders import Client, Role
from models.vocabulary import Tlp
from tools.policy_world.maker import BEGAN, Maker, Scene

NOT_OUT = (HarmState.DRAFT, HarmState.ASKED)


def harm_scene(make: Maker) -> Scene:
    """Rows in every marking and state, with an organisation on the list, and one taken out."""
    home, listed, shut, buyer = (make.organisation() for _ in range(4))
    make.put(Client(provider_id=listed, client_id=buyer))
    people = {
        "author": make.person(home),
        "liaison of the author's organisation": make.person(home),
        "observer of the author's organisation": make.person(home, Role.OBSERVER),
        "named": make.person(shut),
        "in a listed organisation": make.person(listed, Role.OBSERVER),
        "client of a listed organisation": make.person(buyer),
        "in an excepted organisation": make.person(shut),
    }
    resources = {}
    for state in HarmState:
        for tlp in Tlp:
            n = next(make.numbers)
            row = make.put(
                Harm(
                    ref=f"E-{n}",
                    organisation_id=home,
                    author_id=people["author"],
                    state=state,
                    tlp=tlp,
                    title=f"E{n}",
                    category="economic",
                    verified="memory",
                    created_at=BEGAN,
                    changed_at=BEGAN,
                    published_at=None if state in NOT_OUT else BEGAN,
                )
            )
            make.put(Recipient(harm_id=row.id, organisation_id=listed))
            make.put(Recipient(harm_id=row.id, organisation_id=shut, excepted=True))
            make.put(Recipient(harm_id=row.id, person_id=people["named"]))
            resources[str(state), f"{tlp}"] = int(row.id)
    return Scene(resources, people | make.platform_people())
