"""The poll of the bench: one dialogue with 200 delegations that answer to 40 times."""

import random
from datetime import datetime, timedelta

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.dialogues import Attendee, Can, Delegation, Dialogue, DialogueState, Slot, SlotAnswer
from models.signins import SignIn
from models.stakeholders import Membership, Organisation, OrganisationKind, Role, Standing
from portal.presence import key_hash

ORGANISER = "organiser"
TITLE = "The poll of the bench"
SIDES, TIMES = 200, 40
ZONES = (
    *("Europe/Helsinki", "Europe/Dublin", "Asia/Singapore", "America/New_York", "Africa/Nairobi"),
    *("America/Sao_Paulo", "Asia/Tokyo", "Asia/Kolkata", "Pacific/Auckland", "Europe/Zurich"),
    *("Asia/Kathmandu", "America/Los_Angeles", "Africa/Lagos", "Australia/Adelaide"),
)
HOUR = timedelta(hours=1)


def plant(session: Session, now: datetime) -> None:
    """Bring the poll and its organiser's sign-in into a seeded database, once."""
    known = select(Dialogue.id).where(Dialogue.title == TITLE)
    if session.scalar(known) is None:
        person = session.scalars(
            select(Membership)
            .join(Organisation, Organisation.id == Membership.organisation_id)
            .where(
                Organisation.kind == OrganisationKind.MEDIATION,
                Membership.role == Role.COORDINATOR,
            )
            .order_by(Membership.id)
            .limit(1)
        ).one()
        _dialogue(session, person, now)
        session.add(_sign_in(person.person_id, now))
        session.flush()
    row = session.query(SignIn).filter_by(key_hash=key_hash(ORGANISER)).one()
    row.began_at = row.seen_at = now


def refs(session: Session) -> list[str]:
    """The reference of the poll."""
    return list(session.scalars(select(Dialogue.ref).where(Dialogue.title == TITLE)))


def _dialogue(session: Session, organiser: Membership, now: datetime) -> None:
    dialogue = Dialogue(
        ref=new_reference("D", now.year),
        organisation_id=organiser.organisation_id,
        author_id=organiser.person_id,
        state=DialogueState.POLLING,
        rule="limited",
        attributed=True,
        tlp="AMBER+STRICT",
        format="online",
        title=TITLE,
        zone="Europe/Zurich",
        minutes=90,
        poll_until_at=now + 24 * HOUR,
        created_at=now,
        changed_at=now,
        published_at=now,
    )
    session.add(dialogue)
    session.flush()
    who = {"dialogue_id": dialogue.id, "person_id": organiser.person_id}
    session.add(Attendee(**who, organises=True))
    _answer(session, _sides(session, dialogue, now), _slots(session, dialogue, now), organiser, now)


def _slots(session: Session, dialogue: Dialogue, now: datetime) -> list[Slot]:
    first = now.replace(minute=0, second=0, microsecond=0) + 10 * 24 * HOUR
    slots = [Slot(dialogue_id=dialogue.id, starts_at=first + 5 * n * HOUR) for n in range(TIMES)]
    session.add_all(slots)
    session.flush()
    return slots


def _sides(session: Session, dialogue: Dialogue, now: datetime) -> list[Delegation]:
    homes = [
        Organisation(
            ref=new_reference("O", now.year),
            name=f"Side {n}",
            kind=OrganisationKind.COMPANY,
            country="FI",
            zone=ZONES[n % len(ZONES)],
            state=Standing.ACTIVE,
            created_at=now,
        )
        for n in range(1, SIDES + 1)
    ]
    session.add_all(homes)
    session.flush()
    sides = [
        Delegation(dialogue_id=dialogue.id, organisation_id=home.id, required=n % 3 == 0)
        for n, home in enumerate(homes)
    ]
    session.add_all(sides)
    session.flush()
    return sides


def _answer(
    session: Session,
    sides: list[Delegation],
    slots: list[Slot],
    organiser: Membership,
    now: datetime,
) -> None:
    chance = random.Random(20260303)
    said = [
        {
            "slot_id": slot.id,
            "delegation_id": side.id,
            "can": chance.choices(list(Can), (60, 20, 20))[0],
            "by_id": organiser.person_id,
            "at": now,
        }
        for n, side in enumerate(sides)
        if n % 10
        for slot in slots
    ]
    session.execute(insert(SlotAnswer), said)


def _sign_in(person_id: int, now: datetime) -> SignIn:
    return SignIn(
        key_hash=key_hash(ORGANISER),
        person_id=person_id,
        provider="bench",
        issuer="https://id.example",
        subject=ORGANISER,
        id_token="",
        began_at=now,
        seen_at=now,
    )
