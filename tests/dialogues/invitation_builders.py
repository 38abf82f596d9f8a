"""Convened dialogues for tests, with people invited through the service, and their mail."""

from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation, Dialogue
from portal import dialogues
from portal.calendars import Reply, Said, reply_to, token_in, token_of, uid_of
from portal.db import reading, writing
from portal.delivery import deliver
from portal.dialogues import Moved, Picked
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.jobs.test_delivery import PAPER as PLAIN
from tests.jobs.test_delivery import Memory

TELCO, COLLEAGUE, CLOUD, GUEST = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LOCAL = datetime(2027, 2, 2, 14, 0)  # noqa: DTZ001 - in Helsinki, where it is 12:00 UTC
SECRET, OLD_SECRET = "the secret of the tests, long enough", "the secret before it, long enough"
BACK = reply_to("answers@portal.example", SECRET)
PAPER = replace(PLAIN, reply_to=BACK)


def convened(
    session: Session,
    world: World,
    *delegations: str,
    local: datetime = LOCAL,
    wall: bool = True,
    at: datetime = NOW,
    **values: Any,
) -> Dialogue:
    """A dialogue of Telco (two seats) and Cloud, or of these delegations, whose date is fixed."""
    dialogue = drafted(session, world, *(delegations or ("telco:2", "cloud")), at=at, **values)
    picked = Picked(local=local, keeps_to_wall=wall)
    return dialogues.convene(session, world.actors[ORGANISER], dialogue.ref, picked=picked, now=at)


def name(
    session: Session, world: World, ref: str, *people: str, by: str = TELCO, at: datetime = NOW
) -> None:
    """Somebody names who comes for her delegation: `colleague@telco`, `liaison@telco:observer`."""
    actor = world.actors[by]
    dialogue = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
    side = dialogues.sides_to_name(session, actor, dialogue, at)[0]
    stamp = dialogues.stamp_of_names(dialogues.members_to_name(session, dialogue, side, at))
    said = {}
    for one in people:
        who, _, role = one.partition(":")
        said[world.actors[who].person_id] = role or "participant"
    dialogues.name(session, actor, ref, side_id=side.key, people=said, stamp=stamp, now=at)


def invited(world: World, *people: str, at: datetime = NOW, **values: Any) -> str:
    """The reference of a convened dialogue for which Telco has named these people."""
    with writing(world.sessions) as session:
        ref = convened(session, world, at=at, **values).ref
        name(session, world, ref, *(people or (TELCO,)), at=at)
    return ref


def move(
    world: World, ref: str, at: datetime = NOW + DAY, by: str = ORGANISER, **other: Any
) -> None:
    """An organiser moves it: `local`, `minutes`, `place`, `link` are as said, or as before."""
    with writing(world.sessions) as session:
        row = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
        moved: Moved = replace(dialogues.moved_of(row), **other)
        dialogues.reschedule(
            session, world.actors[by], ref, moved=moved, version=row.version, now=at
        )


def dialogue_of(world: World, ref: str) -> Dialogue:
    """The dialogue as it now stands."""
    with reading(world.sessions) as session:
        return session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()


def line(world: World, ref: str, who: str) -> Attendee | None:
    """The line of somebody at the table; None where she has no seat."""
    with reading(world.sessions) as session:
        return session.scalars(
            select(Attendee)
            .join(Dialogue, Dialogue.id == Attendee.dialogue_id)
            .where(Dialogue.ref == ref, Attendee.person_id == world.actors[who].person_id)
        ).one_or_none()


def side_key(world: World, ref: str, home: str) -> int:
    """The key of a delegation."""
    with reading(world.sessions) as session:
        return session.scalars(
            select(Delegation.id)
            .join(Dialogue, Dialogue.id == Delegation.dialogue_id)
            .where(Dialogue.ref == ref, Delegation.organisation_id == world.organisations[home].id)
        ).one()


def posted(world: World, ref: str, at: datetime = NOW) -> dict[str, list[EmailMessage]]:
    """What goes out at that time about the dialogue, by whom it goes to."""
    post = Memory()
    deliver(world.sessions, post, PAPER, at)
    found: dict[str, list[EmailMessage]] = {}
    for email in post.emails:
        if ref in email["Subject"]:
            who = email["To"].addresses[0].addr_spec.removesuffix(".example")
            found.setdefault(who, []).append(email)
    return found


def entry(email: EmailMessage) -> Any:
    """The calendar that goes with an e-mail; None where none does."""
    parts = [one for one in email.walk() if one.get_content_type() == "text/calendar"]
    if not parts:
        return None
    (part,) = parts
    calendar: Any = Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    return calendar


def event(email: EmailMessage) -> Any:
    """The one event of the calendar that goes with an e-mail."""
    (found,) = entry(email).walk("VEVENT")
    return found


def method(email: EmailMessage) -> str:
    """What the calendar of an e-mail does; nothing where it has none."""
    calendar = entry(email)
    return "" if calendar is None else str(calendar["METHOD"])


def answers_to(email: EmailMessage) -> str:
    """The address that the answer to an invitation goes to."""
    return str(event(email)["ORGANIZER"]).removeprefix("mailto:")


def reply(
    world: World,
    ref: str,
    who: str,
    answer: Any = "accepted",
    *,
    sequence: int = 0,
    key: bytes = BACK.keys[0],
) -> Reply:
    """What the calendar of somebody mails back, with her token."""
    uid = uid_of(ref, PAPER.base_url)
    token = token_of(key, uid, world.actors[who].person_id)
    return Reply(token, uid, sequence, (Said(f"{who}.example", answer),))


def take(world: World, one: Reply, at: datetime = NOW + DAY, keys: Any = BACK.keys) -> bool:
    """Take a reply as the jobs do; whether it is an answer that counts."""
    with reading(world.sessions) as session:
        whose = dialogues.invitee_of(session, keys, one, PAPER.base_url)
    if whose is None:
        return False
    with writing(world.sessions) as session:
        return dialogues.take(session, whose, one, at)


def token_of_email(email: EmailMessage) -> str | None:
    """The token in the address that the answer goes to."""
    return token_in(answers_to(email))


def answered(world: World, *people: str, **values: Any) -> str:
    """A dialogue to which these people of Telco, and its organiser, have said that they come."""
    ref = invited(world, *people, **values)
    for one in (*people, ORGANISER):
        assert take(world, reply(world, ref, one))
    return ref
