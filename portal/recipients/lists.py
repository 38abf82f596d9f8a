"""To whom a resource goes: the recipient list, and its check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.stakeholders import SharingGroup
from models.vocabulary import Tlp
from portal.access import Actor, visible
from portal.relations import recipient_column
from portal.rules import ADDRESSABLE, GROUPS, ORGANISATIONS, PEOPLE, PROCESSES
from portal.words import N_


@dataclass(frozen=True)
class RecipientList:
    """The recipient list: keys of organisations, groups, processes, people, and the exceptions."""

    organisations: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    processes: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    excepted_organisations: frozenset[int] = frozenset()
    excepted_people: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nobody is on the list."""
        return not (self.organisations or self.groups or self.processes or self.people)

    def lines(self, resource: Any) -> list[Recipient]:
        """The list as rows of a resource."""
        parts: tuple[tuple[str, frozenset[int], bool], ...] = (
            ("organisation_id", self.organisations, False),
            ("group_id", self.groups, False),
            ("process_id", self.processes, False),
            ("person_id", self.people, False),
            ("organisation_id", self.excepted_organisations, True),
            ("person_id", self.excepted_people, True),
        )
        return [
            Recipient(excepted=excepted, **{recipient_column(resource): resource.id, column: key})
            for column, keys, excepted in parts
            for key in sorted(keys)
        ]

    def problems(
        self,
        session: Session,
        actor: Actor,
        tlp: Tlp,
        now: datetime,
        kept: "RecipientList | None" = None,
    ) -> dict[str, str]:
        """What the marking or the directory does not allow, a message id for each field.

        Entries of `kept`, the list as it stood, may stay though this writer cannot see them.
        """
        found, before = self._against_marking(tlp), kept or RecipientList()
        for name, resource_type, keys in (
            ("organisations", ORGANISATIONS, self._every("organisations", before)),
            ("groups", GROUPS, self.groups - before.groups),
            ("processes", PROCESSES, self.processes - before.processes),
            ("people", PEOPLE, self._every("people", before)),
        ):
            seen = visible(resource_type, actor, now, resource_type.model.id).where(
                resource_type.model.id.in_(keys)
            )
            if keys and len(session.scalars(seen).all()) != len(keys):
                found.setdefault(name, N_("An entry of this list is not in the portal."))
        ceilings = session.scalars(
            select(SharingGroup.ceiling).where(SharingGroup.id.in_(self.groups))
        )
        if any(Tlp(ceiling).rank < tlp.rank for ceiling in ceilings):
            found.setdefault("groups", N_("The marking is stricter than the group may receive."))
        return found

    def _every(self, name: str, before: "RecipientList") -> frozenset[int]:
        return self._both(name) - before._both(name)

    def _both(self, name: str) -> frozenset[int]:
        wanted: frozenset[int] = getattr(self, name)
        excepted: frozenset[int] = getattr(self, f"excepted_{name}")
        return wanted | excepted

    def _against_marking(self, tlp: Tlp) -> dict[str, str]:
        may_hold, found = ADDRESSABLE[tlp], {}
        if self.organisations and "organisation" not in may_hold:
            found["organisations"] = N_("TLP:RED reaches only people named individually.")
        if self.groups and "group" not in may_hold:
            found["groups"] = N_("TLP:RED reaches only people named individually.")
        if self.processes and "process" not in may_hold:
            found["processes"] = N_("TLP:RED reaches only people named individually.")
        if self.excepted_organisations | self.excepted_people and "exception" not in may_hold:
            found["exceptions"] = N_("This marking allows no exclusions; choose another marking.")
        if self.people & self.excepted_people:
            found["exceptions"] = N_("Someone is both named and excluded.")
        if self.organisations & self.excepted_organisations:
            found["exceptions"] = N_("An organisation is both named and excluded.")
        return found


def lines_of(session: Session, resource: Any) -> Sequence[Recipient]:
    """The recipient list of a resource as rows."""
    key = getattr(Recipient, recipient_column(resource))
    return session.scalars(select(Recipient).where(key == resource.id)).all()


def write_list(session: Session, resource: Any, to: RecipientList, now: datetime) -> None:
    """Replace the recipient list of a resource; an exception that stays keeps its beginning."""
    key = getattr(Recipient, recipient_column(resource))
    made = {
        (row.organisation_id, row.person_id): row.excepted_since
        for row in lines_of(session, resource)
        if row.excepted
    }
    session.execute(delete(Recipient).where(key == resource.id))
    lines = to.lines(resource)
    for line in lines:
        if line.excepted:
            line.excepted_since = made.get((line.organisation_id, line.person_id), now)
    session.add_all(lines)
    session.flush()


def list_of(session: Session, resource: Any) -> RecipientList:
    """The recipient list of a resource."""
    rows = lines_of(session, resource)

    def keys(column: str, excepted: bool = False) -> frozenset[int]:
        values = (getattr(row, column) for row in rows if row.excepted is excepted)
        return frozenset(value for value in values if value is not None)

    return RecipientList(
        keys("organisation_id"),
        keys("group_id"),
        keys("process_id"),
        keys("person_id"),
        keys("organisation_id", True),
        keys("person_id", True),
    )
