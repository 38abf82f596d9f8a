"""A dialogue is held: the code of the room, who came, and how it is concluded."""

import secrets
from datetime import datetime
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Delegation, Dialogue, TableRole
from models.records import Record, RecordState
from models.stakeholders import Person
from portal.access import Actor, visible
from portal.db import in_state
from portal.errors import Invalid, NotFound, refuse
from portal.ledger import transition
from portal.relations import belongs, moment
from portal.rules import DIALOGUES, PEOPLE
from portal.rules.verbs import ATTEND, CHECK_IN, CONCLUDE, HOLD
from portal.words import N_

# Without e-mails that are read as one another from the far end of a room.
ROOM_LETTERS: Final = "ABCDEFGHJKLMNPRSTUVWXYZ"
LENGTH: Final = 6


def open_room(session: Session, actor: Actor, ref: str, now: datetime) -> str:
    """A new code for the screen in the room; one shown before does not count any more."""
    with transition(session, actor, ATTEND, DIALOGUES, ref, now, room=True) as dialogue:
        code = "".join(secrets.choice(ROOM_LETTERS) for _ in range(LENGTH))
        dialogue.room_code = code
    return code


def check_in(session: Session, actor: Actor, ref: str, *, code: str, now: datetime) -> None:
    """Say by the code of the room that one is there. Raises Invalid for a wrong code."""
    with transition(session, actor, CHECK_IN, DIALOGUES, ref, now) as dialogue:
        if dialogue.room_code is None:
            raise Invalid({"code": N_("The room is not open yet.")})
        typed = "".join(code.split()).upper()
        if not secrets.compare_digest(typed.encode(), dialogue.room_code.encode()):
            refuse({"code": N_("This is not the room code.")})
        me = session.scalars(
            select(Attendee).where(
                Attendee.dialogue_id == dialogue.id, Attendee.person_id == actor.person_id
            )
        ).one_or_none()
        if me is None:
            raise NotFound(ref)
        me.came = me.came_by_code = True


def attend(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    came: frozenset[int],
    shown: frozenset[int],
    now: datetime,
) -> None:
    """Say of everybody at the table whether they came, by keys of attendees.

    `shown` are those who had come when the list was shown: who checked in meanwhile is kept.
    Raises Invalid for a key that is not at this table.
    """
    with transition(session, actor, ATTEND, DIALOGUES, ref, now, came=sorted(came)) as dialogue:
        rows = session.scalars(
            select(Attendee).where(Attendee.dialogue_id == dialogue.id).with_for_update()
        ).all()
        if came - {row.id for row in rows}:
            refuse({"came": N_("Someone on this list is no longer a participant.")})
        for row in rows:
            meanwhile = row.came_by_code and row.id not in shown
            row.came = row.id in came or meanwhile
            row.came_by_code = row.came_by_code and row.came


def add_arrival(
    session: Session, actor: Actor, ref: str, *, person_id: int, side_id: int = 0, now: datetime
) -> None:
    """Add somebody who came unannounced: for a delegation that they belong to, or as a guest.

    Raises Invalid where they are not known here, sit there already, or do not belong to it.
    """
    detail = {"person": person_id, "side": side_id}
    with transition(session, actor, ATTEND, DIALOGUES, ref, now, **detail) as dialogue:
        known = visible(PEOPLE, actor, now, Person.id).where(Person.id == person_id)
        if session.scalar(known) is None:
            refuse({"person": N_("Choose a person from this portal.")})
        sits = exists().where(Attendee.dialogue_id == dialogue.id, Attendee.person_id == person_id)
        if session.scalar(select(sits)):
            refuse({"person": N_("This person is already a participant: tick that they attended.")})
        if side_id and not _is_of(session, dialogue, side_id, person_id, now):
            refuse({"side": N_("This person does not belong to this delegation.")})
        session.add(
            Attendee(
                dialogue_id=dialogue.id,
                delegation_id=side_id or None,
                person_id=person_id,
                role=TableRole.PARTICIPANT,
                came=True,
            )
        )
        session.flush()


def _is_of(
    session: Session, dialogue: Dialogue, side_id: int, person_id: int, now: datetime
) -> bool:
    row = exists().where(
        Delegation.id == side_id,
        Delegation.dialogue_id == dialogue.id,
        belongs(Delegation.organisation_id, person_id, moment(now)),
    )
    return bool(session.scalar(select(row)))


def hold(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Say that the dialogue, which has begun, takes or took place."""
    with transition(session, actor, HOLD, DIALOGUES, ref, now) as dialogue:
        dialogue.held_at = dialogue.changed_at = now


def conclude(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Close a dialogue that was held. Without an adopted record it needs a reason (`why`)."""
    with transition(session, actor, CONCLUDE, DIALOGUES, ref, now) as dialogue:
        if len(why) > 500:
            refuse({"why": N_("Give a reason in one sentence.")})
        if not why.strip() and not has_adopted_record(session, dialogue):
            refuse(
                {
                    "why": N_(
                        "No minutes are adopted yet: explain why the dialogue is concluded without "
                        "them."
                    )
                }
            )
        dialogue.ended_at = dialogue.changed_at = now
        dialogue.ended_reason, dialogue.room_code = why.strip(), None


def has_adopted_record(session: Session, dialogue: Any) -> bool:
    """Whether the record of the dialogue is adopted."""
    row = exists().where(
        Record.dialogue_id == dialogue.id,
        Record.source_id.is_(None),
        in_state(Record, RecordState.ADOPTED),
    )
    return bool(session.scalar(select(row)))
