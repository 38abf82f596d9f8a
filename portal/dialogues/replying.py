"""Whoever is invited answers: on the page, or by the reply that her calendar mails back.

A reply is believed for its token alone, and only if it answers the invitation as it now stands.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Answer, Attendee, Dialogue
from models.stakeholders import Person
from portal.access import Actor, may
from portal.calendars import Reply, is_token_of
from portal.dialogues.polling import held
from portal.errors import PortalError, TooLate, refuse
from portal.ledger import perform
from portal.rules import DIALOGUES
from portal.rules.verbs import ANSWER
from portal.words import N_

UID: Final = re.compile(r"(D-[0-9]{2}-[0-9A-Z]{6})@[^@]+", re.IGNORECASE)
# How far the clock of a calendar may be ahead of ours: a reply from next year would shut the door
# on all that come before then.
AHEAD: Final = timedelta(days=1)


def answer(
    session: Session, actor: Actor, ref: str, *, said: str, sequence: int, now: datetime
) -> None:
    """Say whether one comes, to the invitation of this `sequence`.

    Raises TooLate when it was moved meanwhile, Invalid for what is no answer.
    """
    with perform(session, actor, ANSWER, DIALOGUES, ref, now) as dialogue:
        held(session, dialogue, ANSWER)
        if dialogue.sequence != sequence:
            raise TooLate(ANSWER)
        if said not in set(Answer):
            refuse({"answer": N_("Say whether you come.")})
        row = _row(session, dialogue, actor.person_id)
        row.answer, row.answered_at, row.by_mail, row.stamped_at = said, now, False, now


def said_by(session: Session, actor: Actor, dialogue: Dialogue) -> str:
    """What the person has answered so far; nothing where she has not, or has no seat of her own."""
    mine = select(Attendee.answer).where(
        Attendee.dialogue_id == dialogue.id, Attendee.person_id == actor.person_id
    )
    return session.scalar(mine) or ""


def take(session: Session, keys: Sequence[bytes], reply: Reply, now: datetime) -> bool:
    """Take an answer that came by mail; False, and nothing is written, where it does not count.

    That is: a token of nobody at the table under any of `keys`, an invitation that is not the
    present one, a reply older than the last answer, or somebody who is not expected any more. The
    same answer once more is accepted, and changes nothing.
    """
    found = _whose(session, tuple(keys), reply)
    if found is None:
        return False
    dialogue, person = found
    actor = Actor(person.id, person.name)
    try:
        held(session, dialogue, ANSWER)
        if not may(session, actor, ANSWER, DIALOGUES, dialogue.id, now):
            return False
        row = _row(session, dialogue, person.id)
        if reply.sequence != dialogue.sequence or reply.stamped_at > now + AHEAD:
            return False
        if row.stamped_at is not None and reply.stamped_at <= row.stamped_at:
            return (reply.stamped_at, reply.answer) == (row.stamped_at, row.answer)
        with perform(session, actor, ANSWER, DIALOGUES, dialogue.ref, now, by="mail"):
            row.answer, row.answered_at, row.by_mail = reply.answer, now, True
            row.stamped_at = reply.stamped_at
    except PortalError:
        return False
    return True


def _whose(
    session: Session, keys: tuple[bytes, ...], reply: Reply
) -> tuple[Dialogue, Person] | None:
    uid = UID.fullmatch(reply.uid)
    if uid is None:
        return None
    rows = session.execute(
        select(Dialogue, Person)
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .join(Person, Person.id == Attendee.person_id)
        .where(Dialogue.ref == uid[1].upper())
    )
    name = reply.uid.lower()
    hits = [row for row in rows if is_token_of(keys, name, row.Person.id, reply.token)]
    return (hits[0].Dialogue, hits[0].Person) if len(hits) == 1 else None


def _row(session: Session, dialogue: Dialogue, person_id: int) -> Any:
    mine = select(Attendee).where(
        Attendee.dialogue_id == dialogue.id, Attendee.person_id == person_id
    )
    return session.scalars(mine.execution_options(populate_existing=True)).one()
