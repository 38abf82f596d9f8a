"""The dialogues that wait for a person: times, an answer, names, minutes to write."""

from typing import Final

from sqlalchemy import ColumnElement, exists, or_

from models.dialogues import Attendee, Delegation, Dialogue, DialogueState
from models.records import Record
from portal.db import in_state
from portal.recipients import Reader
from portal.relations import asked_by_poll, awaited_by_poll
from portal.rules import DIALOGUES, READ_TEXT
from portal.rules.verbs import ANSWER, ANSWER_POLL, DRAFT_RECORD, NAME
from portal.tasks import NONE, Could, Task, Tasks, could_wait, nearest
from portal.words import N_


def _of_side(reader: Reader) -> ColumnElement[bool]:
    return or_(
        Delegation.organisation_id.in_(reader.keys("o:")), Delegation.contact_id == reader.id
    )


def _polls(reader: Reader) -> Could:
    could = could_wait(
        Dialogue.id,
        Dialogue.organisation_id,
        by_at=Dialogue.poll_until_at,
        day_zone=Dialogue.zone,
    )
    return nearest(
        could.join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.POLLING),
            _of_side(reader),
            asked_by_poll.at(Delegation, reader.id, reader.now),
            awaited_by_poll.at(Delegation, reader.id, reader.now),
        )
        .distinct()
    )


def _begins() -> Could:
    # It begins at an instant; all else that has a time is due on a day.
    return could_wait(Dialogue.id, Dialogue.organisation_id, by_at=Dialogue.starts_at)


def _invitations(reader: Reader) -> Could:
    return nearest(
        _begins()
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.CONVENED),
            Attendee.person_id == reader.id,
            Attendee.answer == "",
            Attendee.invited_at.is_not(None),
        )
    )


def _unnamed(reader: Reader) -> Could:
    named = exists().where(Attendee.delegation_id == Delegation.id)
    return nearest(
        _begins()
        .join(Delegation, Delegation.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.CONVENED),
            _of_side(reader),
            ~named.correlate(Delegation),
        )
        .distinct()
    )


def _without_minutes(reader: Reader) -> Could:
    circulated = exists().where(
        Record.dialogue_id == Dialogue.id,
        Record.source_id.is_(None),
        Record.published_at.is_not(None),
    )
    return nearest(
        could_wait(
            Dialogue.id,
            Dialogue.organisation_id,
            since_at=Dialogue.ends_at,
        )
        .join(Attendee, Attendee.dialogue_id == Dialogue.id)
        .where(
            in_state(Dialogue, DialogueState.HELD),
            Attendee.person_id == reader.id,
            Attendee.organises,
            ~circulated.correlate(Dialogue),
        )
    )


TASKS: Final = Tasks(
    policy=DIALOGUES,
    title=Dialogue.title,
    title_verb=READ_TEXT,
    detail=NONE,
    template="overview/task.html",
    each=(
        Task(
            ANSWER_POLL,
            N_("Say when you can"),
            whose="%(who)s",
            until=N_("answers until"),
            could=_polls,
        ),
        Task(
            ANSWER,
            N_("Say whether you come"),
            whose="%(who)s",
            until=N_("begins"),
            could=_invitations,
        ),
        Task(NAME, N_("Name who comes"), whose="%(who)s", until=N_("begins"), could=_unnamed),
        Task(
            DRAFT_RECORD,
            N_("Write the record"),
            whose="%(who)s",
            until="",
            could=_without_minutes,
        ),
    ),
)
