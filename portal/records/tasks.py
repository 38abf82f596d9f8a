"""The minutes that wait for a person: to read in time, to confirm, an action to take up."""

from typing import Final

from sqlalchemy import ColumnElement, exists, select

from models.dialogues import Attendee, Dialogue
from models.records import Action, Record, RecordState
from models.stakeholders import Person
from portal.among import among
from portal.db import in_state
from portal.parameters import HOMES, ME, NOTHING, NOW
from portal.relations import agrees_to_it
from portal.rules import READ_TEXT, RECORDS
from portal.rules.verbs import CONFIRM, OBJECT, TAKE_UP
from portal.tasks import NO_TIME, Could, OnBehalf, Task, Tasks, Time, could_wait, nearest
from portal.words import N_

# A day by which minutes are due is a day where the dialogue took place.
ZONE: Final = (
    select(Dialogue.zone)
    .where(Dialogue.id == Record.dialogue_id)
    .correlate(Record)
    .scalar_subquery()
)


def _could_wait(by_at: Time = NO_TIME, since_at: Time = NO_TIME) -> Could:
    return could_wait(
        Record.id, Record.organisation_id, by_at=by_at, since_at=since_at, day_zone=ZONE
    )


def _circulated() -> Could:
    return nearest(
        _could_wait(by_at=Record.silence_until_at)
        .join(Attendee, Attendee.dialogue_id == Record.dialogue_id)
        .where(
            in_state(Record, RecordState.CIRCULATED),
            Attendee.person_id == ME,
            Attendee.came.is_(True),
            ~agrees_to_it.at(Record, ME, NOW),
        )
    )


def _attended() -> ColumnElement[bool]:
    came = exists().where(
        Attendee.dialogue_id == Record.dialogue_id,
        Attendee.person_id == Person.id,
        Attendee.came.is_(True),
    )
    return came & ~agrees_to_it.at(Record, Person.id, NOW)


def _unconfirmed() -> Could:
    return nearest(
        _could_wait(since_at=Record.changed_at)
        .join(Attendee, Attendee.dialogue_id == Record.dialogue_id)
        .where(
            in_state(Record, RecordState.DRAFT),
            Record.source_id.is_not(None),
            Record.author_id != ME,
            Attendee.person_id == ME,
        )
    )


def _actions() -> Could:
    return nearest(
        _could_wait(by_at=Action.due_at)
        .join(Action, Action.record_id == Record.id)
        .where(
            in_state(Record, RecordState.ADOPTED),
            among(Action.organisation_id, HOMES),
            Action.commitment_id.is_(None),
        )
    )


TASKS: Final = Tasks(
    policy=RECORDS,
    title=Record.title,
    title_verb=READ_TEXT,
    detail=NOTHING,
    template="overview/task.html",
    each=(
        Task(
            OBJECT,
            N_("Read the minutes"),
            whose="%(who)s",
            until=N_("silence procedure ends"),
            could=_circulated(),
            on_behalf=OnBehalf(
                (in_state(Record, RecordState.CIRCULATED), _attended()),
                Record.silence_until_at,
                ZONE,
            ),
        ),
        Task(
            CONFIRM,
            N_("Check and confirm"),
            whose="%(who)s",
            until="",
            could=_unconfirmed(),
            page="records.confirm",
        ),
        Task(
            TAKE_UP,
            N_("Make it a commitment"),
            whose="%(who)s",
            until=N_("due"),
            could=_actions(),
        ),
    ),
)
