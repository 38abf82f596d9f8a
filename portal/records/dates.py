"""The days of minutes in the calendar: a silence procedure ends, an action item is due."""

from typing import Final

from models.records import Action, Record, RecordState
from portal.among import among
from portal.dated import Could, Dated, Dates, could_fall
from portal.db import in_state
from portal.parameters import HOMES, ME
from portal.records.listing import could_know
from portal.records.tasks import ZONE
from portal.rules import READ_TEXT, RECORDS
from portal.rules.verbs import TAKE_UP
from portal.words import N_


def _silence() -> Could:
    ends = could_fall(Record.id, Record.silence_until_at, day_zone=ZONE)
    return ends.where(in_state(Record, RecordState.CIRCULATED), Record.id.in_(could_know(ME)))


def _actions() -> Could:
    return (
        could_fall(Record.id, Action.due_at, day_zone=ZONE)
        .join(Action, Action.record_id == Record.id)
        .where(
            in_state(Record, RecordState.ADOPTED),
            among(Action.organisation_id, HOMES),
            Action.commitment_id.is_(None),
        )
    )


DATES: Final = Dates(
    policy=RECORDS,
    title=Record.title,
    title_verb=READ_TEXT,
    each=(
        Dated("silence", N_("silence procedure ends"), READ_TEXT, _silence()),
        Dated("action", N_("action item due"), TAKE_UP, _actions()),
    ),
)
