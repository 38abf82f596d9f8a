"""Organisations: admitted, described, suspended, left; and who their clients are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.stakeholders import Client, Organisation, OrganisationKind, Standing
from portal.access import Actor, visible
from portal.errors import Invalid, Said
from portal.ledger import create, perform
from portal.names import folded, look, name_from
from portal.rules import (
    ADMIT,
    EDIT,
    LEAVE,
    OFFICE,
    ORGANISATIONS,
    REINSTATE,
    SET_CLIENTS,
    SUSPEND,
)
from portal.words import N_

OFFICE_REF = "OFFICE"
LOOKS_ALIKE = N_(
    "This name looks like %(name)s, which is already here. Confirm that it is another organisation."
)


@dataclass(frozen=True)
class NewOrganisation:
    """What the steward says of an organisation when admitting it."""

    name: str
    kind: OrganisationKind
    country: str
    zone: str = "UTC"
    sectors: tuple[str, ...] = ()
    look_alike: bool = False


def admit(session: Session, actor: Actor, new: NewOrganisation, now: datetime) -> Organisation:
    """Admit an organisation; it is active at once, and empty until somebody is invited.

    Raises Invalid when the name is taken, and when it looks like another one and `look_alike` does
    not say that this is known.
    """
    name = name_from(new.name)
    if session.scalar(select(exists().where(Organisation.name_key == folded(name)))):
        raise Invalid({"name": N_("An organisation of this name is already here.")})
    alike = select(Organisation.name).where(Organisation.name_look == look(name)).limit(1)
    other = session.scalar(alike)
    if other is not None and not new.look_alike:
        raise Invalid({"look_alike": Said(LOOKS_ALIKE, name=other)})
    with perform(session, actor, ADMIT, OFFICE, OFFICE_REF, now):
        organisation = Organisation(
            ref=new_reference(ORGANISATIONS.letter, now.year),
            name=name,
            kind=new.kind,
            country=new.country,
            zone=new.zone,
            sectors=list(new.sectors),
            state=Standing.ACTIVE,
            created_at=now,
        )
        create(session, actor, ADMIT, ORGANISATIONS, organisation, now)
    return organisation


def describe(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    country: str,
    zone: str,
    sectors: tuple[str, ...],
    now: datetime,
) -> None:
    """Say anew where an organisation is and what it does; its name and kind stay."""
    with perform(session, actor, EDIT, ORGANISATIONS, ref, now) as organisation:
        organisation.country, organisation.zone = country, zone
        organisation.sectors = list(sectors)


def set_clients(
    session: Session, actor: Actor, ref: str, *, client_ids: Collection[int], now: datetime
) -> None:
    """Say which organisations are clients of this one: what AMBER reaches beyond its members."""
    with perform(session, actor, SET_CLIENTS, ORGANISATIONS, ref, now) as organisation:
        if organisation.id in client_ids:
            raise Invalid({"clients": N_("An organisation cannot be its own client.")})
        before = set(
            session.scalars(select(Client.client_id).where(Client.provider_id == organisation.id))
        )
        added = set(client_ids) - before
        seen = visible(ORGANISATIONS, actor, now, Organisation.id).where(Organisation.id.in_(added))
        if added and len(session.scalars(seen).all()) != len(added):
            raise Invalid({"clients": N_("An entry of this list is not known here.")})
        for row in session.scalars(select(Client).where(Client.provider_id == organisation.id)):
            session.delete(row)
        session.flush()
        for client_id in sorted(client_ids):
            session.add(Client(provider_id=organisation.id, client_id=client_id))


def suspend_organisation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Suspend an organisation: its members lose what they had through it, at once."""
    with perform(session, actor, SUSPEND, ORGANISATIONS, ref, now):
        pass


def reinstate_organisation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Let a suspended organisation back in."""
    with perform(session, actor, REINSTATE, ORGANISATIONS, ref, now):
        pass


def leave_organisation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Take the whole organisation out: what its members had through it ends at once."""
    with perform(session, actor, LEAVE, ORGANISATIONS, ref, now):
        pass
