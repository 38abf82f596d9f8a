"""Dialogues and records laid into the tables as they stand later in life, for other tests.

What brings them there is tested with the services; here only what is asked of them then resources.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation, Dialogue, DialogueState
from models.records import Record, RecordState
from tests.cast import NOW, World
from tests.dialogues.builders import drafted

HOURS = timedelta(hours=1)
DAY = timedelta(days=1)


def side_of(session: Session, world: World, dialogue: Dialogue, home: str) -> Delegation:
    """The delegation of an organisation."""
    return session.scalars(
        select(Delegation).where(
            Delegation.dialogue_id == dialogue.id,
            Delegation.organisation_id == world.organisations[home].id,
        )
    ).one()


def comes(session: Session, world: World, dialogue: Dialogue, name: str, **values: Any) -> Attendee:
    """Somebody whom her delegation has named; `name` as `liaison@telco`."""
    side = side_of(session, world, dialogue, name.partition("@")[2])
    row = Attendee(
        dialogue_id=dialogue.id,
        delegation_id=side.id,
        person_id=world.actors[name].person_id,
        invited_at=dialogue.convened_at,
        **values,
    )
    session.add(row)
    session.flush()
    return row


def convened(
    session: Session,
    world: World,
    *delegations: str,
    starts_at: datetime = NOW + 20 * DAY,
    at: datetime = NOW,
    **text: Any,
) -> Dialogue:
    """A dialogue with a time; nobody is named yet."""
    dialogue = drafted(session, world, *delegations, at=at, **text)
    dialogue.state = DialogueState.CONVENED
    dialogue.published_at = dialogue.convened_at = at
    dialogue.starts_at, dialogue.ends_at = starts_at, starts_at + HOURS
    for row in session.scalars(select(Attendee).where(Attendee.dialogue_id == dialogue.id)):
        row.invited_at, row.answer = at, "accepted"
    session.flush()
    return dialogue


def held(session: Session, world: World, *delegations: str, **text: Any) -> Dialogue:
    """A dialogue that took place an hour ago; organisers were there."""
    text.setdefault("starts_at", NOW - 2 * HOURS)
    dialogue = convened(session, world, *delegations, **text)
    dialogue.state, dialogue.held_at = DialogueState.HELD, dialogue.ends_at
    for row in session.scalars(select(Attendee).where(Attendee.dialogue_id == dialogue.id)):
        row.came = True
    session.flush()
    return dialogue


def recorded(
    session: Session,
    world: World,
    dialogue: Dialogue,
    state: str = RecordState.CIRCULATED,
    at: datetime = NOW,
    days: int = 10,
) -> Record:
    """The record of a dialogue, in a state."""
    record = Record(
        ref=f"R-26-{dialogue.ref[-6:]}",
        dialogue_id=dialogue.id,
        organisation_id=dialogue.organisation_id,
        author_id=dialogue.author_id,
        state=state,
        tlp=dialogue.tlp,
        title=dialogue.title,
        edition=0 if state == RecordState.DRAFT else 1,
        silence_until_at=at + days * DAY,
        silence_half_at=at + days * DAY / 2,
        published_at=None if state == RecordState.DRAFT else at,
        adopted_at=at if state == RecordState.ADOPTED else None,
        sha256="0" * 64 if state == RecordState.ADOPTED else None,
        created_at=at,
        changed_at=at,
    )
    session.add(record)
    session.flush()
    return record
