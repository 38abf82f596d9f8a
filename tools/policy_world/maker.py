"""What the scenes of the golden matrix are made of: people, organisations, groups."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from models.stakeholders import (
    Appointment,
    Membership,
    Organisation,
    OrganisationKind,
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


@dataclass(frozen=True)
class Scene:
    """Resources of one noun, by state and variant, and the people who look at each.

    A person's key may be `ONESELF`: then it is the key of the resource itself.
    """

    resources: dict[tuple[str, str], int]
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

    def organisation(
        self,
        state: Standing = Standing.ACTIVE,
        kind: OrganisationKind = OrganisationKind.COMPANY,
    ) -> int:
        """An organisation."""
        n = next(self.numbers)
        row = Organisation(
            ref=f"O-{n}", name=f"O{n}", kind=kind, country="FI", state=state, created_at=BEGAN
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
