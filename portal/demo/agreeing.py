"""The demo world agrees: offers of the past are accepted, and one of each sort stays open."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.offers import Offer, OfferState
from models.stakeholders import Membership, Role
from portal import stakeholders
from portal.consent import settle
from portal.demo.cast import Cast

# Who also looks after the people of the own organisation.
ADMINS = ("liaison@telco", "liaison@cloud", "liaison@bank", "observer@un")


def agree_to_all(session: Session, now: datetime) -> None:
    """Everybody who is asked accepts."""
    for offer in session.scalars(select(Offer).where(Offer.state == OfferState.OFFERED)).all():
        settle(session, offer, now)
        offer.state = OfferState.ACCEPTED
    session.flush()


def appoint_admins(session: Session, cast: Cast, now: datetime) -> None:
    """Give three companies and the UN office an administrator."""
    for name in ADMINS:
        key, home = cast.actors[name].person_id, cast.organisations[name.partition("@")[2]]
        row = {"person_id": key, "organisation_id": home.id, "role": Role.ADMIN}
        session.add(Membership(**row, begins_at=now))
    session.flush()


def leave_open(session: Session, cast: Cast, group_ref: str, now: datetime) -> None:
    """One open offer of each sort: to act for a company, to be a client, to join a group."""
    by, at = cast.actors, cast.organisations
    for name, email in (
        ("Telco night desk", "night-desk@telco.example"),
        ("Response analyst", "analyst@cert.example"),
    ):
        stakeholders.invite(
            session,
            by["liaison@telco"],
            at["telco"].ref,
            name=name,
            email=email,
            role=Role.OBSERVER,
            zone=at["telco"].zone,
            now=now,
        )
    clients = stakeholders.clients_of(session, at["telco"].id) | {at["cloud"].id}
    stakeholders.set_clients(
        session, by["liaison@telco"], at["telco"].ref, client_ids=clients, now=now
    )
    listed = {at[name].id for name in ("telco", "cloud", "peace", "cert", "un", "bank")}
    people = {by["observer@un"].person_id}
    stakeholders.edit_group(
        session,
        by["coordinator@peace"],
        group_ref,
        organisation_ids=listed,
        person_ids=people,
        now=now,
    )


def decline_some(session: Session, cast: Cast, now: datetime) -> None:
    """Two offers of the bank that came to nothing: one is declined, one revoked."""
    by, home, when = cast.actors, cast.organisations["bank"], now - timedelta(days=10)
    refs = {}
    for name, called in (("observer@un", "UN observer"), ("night-desk@bank", "Bank night desk")):
        stakeholders.invite(
            session,
            by["liaison@bank"],
            home.ref,
            name=called,
            email=f"{name}.example",
            role=Role.OBSERVER,
            zone=home.zone,
            now=when,
        )
        sent = select(Offer.ref).where(Offer.organisation_id == home.id, Offer.created_at == when)
        refs[name] = session.scalars(sent.where(Offer.email == f"{name}.example")).one()
    later = when + timedelta(hours=5)
    stakeholders.decline_offer(session, by["observer@un"], refs["observer@un"], later)
    stakeholders.revoke_invitation(session, by["liaison@bank"], refs["night-desk@bank"], later)
