"""How a person can stand to a matter, each said once, in SQL.

A relation is asked with a matter (the mapped class, or an alias of it), with `who` (a person's key,
as a value or as the column `Person.id`) and with the time. With a value it answers "may she", with
the column "everybody who may": see `portal.access`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, true
from sqlalchemy.orm import aliased

from models.ledger import AuditEvent
from models.notices import Receipt, Recipient
from models.stakeholders import (
    Appointment,
    Client,
    GroupMember,
    Invitation,
    Membership,
    Organisation,
    Person,
    PlatformRole,
    Role,
    SharingGroup,
    Standing,
)
from models.vocabulary import Tlp

Who = Any
Clause = ColumnElement[bool]

# One alias for each place where a sentence looks, made once: making them anew at each question
# costs more than the question. No sentence uses an alias inside a sentence that uses it already.
P = aliased(Person, name="law_p")
IN, AT = aliased(Membership, name="law_in"), aliased(Organisation, name="law_at")
BESIDE, SPEAKS, SPEAKS_FOR = (
    aliased(Membership, name="law_beside"),
    aliased(Membership, name="law_speaks"),
    aliased(Organisation, name="law_speaks_for"),
)
POST, LETTER, RECEIPT = (
    aliased(Appointment, name="law_post"),
    aliased(Invitation, name="law_letter"),
    aliased(Receipt, name="law_receipt"),
)
ON, GROUP, LINE = (
    aliased(GroupMember, name="law_on"),
    aliased(SharingGroup, name="law_group"),
    aliased(Recipient, name="law_line"),
)
MATE, CIRCLE = aliased(GroupMember, name="law_mate"), aliased(SharingGroup, name="law_circle")
OPENING = aliased(AuditEvent, name="law_opening")
BUYS, SELLER = aliased(Client, name="law_buys"), aliased(Organisation, name="law_seller")


@dataclass(frozen=True)
class Relation:
    """A named sentence of the law; `|`, `&` and `~` join sentences."""

    name: str
    clause: Callable[[Any, Who, datetime], Clause]
    parts: tuple["Relation", ...] = ()

    def __or__(self, other: "Relation") -> "Relation":
        return Relation(
            f"{self.name} or {other.name}",
            lambda matter, who, now: or_(
                self.clause(matter, who, now), other.clause(matter, who, now)
            ),
            (*(self.parts or (self,)), *(other.parts or (other,))),
        )

    def __and__(self, other: "Relation") -> "Relation":
        return Relation(
            f"{self.name} and {other.name}",
            lambda matter, who, now: and_(
                self.clause(matter, who, now), other.clause(matter, who, now)
            ),
        )

    def __invert__(self) -> "Relation":
        return Relation(f"not {self.name}", lambda matter, who, now: ~self.clause(matter, who, now))


def relation(clause: Callable[[Any, Who, datetime], Clause]) -> Relation:
    """Make a relation of a function; its name is the function's, in words."""
    return Relation(clause.__name__.replace("_", " "), clause)


# Standing: who may do anything at all.


def some(*rows: Any, where: tuple[Any, ...]) -> Clause:
    """There is such a row; everything but `rows` belongs to the question around it."""
    return exists().where(*where).correlate_except(*rows)


def in_force(row: Any, now: datetime) -> Clause:
    """A membership or appointment that has begun and has not ended."""
    return and_(row.begins_at <= now, or_(row.ends_at.is_(None), row.ends_at > now))


def standing(who: Who) -> Clause:
    """The person is active; this underlies every sentence of the law."""
    return some(P, where=(P.id == who, P.state == Standing.ACTIVE))


def belongs(organisation_id: Any, who: Who, now: datetime, *roles: Role) -> Clause:
    """The person belongs now to the active organisation (in one of the roles, where given)."""
    return some(
        IN,
        AT,
        where=(
            IN.organisation_id == organisation_id,
            IN.person_id == who,
            in_force(IN, now),
            AT.id == IN.organisation_id,
            AT.state == Standing.ACTIVE,
            IN.role.in_(roles) if roles else true(),
        ),
    )


