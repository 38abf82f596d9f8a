"""To whom a notice goes: the recipient list, its check, and "who will see this"."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, exists, func, select
from sqlalchemy.orm import Session, aliased

from models.notices import Notice, Recipient
from models.stakeholders import Membership, Organisation, Person, SharingGroup
from models.vocabulary import Tlp
from portal.access import Actor, standing_to, visible
from portal.relations import Relation, in_force
from portal.rules import (
    ADDRESSABLE,
    GROUPS,
    NOTICES,
    ORGANISATIONS,
    PEOPLE,
    addressees,
    allowed,
    own,
)
from portal.words import N_

MANY_PEOPLE = 50
SHOWN = 500


@dataclass(frozen=True)
class Addressing:
    """The recipient list: keys of organisations, groups and people, and the exceptions."""

    organisations: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    excepted_organisations: frozenset[int] = frozenset()
    excepted_people: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nobody is on the list."""
        return not (self.organisations or self.groups or self.people)

    def lines(self, notice_id: int) -> list[Recipient]:
        """The list as rows of a notice."""
        parts: tuple[tuple[str, frozenset[int], bool], ...] = (
            ("organisation_id", self.organisations, False),
            ("group_id", self.groups, False),
            ("person_id", self.people, False),
            ("organisation_id", self.excepted_organisations, True),
            ("person_id", self.excepted_people, True),
        )
        return [
            Recipient(notice_id=notice_id, excepted=excepted, **{column: key})
            for column, keys, excepted in parts
            for key in sorted(keys)
        ]

    def problems(self, session: Session, actor: Actor, tlp: Tlp, now: datetime) -> dict[str, str]:
        """What the marking or the directory does not allow, a message id for each field."""
        found = self._against_marking(tlp)
        people, organisations = (
            self.people | self.excepted_people,
            self.organisations | self.excepted_organisations,
        )
        for name, kind, keys in (
            ("organisations", ORGANISATIONS, organisations),
            ("groups", GROUPS, self.groups),
            ("people", PEOPLE, people),
        ):
            seen = visible(kind, actor, now, kind.model.id).where(kind.model.id.in_(keys))
            if keys and len(session.scalars(seen).all()) != len(keys):
                found.setdefault(name, N_("An entry of this list is not known here."))
        ceilings = session.scalars(
            select(SharingGroup.ceiling).where(SharingGroup.id.in_(self.groups))
        )
        if any(Tlp(ceiling).rank < tlp.rank for ceiling in ceilings):
            found.setdefault("groups", N_("This marking is stricter than the group may receive."))
        return found

    def _against_marking(self, tlp: Tlp) -> dict[str, str]:
        may_hold, found = ADDRESSABLE[tlp], {}
        if self.organisations and "organisation" not in may_hold:
            found["organisations"] = N_("TLP:RED reaches only people that you name one by one.")
        if self.groups and "group" not in may_hold:
            found["groups"] = N_("TLP:RED reaches only people that you name one by one.")
        if self.excepted_organisations | self.excepted_people and "exception" not in may_hold:
            found["exceptions"] = N_("This marking knows no exceptions; choose another marking.")
        if self.people & self.excepted_people:
            found["exceptions"] = N_("Somebody is both named and excepted.")
        if self.organisations & self.excepted_organisations:
            found["exceptions"] = N_("An organisation is both named and excepted.")
        return found


def write_list(session: Session, notice: Notice, to: Addressing) -> None:
    """Replace the recipient list of a notice."""
    session.execute(delete(Recipient).where(Recipient.notice_id == notice.id))
    session.add_all(to.lines(notice.id))
    session.flush()


def list_of(session: Session, notice_id: int) -> Addressing:
    """The recipient list of a notice."""
    rows = session.scalars(select(Recipient).where(Recipient.notice_id == notice_id)).all()

    def keys(column: str, excepted: bool) -> frozenset[int]:
        values = (getattr(row, column) for row in rows if row.excepted is excepted)
        return frozenset(value for value in values if value is not None)

    return Addressing(
        keys("organisation_id", False),
        keys("group_id", False),
        keys("person_id", False),
        keys("organisation_id", True),
        keys("person_id", True),
    )


@dataclass(frozen=True)
class Reach:
    """Who could read a notice: people with their organisations, and what is unusual about it."""

    everyone: bool
    people: tuple[tuple[str, str], ...]
    told: int
    organisations: tuple[str, ...]
    warnings: tuple[str, ...]


def reach_of(session: Session, notice: Notice, now: datetime) -> Reach:
    """Who could read this notice were it open, by the same sentence that will let them in."""
    everyone = notice.tlp in (Tlp.CLEAR, Tlp.GREEN)
    readers = (addressees if everyone else allowed) | own
    rows = session.execute(_people_with_homes(notice, readers, now)).all()
    told = standing_to(NOTICES, addressees, notice.id, now, Person.id).subquery()
    homes = tuple(sorted({row.home for row in rows if row.home}))
    return Reach(
        everyone=everyone,
        people=tuple((row.name, row.home or "") for row in rows),
        told=session.scalar(select(func.count()).select_from(told)) or 0,
        organisations=homes,
        warnings=tuple(_unusual(session, notice, everyone, len(rows), now)),
    )


def _people_with_homes(notice: Notice, relation: Relation, now: datetime) -> Select[Any]:
    membership, organisation = aliased(Membership), aliased(Organisation)
    home = (
        select(func.min(organisation.name))
        .join(membership, membership.organisation_id == organisation.id)
        .where(membership.person_id == Person.id, in_force(membership, now))
        .correlate(Person)
        .scalar_subquery()
        .label("home")
    )
    people = standing_to(NOTICES, relation, notice.id, now, Person.name, home)
    return people.order_by(home, Person.name).limit(SHOWN)


def _unusual(
    session: Session, notice: Notice, everyone: bool, people: int, now: datetime
) -> Iterator[str]:
    if everyone:
        yield N_("Everyone who is signed in will be able to read this.")
    if people > MANY_PEOPLE:
        yield N_("This reaches more than 50 people.")
    line, before, earlier = aliased(Recipient), aliased(Notice), aliased(Recipient)
    known = exists().where(
        before.organisation_id == notice.organisation_id,
        before.published_at.is_not(None),
        before.published_at <= now,
        earlier.notice_id == before.id,
        earlier.organisation_id == line.organisation_id,
    )
    new_faces = select(line.id).where(
        line.notice_id == notice.id,
        line.organisation_id.is_not(None),
        ~line.excepted,
        ~known.correlate(line),
    )
    if session.scalars(new_faces.limit(1)).first() is not None:
        yield N_("You have not written to every organisation on this list before.")
