"""The directory: organisations, people and groups that one may know of."""

from collections.abc import Sequence
from datetime import datetime
from itertools import product
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Row,
    Select,
    String,
    bindparam,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from models.stakeholders import (
    Client,
    GroupMember,
    Membership,
    Organisation,
    Person,
    SharingGroup,
    Standing,
)
from portal.access import Actor, beside_read, readable
from portal.db import written
from portal.parameters import KEY, ME, NOW, at_most, ready
from portal.relations import home_of, in_force, moment
from portal.rules import FORM_GROUP, GROUPS, ORGANISATIONS, PEOPLE
from portal.walks import Order

MOST = 200
ORDERS: Final = ("name", "kind", "country", "state")
BY_NAME: Final = Order("name", latest_first=False)
ORGANISATION_KIND: Final[BindParameter[str]] = bindparam("organisation_kind", type_=String())
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
COUNTRY: Final[BindParameter[str]] = bindparam("country", type_=String())
MOST_KNOWN = 500
Rows = Sequence[Row[*tuple[Any, ...]]]


def directory(
    session: Session,
    actor: Actor,
    now: datetime,
    words: str = "",
    *,
    kind: str = "",
    state: str = "",
    country: str = "",
    order: Order = BY_NAME,
) -> Rows:
    """The organisations that the person may know of, by name or in another order; at most 200."""
    question = DIRECTORY[order]
    if words:
        question = question.where(Organisation.name.icontains(words, autoescape=True))
    asked = {ORGANISATION_KIND.key: kind, STATE.key: state, COUNTRY.key: country}
    return session.execute(question, _asked(actor, now) | asked).all()


def people_of(session: Session, actor: Actor, organisation_id: int, now: datetime) -> Rows:
    """The members of an organisation whom the person may know of, with their roles."""
    return session.execute(PEOPLE_OF, _asked(actor, now, organisation_id)).all()


def roles_of(session: Session, actor: Actor, person_id: int, now: datetime) -> Rows:
    """The organisations of a person, as far as one may know of them, with the roles."""
    return session.execute(ROLES_OF, _asked(actor, now, person_id)).all()


def read_ties(session: Session, actor: Actor, organisation_id: int, now: datetime) -> Rows:
    """What an organisation is in: its providers and sharing groups, as far as one may know them.

    key, name, sort (`provider` or `group`), in one query.
    """
    return session.execute(TIES, _asked(actor, now, organisation_id)).all()


def everybody(session: Session, actor: Actor, now: datetime, words: str) -> Rows:
    """The people that one may know of, by a part of the name or address."""
    question = EVERYBODY
    if words:
        fits = Person.name.icontains(words, autoescape=True) | Person.email.icontains(
            words, autoescape=True
        )
        question = question.where(fits)
    return session.execute(question, _asked(actor, now)).all()


def group_list(session: Session, actor: Actor, now: datetime) -> Rows:
    """The sharing groups that one may know of, with their owners."""
    return session.execute(GROUP_LIST, _asked(actor, now)).all()


def members_by_name(session: Session, group_id: int) -> Rows:
    """Who is on a group's list, by name; the caller may read its members."""
    return session.execute(ON_LIST, {KEY.key: group_id}).all()


def homes_for_groups(session: Session, actor: Actor, now: datetime) -> Rows:
    """The organisations for which one may form a group."""
    return session.execute(HOMES_FOR_GROUPS, _asked(actor, now)).all()


def addressable(session: Session, actor: Actor, now: datetime) -> dict[str, list[tuple[int, str]]]:
    """Organisations and people that one may put on a list."""
    return {
        "organisations": known_organisations(session, actor, now),
        "people": _pairs(session, actor, KNOWN_PEOPLE, now),
    }


def known_organisations(session: Session, actor: Actor, now: datetime) -> list[tuple[int, str]]:
    """The organisations that one may put on a list."""
    return _pairs(session, actor, KNOWN_ORGANISATIONS, now)


def _pairs(
    session: Session, actor: Actor, question: Select[Any], now: datetime
) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in session.execute(question, _asked(actor, now))]


def _asked(actor: Actor, now: datetime, key: int = 0) -> dict[str, Any]:
    return {ME.key: actor.person_id, NOW.key: now, KEY.key: key}


