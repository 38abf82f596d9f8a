"""The scenes of organisations, people, sharing groups and the office."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from models.offers import Offer, OfferState, Tie
from models.office import Office
from models.stakeholders import (
    GroupMember,
    Membership,
    OrganisationKind,
    PlatformRole,
    Role,
    Standing,
)
from tools.policy_world.maker import BEGAN, LEFT_AT, NOW, ONESELF, Maker, Scene


def organisations_scene(make: Maker) -> Scene:
    """A company and a mediation body in each state, with the same people in them."""
    people = make.platform_people()
    homes = {
        (str(state), variant): make.organisation(state, kind)
        for state in Standing
        for variant, kind in (
            ("a company", OrganisationKind.COMPANY),
            ("a mediation body", OrganisationKind.MEDIATION),
        )
    }
    for label, role, ended in [
        *((f"{role}", role, False) for role in Role),
        ("admin until yesterday", Role.ADMIN, True),
    ]:
        people[label] = make.person()
        for home in homes.values():
            over = LEFT_AT if ended else None
            row = {"role": role, "begins_at": BEGAN, "ends_at": over}
            make.put(Membership(person_id=people[label], organisation_id=home, **row))
    return Scene(homes, people)


def people_scene(make: Maker) -> Scene:
    """Entries of people in each state: somebody others turn to, somebody not, a steward."""
    home = make.organisation()
    viewers = {
        "oneself": ONESELF,
        "colleague": make.person(home, Role.OBSERVER),
        "admin of the organisation": make.person(home, Role.ADMIN),
        "admin of another organisation": make.person(make.organisation(), Role.ADMIN),
    }
    resources = {}
    for state in Standing:
        resources[str(state), "a liaison"] = make.person(home, state=state)
        resources[str(state), "an observer"] = make.person(home, Role.OBSERVER, state=state)
        steward = make.person(home, Role.OBSERVER, state=state)
        make.appoint(steward, PlatformRole.STEWARD)
        resources[str(state), "a steward"] = steward
    return Scene(resources, viewers | make.platform_people())


def groups_scene(make: Maker) -> Scene:
    """Sharing groups, with an open and with a hidden list of members."""
    owner, member = make.organisation(), make.organisation()
    people = {f"{role} of the owner": make.person(owner, role) for role in Role}
    people["member by name"] = make.person(make.organisation())
    people["in a member organisation"] = make.person(member, Role.OBSERVER)
    resources = {}
    for state in (Standing.ACTIVE, Standing.LEFT):
        for variant, seen in (("members see one another", True), ("members are hidden", False)):
            group = make.group(owner, state, open_list=seen)
            make.put(GroupMember(group_id=group, organisation_id=member))
            make.put(GroupMember(group_id=group, person_id=people["member by name"]))
            resources[str(state), variant] = group
    return Scene(resources, people | make.platform_people())


def offers_scene(make: Maker) -> Scene:
    """Offers of each sort in each state, and one that has expired."""
    home, other, owner = (make.organisation() for _ in range(3))
    group = make.group(owner)
    people = {
        "invited person": make.person(),
        "admin of the inviting organisation": make.person(home, Role.ADMIN),
        "liaison of the inviting organisation": make.person(home),
        "admin of the invited organisation": make.person(other, Role.ADMIN),
        "liaison of the invited organisation": make.person(other),
        "keeper of the group": make.person(owner, Role.LIAISON),
        "observer of the owner": make.person(owner, Role.OBSERVER),
        "who made it": make.person(),
    }
    sorts = {
        "to a member": {"tie": Tie.MEMBER, "organisation_id": home, "role": Role.LIAISON},
        "to an officer": {"tie": Tie.OFFICE, "role": PlatformRole.STEWARD},
        "to a client": {"tie": Tie.CLIENT, "organisation_id": home, "to_organisation_id": other},
        "to an organisation, into a group": {
            **{"tie": Tie.GROUP, "organisation_id": owner, "group_id": group},
            "to_organisation_id": other,
        },
        "to the owner, into its group": {
            **{"tie": Tie.GROUP, "organisation_id": owner, "group_id": group},
            "to_organisation_id": owner,
        },
        "to a person, into a group": {
            **{"tie": Tie.GROUP, "organisation_id": owner, "group_id": group}
        },
    }
    resources = {}
    for state in OfferState:
        for variant, said in sorts.items():
            resources[str(state), variant] = _offer(make, people, state, said, NOW)
        late = _offer(make, people, state, sorts["to a member"], BEGAN)
        resources[str(state), "to a member, expired"] = late
    return Scene(resources, people | make.platform_people())


def _offer(
    make: Maker, people: dict[str, int], state: OfferState, said: dict[str, Any], until: datetime
) -> int:
    n = next(make.numbers)
    whom = {} if "to_organisation_id" in said else {"person_id": people["invited person"]}
    row = Offer(
        ref=f"V-{n}",
        name="X",
        email="x@x.example",
        same_as=str(n),
        by_id=people["who made it"],
        state=state,
        created_at=BEGAN,
        expires_at=until + timedelta(hours=1),
        **said,
        **whom,
    )
    return int(make.put(row).id)


def office_scene(make: Maker) -> Scene:
    """The office itself."""
    key = make.session.scalars(select(Office.id)).one()
    return Scene({("open", ""): key}, make.platform_people())
