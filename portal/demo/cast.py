"""Who there is in the demo world: organisations, and people shown by role."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.stakeholders import (
    Appointment,
    Identity,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    PlatformRole,
    Role,
    Standing,
)
from portal import stakeholders
from portal.access import Actor
from portal.ledger import create
from portal.rules import ADMIT, PEOPLE
from portal.stakeholders import NewOrganisation

ORGANISATIONS = {
    "telco": NewOrganisation(
        "Telco", OrganisationKind.COMPANY, "FI", "Europe/Helsinki", ("digital-infrastructure",)
    ),
    "cloud": NewOrganisation(
        "Cloud", OrganisationKind.COMPANY, "IE", "Europe/Dublin", ("ict-services",)
    ),
    "bank": NewOrganisation("Bank", OrganisationKind.COMPANY, "SG", "Asia/Singapore", ("banking",)),
    "peace": NewOrganisation("Peace Mediation", OrganisationKind.MEDIATION, "CH", "Europe/Zurich"),
    "cert": NewOrganisation("Response Team", OrganisationKind.RESPONSE, "KE", "Africa/Nairobi"),
    "un": NewOrganisation("UN Office", OrganisationKind.INTERNATIONAL, "US", "America/New_York"),
}
# What the essay calls parties: their delegations sit at dialogues and commit themselves.
PARTIES = {
    "delegate@ministry": NewOrganisation(
        "Ministry of the North",
        OrganisationKind.STATE,
        "EE",
        "Europe/Tallinn",
        ("public-administration",),
    ),
    "delegate@council": NewOrganisation(
        "Council of the South", OrganisationKind.PARTY, "GE", "Asia/Tbilisi"
    ),
}
MEMBERS = (
    ("liaison@telco", "Telco liaison", Role.LIAISON),
    ("colleague@telco", "Telco colleague", Role.LIAISON),
    ("liaison@cloud", "Cloud liaison", Role.LIAISON),
    ("liaison@bank", "Bank liaison", Role.LIAISON),
    ("mediator@peace", "Mediator", Role.MEDIATOR),
    ("coordinator@peace", "Coordinator", Role.COORDINATOR),
    ("analyst@cert", "Response analyst", Role.LIAISON),
    ("observer@un", "UN observer", Role.OBSERVER),
)
SYSTEM = "system@portal"
SECOND = "colleague@cert"
PLATFORM = (
    ("steward@portal", "Steward", PlatformRole.STEWARD),
    ("custodian@portal", "Custodian", PlatformRole.CUSTODIAN),
    ("auditor@portal", "Auditor", PlatformRole.AUDITOR),
    (SYSTEM, "The portal", PlatformRole.SYSTEM),
)


@dataclass(frozen=True)
class Cast:
    """Who and what the demo world has, by short name."""

    actors: dict[str, Actor]
    organisations: dict[str, Organisation]


def plant_cast(session: Session, issuer: str, now: datetime) -> Cast:
    """Bring in the cast: platform people first, then then organisations and their members."""
    actors = {name: _appoint(session, name, title, role, now) for name, title, role in PLATFORM}
    steward = actors["steward@portal"]
    organisations = {
        name: stakeholders.admit(session, steward, new, now) for name, new in ORGANISATIONS.items()
    }
    for name, title, role in MEMBERS:
        home = organisations[name.partition("@")[2]]
        actors[name] = _member(session, steward, home, name, title, role, now)
    people = (pair for pair in actors.items() if pair[0] != SYSTEM)  # nobody signs in as the system
    for name, actor in people:
        session.add(
            Identity(
                person_id=actor.person_id, issuer=issuer, subject=f"{name}.example", bound_at=now
            )
        )
    session.flush()
    return Cast(actors, organisations)


def plant_parties(session: Session, cast: Cast, now: datetime) -> Cast:
    """Bring in a State body and another party to the conflict, each with a delegate."""
    steward, actors, organisations = cast.actors["steward@portal"], {}, {}
    for name, new in PARTIES.items():
        home = stakeholders.admit(session, steward, new, now)
        title = f"{new.name} delegate"
        actors[name] = _member(session, steward, home, name, title, Role.LIAISON, now)
        organisations[name.partition("@")[2]] = home
    return Cast(actors, organisations)


def plant_colleague(session: Session, cast: Cast, now: datetime) -> None:
    """Bring in a second person of the response team, who confirms what is removed from texts."""
    steward, home, name = cast.actors["steward@portal"], cast.organisations["cert"], SECOND
    title, role = "Response colleague", Role.LIAISON
    cast.actors[name] = _member(session, steward, home, name, title, role, now)


def _appoint(session: Session, name: str, title: str, role: PlatformRole, now: datetime) -> Actor:
    actor = _person(session, None, name, title, "UTC", now)
    session.add(Appointment(person_id=actor.person_id, role=role, begins_at=now))
    session.flush()
    return actor


def _member(
    session: Session,
    steward: Actor,
    home: Organisation,
    name: str,
    title: str,
    role: Role,
    now: datetime,
) -> Actor:
    # As if invited and here since: the story begins after that.
    actor = _person(session, steward, name, title, home.zone, now)
    row = {"person_id": actor.person_id, "organisation_id": home.id, "role": role}
    session.add(Membership(**row, begins_at=now))
    session.flush()
    return actor


def _person(
    session: Session, by: Actor | None, name: str, title: str, zone: str, now: datetime
) -> Actor:
    person = Person(
        ref=new_reference(PEOPLE.prefix, now.year),
        name=title,
        email=f"{name}.example",
        zone=zone,
        state=Standing.ACTIVE,
        created_at=now,
    )
    create(session, by, ADMIT, PEOPLE, person, now)
    return Actor(person.id, title, zone)


def is_planted(session: Session) -> bool:
    """Whether the demo world is already here."""
    return (
        session.scalar(select(Person.id).where(Person.email == "steward@portal.example"))
        is not None
    )