def appointed(who: Who, now: datetime, role: PlatformRole) -> Clause:
    """The person holds the platform role now."""
    return some(POST, where=(POST.person_id == who, POST.role == role, in_force(POST, now)))


@relation
def anyone(_matter: Any, _who: Who, _now: datetime) -> Clause:
    """Everyone who is signed in (and active)."""
    return true()


@relation
def steward(_matter: Any, who: Who, now: datetime) -> Clause:
    """The person runs the portal."""
    return appointed(who, now, PlatformRole.STEWARD)


@relation
def auditor(_matter: Any, who: Who, now: datetime) -> Clause:
    """The person looks through the trail."""
    return appointed(who, now, PlatformRole.AUDITOR)


# Organisations, people, groups.


@relation
def member(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person belongs to this organisation."""
    return belongs(organisation.id, who, now)


@relation
def admin(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person looks after the people of this organisation."""
    return belongs(organisation.id, who, now, Role.ADMIN)


@relation
def liaison(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person is a liaison of this organisation, and so speaks for it."""
    return belongs(organisation.id, who, now, Role.LIAISON)


CONVENERS = (Role.LIAISON, Role.MEDIATOR, Role.COORDINATOR, Role.ADMIN)


@relation
def convener(organisation: Any, who: Who, now: datetime) -> Clause:
    """The person may form sharing groups for this organisation."""
    return belongs(organisation.id, who, now, *CONVENERS)


@relation
def oneself(person: Any, who: Who, _now: datetime) -> Clause:
    """It is the person's own entry."""
    return person.id == who  # type: ignore[no-any-return]


@relation
def invited(person: Any, who: Who, now: datetime) -> Clause:
    """It is the entry of somebody whose invitation is open."""
    return some(
        LETTER,
        where=(
            person.id == who,
            LETTER.person_id == person.id,
            LETTER.accepted_at.is_(None),
            LETTER.revoked_at.is_(None),
            LETTER.expires_at > now,
        ),
    )


@relation
def colleague(person: Any, who: Who, now: datetime) -> Clause:
    """The two share an organisation."""
    return some(
        BESIDE,
        where=(
            BESIDE.person_id == person.id,
            in_force(BESIDE, now),
            belongs(BESIDE.organisation_id, who, now),
        ),
    )


@relation
def turned_to(person: Any, _who: Who, now: datetime) -> Clause:
    """The entry is of a liaison, mediator or coordinator in office: somebody others turn to."""
    return some(
        SPEAKS,
        SPEAKS_FOR,
        where=(
            SPEAKS.person_id == person.id,
            SPEAKS.role.in_((Role.LIAISON, Role.MEDIATOR, Role.COORDINATOR)),
            in_force(SPEAKS, now),
            SPEAKS_FOR.id == SPEAKS.organisation_id,
            SPEAKS_FOR.state == Standing.ACTIVE,
        ),
    )


@relation
def group_keeper(group: Any, who: Who, now: datetime) -> Clause:
    """The person may change the group for the organisation that owns it."""
    return belongs(group.organisation_id, who, now, *CONVENERS)


@relation
def group_member(group: Any, who: Who, now: datetime) -> Clause:
    """The person is on the group's list, or belongs to an organisation on it."""
    return on_group_list(group.id, who, now)


@relation
def open_list(group: Any, _who: Who, _now: datetime) -> Clause:
    """The members of the group may see one another."""
    return group.open_list.is_(True)  # type: ignore[no-any-return]


def on_group_list(group_id: Any, who: Who, now: datetime) -> Clause:
    """The person is on the list of the active GROUP, by name or through an organisation."""
    return some(
        ON,
        GROUP,
        where=(
            ON.group_id == group_id,
            GROUP.id == ON.group_id,
            GROUP.state == Standing.ACTIVE,
            or_(ON.person_id == who, belongs(ON.organisation_id, who, now)),
        ),
    )


# Notices.


@relation
def author(notice: Any, who: Who, now: datetime) -> Clause:
    """The person wrote the notice, and still belongs to its organisation."""
    return and_(notice.author_id == who, belongs(notice.organisation_id, who, now))


@relation
def own_side(notice: Any, who: Who, now: datetime) -> Clause:
    """The person belongs to the organisation of the notice, which is not RED."""
    return and_(notice.tlp != Tlp.RED, belongs(notice.organisation_id, who, now))


@relation
def own_liaison(notice: Any, who: Who, now: datetime) -> Clause:
    """The person is a liaison of the organisation of the notice, which is not RED."""
    return and_(notice.tlp != Tlp.RED, belongs(notice.organisation_id, who, now, Role.LIAISON))


@relation
def published(notice: Any, _who: Who, _now: datetime) -> Clause:
    """The notice has left its organisation: a draft has no readers."""
    return notice.published_at.is_not(None)  # type: ignore[no-any-return]


@relation
def named(notice: Any, who: Who, _now: datetime) -> Clause:
    """The person is on the recipient list by name."""
    return some(
        LINE,
        where=(LINE.notice_id == notice.id, ~LINE.excepted, LINE.person_id == who),
    )


@relation
def listed(notice: Any, who: Who, now: datetime) -> Clause:
    """The person's organisation is on the recipient list, or a sharing group with the person."""
    return some(
        LINE,
        where=(
            LINE.notice_id == notice.id,
            ~LINE.excepted,
            or_(
                belongs(LINE.organisation_id, who, now),
                on_group_list(LINE.group_id, who, now),
            ),
        ),
    )


@relation
def excepted(notice: Any, who: Who, now: datetime) -> Clause:
    """The person, or an organisation of the person, is taken out of the recipient list."""
    return some(
        LINE,
        where=(
            LINE.notice_id == notice.id,
            LINE.excepted,
            or_(LINE.person_id == who, belongs(LINE.organisation_id, who, now)),
        ),
    )


@relation
def client_of_listed(notice: Any, who: Who, now: datetime) -> Clause:
    """The person belongs to a client of a listed organisation, listed itself or by a group."""
    by_group = some(
        MATE,
        CIRCLE,
        where=(
            MATE.group_id == LINE.group_id,
            MATE.organisation_id == BUYS.provider_id,
            CIRCLE.id == MATE.group_id,
            CIRCLE.state == Standing.ACTIVE,
        ),
    )
    return some(
        LINE,
        BUYS,
        SELLER,
        where=(
            LINE.notice_id == notice.id,
            ~LINE.excepted,
            or_(LINE.organisation_id == BUYS.provider_id, by_group),
            SELLER.id == BUYS.provider_id,
            SELLER.state == Standing.ACTIVE,
            belongs(BUYS.client_id, who, now),
        ),
    )


def marked(*markings: Tlp) -> Relation:
    """The notice carries one of the markings."""
    return Relation(
        "marked " + "/".join(markings),
        lambda notice, _who, _now: notice.tlp.in_(markings),
    )


@relation
def acknowledged(notice: Any, who: Who, _now: datetime) -> Clause:
    """The person has acknowledged the present edition."""
    return some(
        RECEIPT,
        where=(
            RECEIPT.notice_id == notice.id,
            RECEIPT.person_id == who,
            RECEIPT.edition == notice.edition,
        ),
    )


@relation
def opened(edition: Any, who: Who, _now: datetime) -> Clause:
    """The person opened this edition while it was the present one."""
    return some(
        OPENING,
        where=(
            OPENING.kind == "notices",
            OPENING.matter_id == edition.notice_id,
            OPENING.verb == "read",
            OPENING.edition == edition.number,
            OPENING.person_id == who,
        ),
    )
