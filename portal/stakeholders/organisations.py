"""Organisations: admitted, described, suspended, left; and who their clients are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from models.base import new_reference
from models.names import folded, look
from models.offers import Offer, OfferState, Tie
from models.stakeholders import Client, Organisation, OrganisationKind, Standing
from portal.access import Actor, granted, verbs_of, visible
from portal.consent import offer_tie
from portal.db import in_state
from portal.errors import Invalid, NotFound, Said
from portal.ledger import create, transition
from portal.names import name_from
from portal.parameters import ME, NOW, REF, at_most, ready
from portal.rules import (
    ADMIT,
    EDIT,
    LEAVE,
    LEAVE_PROVIDER,
    OFFICE,
    ORGANISATIONS,
    READ,
    REINSTATE,
    SET_CLIENTS,
    SUSPEND,
)
from portal.stakeholders.offers import revoke_invitation
from portal.words import N_

OFFICE_REF = "OFFICE"
LOOKS_ALIKE = N_(
    "This name looks like %(name)s, which already exists. Confirm that it is another organisation."
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
        raise Invalid({"name": N_("An organisation of this name already exists.")})
    alike = select(Organisation.name).where(Organisation.name_look == look(name)).limit(at_most(1))
    other = session.scalar(alike)
    if other is not None and not new.look_alike:
        raise Invalid({"look_alike": Said(LOOKS_ALIKE, name=other)})
    with transition(session, actor, ADMIT, OFFICE, OFFICE_REF, now):
        organisation = Organisation(
            ref=new_reference(ORGANISATIONS.prefix, now.year),
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


def read_organisation(
    session: Session, actor: Actor, ref: str, now: datetime
) -> tuple[Organisation, frozenset[str]]:
    """An organisation and all that the person may do there, in one query; raises NotFound."""
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(WITH_VERBS, asked).one_or_none()
    verbs = verbs_of(ORGANISATIONS, row)
    if row is None or READ not in verbs:
        raise NotFound(ref)
    return row.Organisation, verbs


def edit_organisation(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    country: str,
    zone: str,
    sectors: tuple[str, ...],
    reviews_contacts: bool = False,
    now: datetime,
) -> None:
    """Say anew where an organisation is and what it does; its name and kind stay.

    With `reviews_contacts` an administrator has the last word on its contact points.
    """
    with transition(session, actor, EDIT, ORGANISATIONS, ref, now) as organisation:
        organisation.country, organisation.zone = country, zone
        organisation.sectors = list(sectors)
        organisation.reviews_contacts = reviews_contacts


def set_clients(
    session: Session, actor: Actor, ref: str, *, client_ids: Collection[int], now: datetime
) -> None:
    """Say which organisations are clients of this one: what AMBER reaches beyond its members.

    Whoever is new is asked, and a client once an admin there accepts.
    """
    with transition(session, actor, SET_CLIENTS, ORGANISATIONS, ref, now) as organisation:
        if organisation.id in client_ids:
            raise Invalid({"clients": N_("An organisation cannot be its own client.")})
        flag_modified(organisation, "zone")  # of two who change the list at once one is told
        before, asked = (
            clients_of(session, organisation.id),
            asked_clients(session, organisation.id),
        )
        chosen = frozenset(client_ids)
        added = chosen - before - asked.keys()
        seen = visible(ORGANISATIONS, actor, now, Organisation.id).where(Organisation.id.in_(added))
        if added and len(session.scalars(seen).all()) != len(added):
            raise Invalid({"clients": N_("An entry of this list is not in the portal.")})
        for key in before - chosen:
            _end_client(session, organisation.id, key)
        for key in sorted(asked.keys() - chosen):
            revoke_invitation(session, actor, asked[key], now)
        for key in sorted(added):
            offer_tie(session, actor, organisation.id, to_organisation_id=key, now=now)


def _end_client(session: Session, provider_id: int, client_id: int) -> None:
    tie = (Client.provider_id == provider_id, Client.client_id == client_id)
    session.execute(delete(Client).where(*tie))


def clients_of(session: Session, organisation_id: int) -> frozenset[int]:
    """The keys of an organisation's clients."""
    rows = session.scalars(select(Client.client_id).where(Client.provider_id == organisation_id))
    return frozenset(rows)


def asked_clients(session: Session, organisation_id: int) -> dict[int, str]:
    """The organisations that were asked to be clients and have not answered: key and offer."""
    rows = session.execute(
        select(Offer.to_organisation_id, Offer.ref).where(
            Offer.tie == Tie.CLIENT,
            Offer.organisation_id == organisation_id,
            in_state(Offer, OfferState.OFFERED),
        )
    )
    return {key: ref for key, ref in rows if key is not None}


def leave_provider(
    session: Session, actor: Actor, ref: str, *, provider_id: int, now: datetime
) -> None:
    """End, for the client, that an organisation is a client of another one."""
    with transition(session, actor, LEAVE_PROVIDER, ORGANISATIONS, ref, now) as organisation:
        if organisation.id not in clients_of(session, provider_id):
            raise Invalid({"provider": N_("The organisation is no longer a client there.")})
        _end_client(session, provider_id, organisation.id)


def suspend_organisation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Suspend an organisation: its members lose what they had through it, at once."""
    with transition(session, actor, SUSPEND, ORGANISATIONS, ref, now):
        pass


def reinstate_organisation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Let a suspended organisation back in."""
    with transition(session, actor, REINSTATE, ORGANISATIONS, ref, now):
        pass


def leave_organisation(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Take the whole organisation out: what its members had through it ends at once."""
    with transition(session, actor, LEAVE, ORGANISATIONS, ref, now):
        pass


WITH_VERBS: Final = ready(
    select(Organisation, *granted(ORGANISATIONS, ME, NOW)).where(Organisation.ref == REF)
)
