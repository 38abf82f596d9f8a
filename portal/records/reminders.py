"""The ladders of records: silence half over and ending, an action that is due."""

from datetime import timedelta
from typing import Final

from models.records import Action, Record, RecordState
from models.stakeholders import Person
from portal.db import in_state
from portal.ladders import Ladder, Rung, after, before
from portal.parameters import NOW
from portal.relations import agrees_to_it
from portal.rules import RECORDS
from portal.rules.verbs import OBJECT, TAKE_UP

IN_SILENCE: Final = (in_state(Record, RecordState.CIRCULATED),)
# Whoever agrees could still object, and is not urged to look for a reason.
UNDECIDED: Final = (~agrees_to_it.at(Record, Person.id, NOW),)
LADDERS: Final = (
    Ladder(
        RECORDS,
        OBJECT,
        Record.silence_half_at,
        Record.edition,
        (Rung("half", timedelta(0), "silence-half"),),
        only=UNDECIDED,
        first=IN_SILENCE,
        passed_on=True,
    ),
    Ladder(
        RECORDS,
        OBJECT,
        Record.silence_until_at,
        Record.edition,
        before("silence-ends", 1),
        only=UNDECIDED,
        first=IN_SILENCE,
        notified_at=Record.changed_at,
        ends=timedelta(0),
        passed_on=True,
    ),
    Ladder(
        RECORDS,
        TAKE_UP,
        Action.due_at,
        Action.id,
        (*before("action-due", 7, 1), *after("action-due", 0, 7, 14, 21)),
        rows=(Action, Action.record_id == Record.id),
        only=(Action.commitment_id.is_(None), Action.due_at.is_not(None)),
        homes=(Action.organisation_id,),
        notified_at=Record.adopted_at,
    ),
)
