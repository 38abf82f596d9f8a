"""The ladders of dialogues: an answer to the poll or the invitation, the day before, the record.

Whom an e-mail concerns hangs here on the person and not on the resource alone, so each ladder
narrows the people whom the policy is then asked about.
"""

from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, case, exists, func, literal, or_, select

from models.agenda import Document
from models.dialogues import Answer, Attendee, Delegation, Dialogue, DialogueState
from models.ledger import AuditEvent
from models.records import Decision, Record, RecordState
from models.stakeholders import Person
from portal.access import sub_resource
from portal.db import alias, in_state
from portal.ladders import DAY, Ladder, Rung, after, before, seconds
from portal.parameters import NOW
from portal.relations import nobody_comes, poll_awaited, speaks_for_it
from portal.rules import DIALOGUES, READ
from portal.rules.verbs import (
    ANSWER,
    ANSWER_POLL,
    DRAFT_RECORD,
    FOLLOW_UP,
    HOLD,
    NAME,
    READ_TABLE,
)

COMES: Final = (Attendee, Attendee.dialogue_id == Dialogue.id)
LATER: Final = alias(Document, "later_paper")
NEXT: Final = alias(Dialogue, "next_dialogue")
# Whoever was told of another time just now needs no reminder from before it.
ASKED_SINCE: Final = case(
    (Dialogue.changed_at > Attendee.invited_at, Dialogue.changed_at), else_=Attendee.invited_at
)
HOUR: Final = timedelta(hours=1)


def _unanswered() -> tuple[Any, ...]:
    return (
        in_state(Dialogue, DialogueState.CONVENED),
        Attendee.person_id == Person.id,
        Attendee.invited_at.is_not(None),
        Attendee.answer == "",
    )


def _unnamed() -> tuple[Any, ...]:
    # Asked by whoever may name for that very delegation, not for another of the dialogue.
    return (
        in_state(Dialogue, DialogueState.CONVENED),
        speaks_for_it.at(Delegation, Person.id, NOW),
        nobody_comes.at(Delegation, Person.id, NOW),
    )


def _expected() -> tuple[Any, ...]:
    return (
        in_state(Dialogue, DialogueState.CONVENED),
        Attendee.person_id == Person.id,
        Attendee.invited_at.is_not(None),
        Attendee.answer != Answer.DECLINED,
    )


def _unread() -> tuple[Any, ...]:
    # The newest paper that this person sees speaks for all; whoever read since needs no e-mail.
    later = exists().where(LATER.dialogue_id == Dialogue.id, LATER.added_at > Document.added_at)
    seen = exists().where(
        AuditEvent.resource_type == DIALOGUES.name,
        AuditEvent.resource_id == Dialogue.id,
        AuditEvent.verb == READ,
        AuditEvent.person_id == Person.id,
        AuditEvent.at >= Document.added_at,
    )
    states = (DialogueState.POLLING, DialogueState.CONVENED)
    return (
        or_(*(in_state(Dialogue, state) for state in states)),
        Document.by_id != Person.id,
        ~later,
        ~seen,
        sub_resource(Document, Person.id, NOW),
    )


def _of_it(draft: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    return Record.dialogue_id == Dialogue.id, Record.source_id.is_(None), draft


def without_minutes() -> ColumnElement[bool]:
    """Of a dialogue: none of its minutes are circulated, or adopted.

    Those that somebody objected to, or that were recalled, wait for their writers again.
    """
    return ~exists().where(*_of_it(Record.state != RecordState.DRAFT)).correlate(Dialogue)


# Whoever writes them, or has just heard of an objection, needs no reminder from before it.
MINUTES_SINCE: Final = func.coalesce(
    select(func.max(Record.changed_at))
    .where(*_of_it(in_state(Record, RecordState.DRAFT)))
    .correlate(Dialogue)
    .scalar_subquery(),
    Dialogue.held_at,
)


# A next dialogue that was planned since the decision is where it is looked at again.
NOT_FOLLOWED: Final = ~exists().where(
    NEXT.follows_id == Dialogue.id,
    NEXT.created_at >= Decision.closed_at,
    NEXT.state != DialogueState.CANCELLED,
).correlate(Dialogue, Decision)


def to_review() -> tuple[ColumnElement[bool], ...]:
    """Of a decision and its dialogue: it has a day on which it is reviewed, and was not since."""
    return Decision.carried.is_not(None), Decision.review_at.is_not(None), NOT_FOLLOWED


LADDERS: Final = (
    Ladder(
        DIALOGUES,
        ANSWER_POLL,
        Dialogue.poll_until_at,
        seconds(Dialogue.poll_until_at),
        (*before("answer-poll-soon", 7, 3, 1), *after("answer-poll-soon", 0, 2)),
        only=(poll_awaited.at(Dialogue, Person.id, NOW),),
        first=(in_state(Dialogue, DialogueState.POLLING),),
        notified_at=Dialogue.changed_at,
        ends=9 * DAY,
        passed_on=True,
    ),
    Ladder(
        DIALOGUES,
        ANSWER,
        Dialogue.starts_at,
        Dialogue.sequence,
        before("rsvp-soon", 14, 7, 3, 1),
        rows=COMES,
        only=_unanswered(),
        notified_at=ASKED_SINCE,
        ends=timedelta(0),
        passed_on=True,
    ),
    Ladder(
        DIALOGUES,
        NAME,
        Dialogue.starts_at,
        seconds(Dialogue.starts_at),
        before("name-soon", 14, 7, 3, 1),
        rows=(Delegation, Delegation.dialogue_id == Dialogue.id),
        only=_unnamed(),
        homes=(Delegation.organisation_id,),
        notified_at=Dialogue.convened_at,
        ends=timedelta(0),
    ),
    # A rung of its own verb, so that it is another e-mail than the one above.
    Ladder(
        DIALOGUES,
        READ_TABLE,
        Dialogue.starts_at,
        Dialogue.sequence,
        before("tomorrow", 1),
        rows=COMES,
        only=_expected(),
        notified_at=ASKED_SINCE,
        ends=timedelta(0),
    ),
    Ladder(
        DIALOGUES,
        READ_TABLE,
        Document.added_at,
        seconds(Document.added_at),
        (Rung("papers", HOUR, "documents-new"),),
        rows=(Document, Document.dialogue_id == Dialogue.id),
        only=_unread(),
        ends=7 * DAY,
    ),
    # Until it is recorded that it took place nobody is asked for minutes.
    Ladder(
        DIALOGUES,
        HOLD,
        Dialogue.ends_at,
        seconds(Dialogue.ends_at),
        after("hold-late", 1, 4, 8, 15),
        first=(in_state(Dialogue, DialogueState.CONVENED),),
    ),
    Ladder(
        DIALOGUES,
        DRAFT_RECORD,
        Dialogue.ends_at,
        literal(0),
        after("record-late", 2, 5, 9, 16, 23),
        only=(without_minutes(),),
        first=(in_state(Dialogue, DialogueState.HELD),),
        notified_at=MINUTES_SINCE,
    ),
    Ladder(
        DIALOGUES,
        FOLLOW_UP,
        Decision.review_at,
        seconds(Decision.review_at),
        (*before("review-soon", 14, 1), *after("review-soon", 0)),
        rows=(Decision, Decision.dialogue_id == Dialogue.id),
        only=to_review(),
        notified_at=Decision.closed_at,
    ),
)
