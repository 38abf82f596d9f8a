"""The scene of processes."""

from models.processes import Part, Phase, Process, Seat
from models.stakeholders import Client, OrganisationKind, Role, Standing
from tools.policy_world.maker import BEGAN, Maker, Scene


def processes_scene(make: Maker) -> Scene:
    """Processes in each phase, with seats that are open to one another and hidden."""
    body = make.organisation(kind=OrganisationKind.MEDIATION)
    party, watching, buyer = (make.organisation() for _ in range(3))
    stopped = make.organisation(Standing.SUSPENDED)
    make.put(Client(provider_id=party, client_id=buyer))
    team = {
        "mediator on the team": make.person(body, Role.MEDIATOR),
        "coordinator on the team": make.person(body, Role.COORDINATOR),
        "on the team, left the body": make.person(body, Role.MEDIATOR, ended=True),
        "on the team, only observes for the body now": make.person(body, Role.OBSERVER),
    }
    by_name = {
        "party by name": make.person(make.organisation()),
        "party by name, suspended": make.person(party, state=Standing.SUSPENDED),
    }
    others = {
        "coordinator of the body, not on the team": make.person(body, Role.COORDINATOR),
        "in a party organisation": make.person(party, Role.OBSERVER),
        "left a party organisation": make.person(party, ended=True),
        "in a party organisation that is suspended": make.person(stopped),
        "in an observer organisation": make.person(watching),
        "client of a party organisation": make.person(buyer),
    }
    seats = [{"person_id": key, "part": Part.TEAM} for key in team.values()]
    seats += [{"person_id": key, "part": Part.PARTY} for key in by_name.values()]
    seats += [{"organisation_id": key, "part": Part.PARTY} for key in (party, stopped)]
    seats += [{"organisation_id": watching, "part": Part.OBSERVER}]
    resources = {}
    for phase in Phase:
        for variant, seen in (("seats are open", True), ("seats are hidden", False)):
            n = next(make.numbers)
            row = Process(
                ref=f"S-{n}",
                organisation_id=body,
                cover_name=f"S{n}",
                state=phase,
                open_seats=seen,
                created_at=BEGAN,
                changed_at=BEGAN,
            )
            resources[str(phase), variant] = key = int(make.put(row).id)
            for seat in seats:
                make.put(Seat(process_id=key, **seat))
    return Scene(resources, team | by_name | others | make.platform_people())
