"""A small world for the golden matrix: for each noun, one person for each way to stand to it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.notices import Notice, NoticeState, Receipt
from models.office import Office
from models.stakeholders import (
    Appointment,
    Client,
    GroupMember,
    Membership,
    Organisation,
    Person,
    PlatformRole,
    Role,
    SharingGroup,
    Standing,
)
from models.vocabulary import Tlp

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
BEGAN, LEFT_AT = NOW - timedelta(days=90), NOW - timedelta(days=1)
ONESELF = 0
TAKEN_OUT = ("in a listed organisation, excepted", "client of a listed organisation, excepted")


@dataclass(frozen=True)
class Scene:
    """Matters of one noun, by state and variant, and the people who look at each.

    A person's key may be `ONESELF`: then it is the key of the matter itself.
    """

    matters: dict[tuple[str, str], int]
    people: dict[str, int]


class Maker:
    """Puts rows into an empty database; references and names are numbered."""

    def __init__(self, session: Session) -> None:
        self.session, self.numbers = session, count(1)

    def put(self, row: Any) -> Any:
        """Add one row and learn its key."""
        self.session.add(row)
        self.session.flush()
        return row

    def organisation(self, state: Standing = Standing.ACTIVE) -> int:
        """An organisation."""
        n = next(self.numbers)
        row = Organisation(
            ref=f"O-{n}", name=f"O{n}", kind="company", country="FI", state=state, created_at=BEGAN
        )
        return int(self.put(row).id)

    def person(
        self,
        home: int | None = None,
        role: Role = Role.LIAISON,
        *,
        state: Standing = Standing.ACTIVE,
        ended: bool = False,
    ) -> int:
        """A person, in a role of an organisation where one is given."""
        n = next(self.numbers)
        person = self.put(
            Person(
                ref=f"P-{n}", name=f"P{n}", email=f"{n}@x.example", state=state, created_at=BEGAN
            )
        )
        if home is not None:
            self.put(
                Membership(
                    person_id=person.id,
                    organisation_id=home,
                    role=role,
                    begins_at=BEGAN,
                    ends_at=LEFT_AT if ended else None,
                )
            )
        return int(person.id)

    def appointed(self, role: PlatformRole, *, ended: bool = False) -> int:
        """A person with a platform role."""
        person = self.person()
        self.appoint(person, role, ended=ended)
        return person

    def appoint(self, person: int, role: PlatformRole, *, ended: bool = False) -> None:
        """Give a person a platform role."""
        over = LEFT_AT if ended else None
        self.put(Appointment(person_id=person, role=role, begins_at=BEGAN, ends_at=over))

    def group(self, owner: int, state: str = "active", *, open_list: bool = True) -> int:
        """A sharing group without members."""
        n = next(self.numbers)
        row = SharingGroup(
            ref=f"G-{n}",
            name=f"G{n}",
            organisation_id=owner,
            ceiling=Tlp.RED,
            open_list=open_list,
            state=state,
            created_at=BEGAN,
        )
        return int(self.put(row).id)

    def platform_people(self) -> dict[str, int]:
        """One person for each platform role, a steward whose time is over, and an outsider."""
        people = {f"{role}": self.appointed(role) for role in PlatformRole}
        people["steward until yesterday"] = self.appointed(PlatformRole.STEWARD, ended=True)
        people["outsider"] = self.person(self.organisation())
        return people


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
    for key in (in_group, shut):
        make.put(GroupMember(group_id=group, organisation_id=key))
    make.put(GroupMember(group_id=group, person_id=people["on a listed group by name"]))
    lines: list[dict[str, Any]] = [
        {"organisation_id": listed},
        {"organisation_id": stopped},
        {"group_id": group},
        {"organisation_id": shut, "excepted": True},
    ]
    for label, key in people.items():
        if label.startswith("named"):
            lines.append({"person_id": key})
        elif label in TAKEN_OUT:
            lines.append({"person_id": key, "excepted": True})
    matters = _notices(make, home, people, lines)
    return Scene(matters, people | make.platform_people())


def _notices(
    make: Maker, home: int, people: dict[str, int], lines: list[dict[str, Any]]
) -> dict[tuple[str, str], int]:
    matters = {}
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
            matters[state, f"{tlp}"] = int(notice.id)
    return matters


def organisations_scene(make: Maker) -> Scene:
    """An organisation in each state, with the same people in it."""
    people = make.platform_people()
    homes = {str(state): make.organisation(state) for state in Standing}
    for label, role, ended in [
        *((f"{role}", role, False) for role in Role),
        ("admin until yesterday", Role.ADMIN, True),
    ]:
        people[label] = make.person()
        for home in homes.values():
            over = LEFT_AT if ended else None
            row = {"role": role, "begins_at": BEGAN, "ends_at": over}
            make.put(Membership(person_id=people[label], organisation_id=home, **row))
    return Scene({(state, ""): home for state, home in homes.items()}, people)


def people_scene(make: Maker) -> Scene:
    """Entries of people in each state: somebody others turn to, somebody not, a steward."""
    home = make.organisation()
    viewers = {
        "oneself": ONESELF,
        "colleague": make.person(home, Role.OBSERVER),
        "admin of the organisation": make.person(home, Role.ADMIN),
        "admin of another organisation": make.person(make.organisation(), Role.ADMIN),
    }
    matters = {}
    for state in Standing:
        matters[str(state), "a liaison"] = make.person(home, state=state)
        matters[str(state), "an observer"] = make.person(home, Role.OBSERVER, state=state)
        steward = make.person(home, Role.OBSERVER, state=state)
        make.appoint(steward, PlatformRole.STEWARD)
        matters[str(state), "a steward"] = steward
    return Scene(matters, viewers | make.platform_people())


def groups_scene(make: Maker) -> Scene:
    """Sharing groups, with an open and with a hidden list of members."""
    owner, member = make.organisation(), make.organisation()
    people = {f"{role} of the owner": make.person(owner, role) for role in Role}
    people["member by name"] = make.person(make.organisation())
    people["in a member organisation"] = make.person(member, Role.OBSERVER)
    matters = {}
    for state in (Standing.ACTIVE, Standing.LEFT):
        for variant, seen in (("members see one another", True), ("members are hidden", False)):
            group = make.group(owner, state, open_list=seen)
            make.put(GroupMember(group_id=group, organisation_id=member))
            make.put(GroupMember(group_id=group, person_id=people["member by name"]))
            matters[str(state), variant] = group
    return Scene(matters, people | make.platform_people())


def office_scene(make: Maker) -> Scene:
    """The office itself."""
    key = make.session.scalars(select(Office.id)).one()
    return Scene({("open", ""): key}, make.platform_people())


SCENES: dict[str, Callable[[Maker], Scene]] = {
    "notices": notices_scene,
    "organisations": organisations_scene,
    "people": people_scene,
    "groups": groups_scene,
    "office": office_scene,
}
