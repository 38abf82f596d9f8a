"""Contact points of the demo world: a duty contact each; one is stale, one silent, one is asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from models.contacts import Interval
from models.vocabulary import Tlp
from portal import contacts
from portal.access import Actor
from portal.contacts import ContactText
from portal.contacts.checking import ANSWER_WITHIN
from portal.contacts.duty import Shift
from portal.demo.cast import Cast
from portal.recipients import RecipientList
from portal.system import the_system

OFFICE: Final = tuple(Shift(day, "08:00", "17:00") for day in range(5))
DAY: Final = timedelta(days=1)
SEATED: Final = ("telco", "cloud", "peace", "un")
# Numbers that Ofcom keeps for drama, 0000 to 0999: nobody who tries one reaches anybody.
DRAMA: Final = "+44 20 7946 {:04d}"
NIGHTS: Final = tuple(Shift(day, "17:00", "08:00") for day in range(7))


@dataclass(frozen=True)
class Shown:
    """A contact point of the story: by whom it is kept, and of which organisation."""

    by: str
    home: str
    label: str
    languages: tuple[str, ...]
    purpose: str = "duty"
    place: int = 1
    hours: tuple[Shift, ...] = ()
    held_by: str = ""
    held_before_by: str = ""
    stale: bool = False
    checked: bool = False
    silent: bool = False
    waits: bool = False
    every: Interval = Interval.QUARTER
    days: int = 20


STORY: Final = (
    Shown(
        "liaison@telco",
        "telco",
        "Network duty officer",
        ("en", "fi"),
        hours=OFFICE,
        every=Interval.MONTH,
        days=12,  # so that it is not asked while somebody looks around
    ),
    Shown("liaison@telco", "telco", "Night watch", ("fi", "en"), place=2, hours=NIGHTS),
    Shown("liaison@telco", "telco", "Incident response", ("en",), "technical", stale=True),
    Shown("liaison@cloud", "cloud", "Operations desk", ("en", "de"), checked=True, silent=True),
    Shown("liaison@bank", "bank", "Duty manager", ("en", "fr"), hours=OFFICE),
    Shown(
        "mediator@peace",
        "peace",
        "Duty mediator",
        ("en", "fr", "ar"),
        held_by="coordinator@peace",
        held_before_by="mediator@peace",
        waits=True,
    ),
    Shown("mediator@peace", "peace", "Spokesperson", ("en", "fr"), "press", hours=OFFICE),
    Shown("analyst@cert", "cert", "Hotline", ("en", "fi", "sv"), checked=True),
    Shown("observer@un", "un", "Duty officer", ("en", "fr", "es"), hours=OFFICE),
    Shown("delegate@ministry", "ministry", "Duty diplomat", ("en", "et")),
    Shown("delegate@ministry", "ministry", "Legal adviser", ("en",), "legal", hours=OFFICE),
    Shown("delegate@council", "council", "Duty officer", ("en", "ka", "ru"), hours=OFFICE),
)


def keep_directory(
    session: Session, cast: Cast, parties: Cast, process_id: int, now: datetime
) -> None:
    """Shown to the process and the response team; what is for the press, to everybody."""
    actors, homes = cast.actors | parties.actors, cast.organisations | parties.organisations
    outside = RecipientList(organisations=frozenset({homes["peace"].id}))
    inside = RecipientList(
        organisations=frozenset({homes["cert"].id}), processes=frozenset({process_id})
    )
    for number, one in enumerate(STORY, 101):
        actor, home, at = actors[one.by], homes[one.home], now - one.days * DAY
        holder = actors[one.held_by].person_id if one.held_by else None
        before = actors[one.held_before_by].person_id if one.held_before_by else holder
        to = inside if one.home in SEATED else outside  # nobody else knows of the process
        text = _text(one, number, home.zone, before)
        contact = contacts.add_contact(session, actor, home.ref, text=text, to=to, now=at)
        contacts.publish(session, actor, contact.ref, at)
        if before != holder:
            text, on = _text(one, number, home.zone, holder), now - 9 * DAY
            version = contact.version
            contacts.edit(session, actor, contact.ref, text=text, to=to, version=version, now=on)
        if one.stale:  # as if it had been confirmed before all of them came here
            contact.verified_at, contact.stale_at = now - timedelta(days=100), now - 10 * DAY
        if one.checked:
            _check(session, actor, contact.ref, now - 6 * DAY, silent=one.silent)
        if one.waits:
            contacts.check(session, actor, contact.ref, now=now - DAY / 12)
    _draft(session, cast, now - 2 * DAY)


def _text(one: Shown, number: int, zone: str, holder: int | None) -> ContactText:
    return ContactText(
        purpose=one.purpose,
        label=one.label,
        tlp=Tlp.GREEN if one.purpose == "press" else Tlp.AMBER,
        email=f"{one.purpose}@{one.home}.example",
        zone=zone,
        person_id=holder,
        phones=(DRAMA.format(number),),
        round_the_clock=not one.hours,
        hours=one.hours,
        languages=one.languages,
        place=one.place,
        authority="act" if one.purpose == "duty" else "inform",
        check_every=one.every,
    )


def _check(session: Session, by: Actor, ref: str, at: datetime, *, silent: bool) -> None:
    contacts.check(session, by, ref, now=at)
    if silent:
        late = at + ANSWER_WITHIN
        contacts.escalate(session, the_system(session, late), ref, late)
    else:
        contacts.answer(session, by, ref, at + timedelta(minutes=17))


def _draft(session: Session, cast: Cast, at: datetime) -> None:
    home = cast.organisations["telco"]
    counsel = Shown("", "telco", "Legal counsel", ("en",), "legal", hours=OFFICE)
    text = _text(counsel, 100, home.zone, None)
    by = cast.actors["colleague@telco"]
    contacts.add_contact(session, by, home.ref, text=text, to=RecipientList(), now=at)
