"""Polls for tests: times offered through the service, answered by hands and by named people."""

from datetime import date, datetime, timedelta
from email.message import EmailMessage
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation, Dialogue, Slot
from models.ledger import OutboxEmail
from models.stakeholders import Person
from portal import dialogues
from portal.db import reading
from portal.delivery import deliver
from portal.dialogues import Times
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.jobs.test_delivery import PAPER, Memory

TELCO, COLLEAGUE, CLOUD, BANK = "liaison@telco", "colleague@telco", "liaison@cloud", "liaison@bank"
DAY = timedelta(days=1)
# Where the test dialogues are planned (Europe/Helsinki) it is three hours later than in UTC in
# summer, two in winter.
FIRST, SECOND, THIRD = (datetime(2027, 2, day, 14, 0) for day in (2, 3, 4))  # noqa: DTZ001
UNTIL = date(2027, 1, 29)
HOUR = timedelta(hours=1)
FORWARD = datetime(2027, 3, 28, 3, 30)  # noqa: DTZ001 - left out in Helsinki
BACK = datetime(2027, 10, 31, 3, 30)  # noqa: DTZ001 - there twice


def times(*local: datetime, wall: bool = True) -> Times:
    """Local times on lines one after the other."""
    return Times(dict(enumerate(local)), wall)


def polled(
    session: Session,
    world: World,
    *delegations: str,
    local: tuple[datetime, ...] = (FIRST, SECOND, THIRD),
    wall: bool = True,
    at: datetime = NOW,
    **values: Any,
) -> Dialogue:
    """A dialogue in whose poll these times are offered."""
    dialogue = drafted(session, world, *(delegations or ("telco", "cloud")), at=at, **values)
    offered(session, world, dialogue, *local, wall=wall, at=at)
    return dialogue


def offered(
    session: Session,
    world: World,
    dialogue: Dialogue,
    *local: datetime,
    wall: bool = True,
    at: datetime = NOW,
    until: date | None = UNTIL,
) -> None:
    """The poll of a draft begins."""
    dialogues.poll(
        session, world.actors[ORGANISER], dialogue.ref, times=times(*local, wall=wall),
        until_on=until, version=dialogue.version, now=at,
    )  # fmt: skip


def slots(session: Session, dialogue: Dialogue) -> list[Slot]:
    """The offered times, soonest first."""
    mine = select(Slot).where(Slot.dialogue_id == dialogue.id).order_by(Slot.starts_at)
    return list(session.scalars(mine))


def side(session: Session, world: World, dialogue: Dialogue, home: str) -> Delegation:
    """The delegation of an organisation."""
    return session.scalars(
        select(Delegation).where(
            Delegation.dialogue_id == dialogue.id,
            Delegation.organisation_id == world.organisations[home].id,
        )
    ).one()


def named(session: Session, world: World, dialogue: Dialogue, *names: str) -> None:
    """People whom their delegations have named, as `liaison@telco`."""
    for name in names:
        key = side(session, world, dialogue, name.partition("@")[2]).id
        person = world.actors[name].person_id
        session.add(Attendee(dialogue_id=dialogue.id, delegation_id=key, person_id=person))
    session.flush()


def answered(
    session: Session,
    world: World,
    dialogue: Dialogue,
    name: str,
    *said: str,
    home: str = "",
    at: datetime = NOW,
) -> None:
    """What somebody says to the times, soonest first: yes, if-need-be, no."""
    key = side(session, world, dialogue, home or name.partition("@")[2]).id
    ahead = [slot for slot in slots(session, dialogue) if slot.starts_at > at]
    answers = dict(zip([slot.id for slot in ahead], said, strict=True))
    actor = world.actors[name]
    dialogues.answer_poll(session, actor, dialogue.ref, side=key, said=answers, now=at)


def notified(world: World, ref: str, template: str) -> list[str]:
    """Who was written such an e-mail about the dialogue, once for each."""
    with reading(world.sessions) as session:
        emails = session.scalars(
            select(Person.email)
            .join(OutboxEmail, OutboxEmail.person_id == Person.id)
            .join(Dialogue, Dialogue.id == OutboxEmail.resource_id)
            .where(
                Dialogue.ref == ref,
                OutboxEmail.resource_type == "dialogues",
                OutboxEmail.template == template,
            )
        ).all()
    return sorted(email.removesuffix(".example") for email in emails)


def posted(world: World, ref: str) -> list[EmailMessage]:
    """The e-mails about the dialogue, delivered."""
    post = Memory()
    deliver(world.sessions, post, PAPER, NOW + DAY)
    return [email for email in post.emails if ref in email["Subject"]]
