"""The directory: organisations, people and groups that one may know of."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all
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
from portal.access import Actor, predicate, visible
from portal.relations import home_of, in_force, moment
from portal.rules import FORM_GROUP, GROUPS, ORGANISATIONS, PEOPLE

MOST = 200


def directory(actor: Actor, now: datetime, words: str = "") -> Select[Any]:
    """The organisations that the person may know of, by name."""
    columns = (Organisation.ref, Organisation.name, Organisation.kind, Organisation.country)
    listing = visible(ORGANISATIONS, actor, now, *columns, Organisation.state)
    if words:
        listing = listing.where(Organisation.name.icontains(words, autoescape=True))
    return listing.order_by(Organisation.name).limit(MOST)


def people_of(actor: Actor, organisation_id: int, now: datetime) -> Select[Any]:
    """The members of an organisation whom the person may know of, with their roles."""
    columns = (
        Person.ref,
        Person.name,
        Person.state,
        Membership.id,
        Membership.role,
        Membership.begins_at,
        Membership.ends_at,
    )
    return (
        visible(PEOPLE, actor, now, *columns)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.organisation_id == organisation_id, in_force(Membership, moment(now)))
        .order_by(Person.name, Membership.role)
        .limit(2 * MOST)
    )


def roles_of(actor: Actor, person_id: int, now: datetime) -> Select[Any]:
    """The organisations of a person, as far as one may know of them, with the roles."""
    columns = (Organisation.ref, Organisation.name, Membership.role, Membership.begins_at)
    return (
        visible(ORGANISATIONS, actor, now, *columns)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.person_id == person_id, in_force(Membership, moment(now)))
        .order_by(Organisation.name)
    )


def read_ties(session: Session, actor: Actor, organisation_id: int, now: datetime) -> list[Any]:
    """What an organisation is in: its providers and sharing groups, as far as one may know them.

    key, name, sort (`provider` or `group`), in one query.
    """
    providers = (
        visible(ORGANISATIONS, actor, now, Organisation.id, Organisation.name)
        .add_columns(literal("provider").label("sort"))
        .join(Client, Client.provider_id == Organisation.id)
        .where(Client.client_id == organisation_id)
    )
    groups = (
        visible(GROUPS, actor, now, SharingGroup.id, SharingGroup.name)
        .add_columns(literal("group").label("sort"))
        .join(GroupMember, GroupMember.group_id == SharingGroup.id)
        .where(GroupMember.organisation_id == organisation_id)
    )
    parts = (select(*part.subquery().c) for part in (providers, groups))
    return list(session.execute(union_all(*parts).order_by("sort", "name")))


def everybody(actor: Actor, now: datetime, words: str) -> Select[Any]:
    """The people that one may know of, by a part of the name or address."""
    listing = visible(PEOPLE, actor, now, Person.ref, Person.name, Person.email, Person.state)
    if words:
        fits = Person.name.icontains(words, autoescape=True) | Person.email.icontains(
            words, autoescape=True
        )
        listing = listing.where(fits)
    return listing.order_by(Person.name).limit(MOST)


def group_list(actor: Actor, now: datetime) -> Select[Any]:
    """The sharing groups that one may know of, with their owners."""
    columns = (SharingGroup.ref, SharingGroup.name, SharingGroup.ceiling, SharingGroup.state)
    return (
        visible(GROUPS, actor, now, *columns, Organisation.name.label("owner"))
        .join(Organisation, Organisation.id == SharingGroup.organisation_id)
        .order_by(SharingGroup.name)
        .limit(MOST)
    )


def members_by_name(session: Session, group_id: int) -> list[Any]:
    """Who is on a group's list, by name; the caller may read its members."""
    organisations = (
        select(Organisation.name.label("name"), literal("organisation").label("sort"))
        .join(GroupMember, GroupMember.organisation_id == Organisation.id)
        .where(GroupMember.group_id == group_id)
    )
    people = (
        select(Person.name.label("name"), literal("person").label("sort"))
        .join(GroupMember, GroupMember.person_id == Person.id)
        .where(GroupMember.group_id == group_id)
    )
    return list(session.execute(union_all(organisations, people).order_by("sort", "name")))


def homes_for_groups(actor: Actor, now: datetime) -> Select[Any]:
    """The organisations for which one may form a group."""
    forms = predicate(ORGANISATIONS, FORM_GROUP, actor.person_id, now)
    return (
        visible(ORGANISATIONS, actor, now, Organisation.ref, Organisation.name)
        .where(forms)
        .order_by(Organisation.name)
    )


def addressable(session: Session, actor: Actor, now: datetime) -> dict[str, list[tuple[int, str]]]:
    """Organisations and people that one may put on a list."""
    named = func.coalesce(Person.name + ", " + home_of(moment(now)), Person.name)
    people = visible(PEOPLE, actor, now, Person.id, named.label("name"))
    return {
        "organisations": known_organisations(session, actor, now),
        "people": _pairs(session, people.where(Person.state == Standing.ACTIVE)),
    }


def known_organisations(session: Session, actor: Actor, now: datetime) -> list[tuple[int, str]]:
    """The organisations that one may put on a list."""
    return _pairs(session, visible(ORGANISATIONS, actor, now, Organisation.id, Organisation.name))


def _pairs(session: Session, listing: Select[Any]) -> list[tuple[int, str]]:
    return [(row[0], row[1]) for row in session.execute(listing.order_by("name").limit(500))]
