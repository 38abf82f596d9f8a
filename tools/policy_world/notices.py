"""The scene of notices."""

from typing import Any

from models.audience import Recipient
from models.notices import Notice, NoticeState, Receipt
from models.processes import Part, Process, Seat
from models.stakeholders import Client, GroupMember, OrganisationKind, Role, Standing
from models.vocabulary import Tlp
from tools.policy_world.maker import BEGAN, NOW, Maker, Scene

TAKEN_OUT = ("in a listed organisation, excepted", "client of a listed organisation, excepted")


def notices_scene(make: Maker) -> Scene:
    """Notices in every marking and state, with every kind of line on the recipient list."""
    home, listed, in_group, shut, far = (make.organisation() for _ in range(5))
    stopped = make.organisation(Standing.SUSPENDED)
    buyer, group_buyer = make.organisation(), make.organisation()
    make.put(Client(provider_id=listed, client_id=buyer))
    make.put(Client(provider_id=in_group, client_id=group_buyer))
    group = make.group(home)
    people = {
        "author": make.person(home),
        "liaison of the author's organisation": make.person(home),
        "observer of the author's organisation": make.person(home, Role.OBSERVER),
        "liaison who left the author's organisation": make.person(home, ended=True),
        "named": make.person(far),
        "named, has acknowledged": make.person(far),
        "named, in the author's organisation": make.person(home, Role.OBSERVER),
        "named, organisation excepted": make.person(shut),
        "named, suspended": make.person(far, state=Standing.SUSPENDED),
        "in a listed organisation": make.person(listed, Role.OBSERVER),
        "in a listed organisation, excepted": make.person(listed),
        "left a listed organisation": make.person(listed, ended=True),
        "in a listed organisation that is suspended": make.person(stopped),
        "on a listed group by name": make.person(far),
        "in an organisation of a listed group": make.person(in_group),
        "in an organisation of a listed group, organisation excepted": make.person(shut),
        "client of a listed organisation": make.person(buyer),
        "client of a listed organisation, excepted": make.person(buyer),
        "client of an organisation of a listed group": make.person(group_buyer),
    }
    process, seated = at_the_table(make, far, shut)
    people |= seated
    for key in (in_group, shut):
        make.put(GroupMember(group_id=group, organisation_id=key))
    make.put(GroupMember(group_id=group, person_id=people["on a listed group by name"]))
    lines: list[dict[str, Any]] = [
        {"organisation_id": listed},
        {"organisation_id": stopped},
        {"group_id": group},
        {"process_id": process},
        {"organisation_id": shut, "excepted": True},
    ]
    for label, key in people.items():
        if label.startswith("named"):
            lines.append({"person_id": key})
        elif label in TAKEN_OUT:
            lines.append({"person_id": key, "excepted": True})
    resources = _notices(make, home, people, lines)
    return Scene(resources, people | make.platform_people())


def at_the_table(make: Maker, far: int, shut: int) -> tuple[int, dict[str, int]]:
    """A process to name on a list, and the people whom it reaches; `shut` is to be excepted."""
    seated, buyer = make.organisation(), make.organisation()
    make.put(Client(provider_id=seated, client_id=buyer))
    people = {
        "with a seat in a listed process by name": make.person(far),
        "in an organisation with a seat in a listed process": make.person(seated),
        "in an organisation with a seat in a listed process, excepted": make.person(shut),
        "client of an organisation with a seat in a listed process": make.person(buyer),
    }
    n = next(make.numbers)
    row = Process(
        ref=f"S-{n}",
        organisation_id=make.organisation(kind=OrganisationKind.MEDIATION),
        cover_name=f"S{n}",
        created_at=BEGAN,
        changed_at=BEGAN,
    )
    key = int(make.put(row).id)
    by_name = people["with a seat in a listed process by name"]
    make.put(Seat(process_id=key, person_id=by_name, part=Part.PARTY))
    make.put(Seat(process_id=key, organisation_id=seated, part=Part.PARTY))
    make.put(Seat(process_id=key, organisation_id=shut, part=Part.OBSERVER))
    return key, people


def _notices(
    make: Maker, home: int, people: dict[str, int], lines: list[dict[str, Any]]
) -> dict[tuple[str, str], int]:
    resources = {}
    states = [(str(state), state != NoticeState.DRAFT) for state in NoticeState]
    for state, out in [*states, (f"{NoticeState.WITHDRAWN} before it was published", False)]:
        for tlp in Tlp:
            n = next(make.numbers)
            notice = make.put(
                Notice(
                    ref=f"N-{n}",
                    organisation_id=home,
                    author_id=people["author"],
                    state=state.partition(" ")[0],
                    tlp=tlp,
                    pap="CLEAR",
                    kind="other",
                    title=f"N{n}",
                    created_at=BEGAN,
                    changed_at=BEGAN,
                    published_at=BEGAN if out else None,
                    edition=int(out),
                )
            )
            for line in lines:
                make.put(Recipient(notice_id=notice.id, **line))
            receipt = {"notice_id": notice.id, "edition": 1, "acknowledged_at": NOW}
            make.put(Receipt(person_id=people["named, has acknowledged"], **receipt))
            resources[state, f"{tlp}"] = int(notice.id)
    return resources