def _directory(order: Order) -> Select[Any]:
    columns = (Organisation.ref, Organisation.name, Organisation.kind, Organisation.country)
    by: Any = getattr(Organisation, order.by)
    return (
        readable(ORGANISATIONS, *columns, Organisation.state)
        .where(or_(ORGANISATION_KIND == "", Organisation.kind == ORGANISATION_KIND))
        .where(or_(STATE == "", Organisation.state == STATE))
        .where(or_(COUNTRY == "", Organisation.country == COUNTRY))
        .order_by(by.desc() if order.latest_first else by, Organisation.name)
        .limit(at_most(MOST))
    )


def _people_of() -> Select[Any]:
    columns = (
        Person.ref,
        Person.name,
        Person.state,
        Membership.id,
        Membership.person_id,
        Membership.role,
        Membership.begins_at,
        Membership.ends_at,
    )
    return (
        readable(PEOPLE, *columns)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == KEY, in_force(Membership, moment(NOW)))
        .order_by(Person.name, Membership.role)
        .limit(at_most(2 * MOST))
    )


def _roles_of() -> Select[Any]:
    columns = (Organisation.ref, Organisation.name, Membership.role, Membership.begins_at)
    return (
        readable(ORGANISATIONS, *columns)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == KEY, in_force(Membership, moment(NOW)))
        .order_by(Organisation.name)
    )


def _ties() -> CompoundSelect[Any]:
    providers = (
        readable(ORGANISATIONS, Organisation.id, Organisation.name)
        .add_columns(written("provider").label("sort"))
        .join(Client, Client.provider_id == Organisation.id)
        .where(Client.client_id == KEY)
    )
    groups = (
        readable(GROUPS, SharingGroup.id, SharingGroup.name)
        .add_columns(written("group").label("sort"))
        .join(GroupMember, GroupMember.group_id == SharingGroup.id)
        .where(GroupMember.organisation_id == KEY)
    )
    parts = (select(*part.subquery().c) for part in (providers, groups))
    return union_all(*parts).order_by("sort", "name")


def _group_list() -> Select[Any]:
    columns = (SharingGroup.ref, SharingGroup.name, SharingGroup.ceiling, SharingGroup.state)
    return (
        readable(GROUPS, *columns, Organisation.name.label("owner"))
        .join(Organisation, Organisation.id == SharingGroup.organisation_id)
        .order_by(SharingGroup.name)
        .limit(at_most(MOST))
    )


def _homes_for_groups() -> Select[Any]:
    return (
        readable(ORGANISATIONS, Organisation.ref, Organisation.name)
        .where(beside_read(ORGANISATIONS, FORM_GROUP, ME, NOW))
        .order_by(Organisation.name)
    )


def _known_people() -> Select[Any]:
    named = func.coalesce(Person.name + ", " + home_of(moment(NOW)), Person.name)
    people = readable(PEOPLE, Person.id, named.label("name"))
    return people.where(Person.state == Standing.ACTIVE).order_by("name").limit(at_most(MOST_KNOWN))


def _on_list() -> CompoundSelect[Any]:
    organisations = (
        select(Organisation.name.label("name"), written("organisation").label("sort"))
        .join(GroupMember, GroupMember.organisation_id == Organisation.id)
        .where(GroupMember.group_id == KEY)
    )
    people = (
        select(Person.name.label("name"), written("person").label("sort"))
        .join(GroupMember, GroupMember.person_id == Person.id)
        .where(GroupMember.group_id == KEY)
    )
    both: CompoundSelect[Any] = union_all(organisations, people)
    return both.order_by("sort", "name")


DIRECTORY: Final = {
    order: ready(_directory(order))
    for order in (Order(*it) for it in product(ORDERS, (True, False)))
}
PEOPLE_OF: Final = ready(_people_of())
ROLES_OF: Final = ready(_roles_of())
TIES: Final = ready(_ties())
EVERYBODY: Final = ready(
    readable(PEOPLE, Person.ref, Person.name, Person.email, Person.state)
    .order_by(Person.name)
    .limit(at_most(MOST))
)
GROUP_LIST: Final = ready(_group_list())
ON_LIST: Final = ready(_on_list())
HOMES_FOR_GROUPS: Final = ready(_homes_for_groups())
KNOWN_PEOPLE: Final = ready(_known_people())
KNOWN_ORGANISATIONS: Final = ready(
    readable(ORGANISATIONS, Organisation.id, Organisation.name)
    .order_by("name")
    .limit(at_most(MOST_KNOWN))
)
