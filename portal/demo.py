"""The demo world: the cast of domain words, and one story that runs through all nouns.

Everything is done through the desks, as the person whose act it is and at the time it happened, so
that the trail, the outbox and the audience index are as real as those of a portal in use.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.base import new_reference
from models.ledger import OutboxLetter
from models.notices import Notice
from models.stakeholders import (
    Appointment,
    Identity,
    Invitation,
    Organisation,
    OrganisationKind,
    Person,
    PlatformRole,
    Role,
    Standing,
)
from models.vocabulary import Certainty, Pap, Tlp
from portal import notices, stakeholders
from portal.access import Actor
from portal.ledger import create
from portal.notices import Addressing, NoticeText
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
PLATFORM = (
    ("steward@portal", "Steward", PlatformRole.STEWARD),
    ("custodian@portal", "Custodian", PlatformRole.CUSTODIAN),
    ("auditor@portal", "Auditor", PlatformRole.AUDITOR),
    ("house@portal", "The house", PlatformRole.HOUSE),
)


@dataclass(frozen=True)
class Cast:
    """Who and what the demo world has, by short name."""

    actors: dict[str, Actor]
    organisations: dict[str, Organisation]


def plant_cast(session: Session, issuer: str, now: datetime) -> Cast:
    """Bring in the cast: platform people first, then organisations and members by invitation."""
    actors = {name: _appoint(session, name, title, role, now) for name, title, role in PLATFORM}
    steward = actors["steward@portal"]
    organisations = {
        name: stakeholders.admit(session, steward, new, now) for name, new in ORGANISATIONS.items()
    }
    for name, title, role in MEMBERS:
        home = organisations[name.partition("@")[2]]
        zone = home.zone
        stakeholders.invite(
            session,
            steward,
            home.ref,
            name=title,
            email=f"{name}.example",
            role=role,
            zone=zone,
            now=now,
        )
        actors[name] = _accept(session, name, now)
    for name, actor in actors.items():
        session.add(
            Identity(
                person_id=actor.person_id, issuer=issuer, subject=f"{name}.example", bound_at=now
            )
        )
    session.flush()
    return Cast(actors, organisations)


def _appoint(session: Session, name: str, title: str, role: PlatformRole, now: datetime) -> Actor:
    person = Person(
        ref=new_reference(PEOPLE.letter, now.year),
        name=title,
        email=f"{name}.example",
        state=Standing.ACTIVE,
        created_at=now,
    )
    create(session, None, ADMIT, PEOPLE, person, now)
    session.add(Appointment(person_id=person.id, role=role, begins_at=now))
    session.flush()
    return Actor(person.id, title)


def _accept(session: Session, name: str, now: datetime) -> Actor:
    person = session.scalars(select(Person).where(Person.email == f"{name}.example")).one()
    person.state = Standing.ACTIVE
    session.execute(
        update(Invitation).where(Invitation.person_id == person.id).values(accepted_at=now)
    )
    session.flush()
    return Actor(person.id, person.name, person.zone)


def is_planted(session: Session) -> bool:
    """Whether the demo world is already here."""
    return (
        session.scalar(select(Person.id).where(Person.email == "steward@portal.example"))
        is not None
    )


def plant(session: Session, issuer: str, now: datetime) -> None:
    """Bring in the cast and tell the story, ending now."""
    cast = plant_cast(session, issuer, now - timedelta(days=30))
    by, at = cast.actors, cast.organisations
    stakeholders.set_clients(
        session, by["steward@portal"], at["cloud"].ref, client_ids={at["bank"].id}, now=now
    )
    group = stakeholders.form_group(
        session,
        by["coordinator@peace"],
        at["peace"].ref,
        name="Ledgerfall response",
        ceiling=Tlp.AMBER_STRICT,
        now=now - timedelta(days=12),
    )
    stakeholders.edit_group(
        session,
        by["coordinator@peace"],
        group.ref,
        organisation_ids={at[name].id for name in ("telco", "cloud", "peace", "cert", "un")},
        person_ids=(),
        now=now - timedelta(days=12),
    )
    _tell_story(session, cast, group.id, now)
    _let_old_letters_have_gone(session, now)


def _let_old_letters_have_gone(session: Session, now: datetime) -> None:
    # What happened long ago was told long ago; only what is new waits for the mailbox.
    session.execute(
        update(OutboxLetter)
        .where(OutboxLetter.created_at < now - timedelta(days=1))
        .values(
            closed_at=OutboxLetter.created_at,
            sent_at=OutboxLetter.created_at,
            outcome="sent",
            secret=None,
            attempts=1,
        )
    )


def _tell_story(session: Session, cast: Cast, group_id: int, now: datetime) -> None:
    by, at = cast.actors, cast.organisations

    def ago(days: float) -> datetime:
        return now - timedelta(days=days)

    def post(
        author: str, home: str, text: NoticeText, to: Addressing, when: datetime
    ) -> Callable[[], Notice]:
        notice = notices.draft(session, by[author], at[home].ref, text=text, to=to, now=when)
        return lambda: notices.publish(session, by[author], notice.ref, when)

    _public_cases(session, cast, now)
    wiper = post(
        "liaison@telco", "telco", _wiper(ago, now), Addressing(groups=frozenset({group_id})), ago(9)
    )()
    for name, day in (("mediator@peace", 8.5), ("liaison@cloud", 8)):
        notices.read(session, by[name], wiper.ref, ago(day))
        notices.acknowledge(session, by[name], wiper.ref, ago(day))
    notices.read(session, by["analyst@cert"], wiper.ref, ago(7))
    notices.comment(
        session,
        by["mediator@peace"],
        wiper.ref,
        text="Both delegations ask whether hospitals in the east are reached. Do you know?",
        to_author=True,
        now=ago(6),
    )
    hosting = frozenset({at["telco"].id, at["peace"].id})
    post("liaison@cloud", "cloud", _hosting(ago, now), Addressing(organisations=hosting), ago(5))()
    named = frozenset({by["mediator@peace"].person_id, by["liaison@telco"].person_id})
    post("liaison@bank", "bank", _payments(ago, now), Addressing(people=named), ago(3))()
    post("colleague@telco", "telco", _forgotten(), Addressing(), ago(8))


def _public_cases(session: Session, cast: Cast, now: datetime) -> None:
    analyst, home = cast.actors["analyst@cert"], cast.organisations["cert"]
    everyone = frozenset(organisation.id for organisation in cast.organisations.values())
    for days, text in ((21, WANNACRY), (20, NOTPETYA)):
        when = now - timedelta(days=days)
        notice = notices.draft(
            session, analyst, home.ref, text=text, to=Addressing(everyone), now=when
        )
        notices.publish(session, analyst, notice.ref, when)


WANNACRY = NoticeText(
    title="Case for study: WannaCry, May 2017",
    tlp=Tlp.CLEAR,
    pap=Pap.CLEAR,
    kind="malicious-code",
    summary="A worm with a ransom note that spread by a flaw in file sharing and hit hospitals.",
    body="## Why it matters to mediators\n\nThe spread went far beyond any first target. Several "
    "States have made attribution statements; the portal repeats none of them as a verdict.\n\n"
    "Relevant to norm f (critical infrastructure; voluntary), A/70/174, paragraph 13.",
    sectors=("health",),
    countries=("GB", "ES"),
)
NOTPETYA = NoticeText(
    title="Case for study: NotPetya, June 2017",
    tlp=Tlp.CLEAR,
    pap=Pap.CLEAR,
    kind="malicious-code",
    summary="A wiper in the clothes of ransomware, carried by an accounting program's update.",
    body="## Why it matters to mediators\n\nFirst target and spread differ: it left by the update "
    "of one program and reached ports and factories on other continents.\n\n"
    "Relevant to norm i (supply chain; voluntary), A/70/174, paragraph 13.",
    sectors=("transport", "manufacturing"),
    countries=("UA", "DK"),
)


def _wiper(ago: Callable[[float], datetime], now: datetime) -> NoticeText:
    return NoticeText(
        title="Ledgerfall: a wiper that spreads from an accounting update",
        tlp=Tlp.AMBER_STRICT,
        pap=Pap.AMBER,
        kind="malicious-code",
        summary="Field offices lose their disks minutes after one accounting program updates.",
        body="## What we see\n\n* the update server answers with a changed package\n"
        "* the wiper moves on by stolen administrator accounts\n\n"
        "## What we do not know\n\nWhether hospitals are reached. *Not known* is not *none*.",
        began_at=ago(11),
        began_certainty=Certainty.ESTIMATED,
        detected_at=ago(9.5),
        detected_certainty=Certainty.EXACT,
        sectors=("digital-infrastructure", "health"),
        countries=("FI", "KE"),
        acknowledge_by_at=now + timedelta(hours=20),
    )


def _hosting(ago: Callable[[float], datetime], now: datetime) -> NoticeText:
    return NoticeText(
        title="Hosted ledgers: tenants cut off as a precaution",
        tlp=Tlp.AMBER,
        pap=Pap.GREEN,
        kind="availability",
        summary="Tenants with the accounting program are cut off until their disks are checked.",
        body="Forty tenants are affected. Two of them serve humanitarian organisations.",
        detected_at=ago(5.2),
        detected_certainty=Certainty.EXACT,
        sectors=("ict-services",),
        countries=("IE",),
        acknowledge_by_at=now - timedelta(days=2),
    )


def _payments(ago: Callable[[float], datetime], now: datetime) -> NoticeText:
    return NoticeText(
        title="Salary payments at risk in the talks' host city",
        tlp=Tlp.RED,
        pap=Pap.RED,
        kind="near-miss",
        summary="We stopped the update in time; a partner bank may not have.",
        body="Please speak to nobody else until we have reached the partner.",
        detected_at=ago(3.1),
        detected_certainty=Certainty.EXACT,
        sectors=("banking",),
        countries=("SG",),
        acknowledge_by_at=now + timedelta(days=2),
    )


def _forgotten() -> NoticeText:
    return NoticeText(
        title="Draft: second wave through the old update server",
        tlp=Tlp.AMBER_STRICT,
        kind="threat",
        summary="To be checked with the response team before it goes out.",
    )
