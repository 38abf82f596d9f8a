"""Rows related to a dialogue, each sort with its names; a page loads them by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue, DialogueState
from models.records import Record
from portal.access import Actor, predicate
from portal.dialogues.agenda_rows import (
    FOLLOWS,
    DocumentRow,
    ItemRow,
    LinkRow,
    NoteRow,
    TaskRow,
    documents,
    items,
    links,
    notes,
    tasks,
)
from portal.dialogues.decision_rows import (
    ActionRow,
    AnswerRow,
    BallotRow,
    DecisionRow,
    ObjectionRow,
    decided_parts,
)
from portal.dialogues.linking import LINKED
from portal.dialogues.table_rows import (
    AttendeeRow,
    DelegationRow,
    PolledRow,
    ReplyRow,
    SlotRow,
    attendees,
    delegations,
    polled,
    replies,
    slots,
)
from portal.parameters import KEY, ME, NOW
from portal.related import Related, Together, related
from portal.rules import READ, RECORDS, RESOURCE_TYPES

MOST = 1000


@dataclass(frozen=True)
class RecordRow:
    """The minutes of the dialogue, or a redacted version of them."""

    id: int
    ref: str
    title: str
    state: str
    tlp: str
    silence_until_at: datetime | None
    redacted: bool


@dataclass(frozen=True)
class RelatedRows:
    """All that is related to one dialogue, as far as the reader sees it.

    From `delegations` on they are for those at the table alone.
    """

    items: Sequence[ItemRow] = ()
    documents: Sequence[DocumentRow] = ()
    notes: Sequence[NoteRow] = ()
    links: Sequence[LinkRow] = ()
    records: Sequence[RecordRow] = ()
    slots: Sequence[SlotRow] = ()
    delegations: Sequence[DelegationRow] = ()
    attendees: Sequence[AttendeeRow] = ()
    polled: Sequence[PolledRow] = ()
    decisions: Sequence[DecisionRow] = ()
    answers: Sequence[AnswerRow] = ()
    ballots: Sequence[BallotRow] = ()
    actions: Sequence[ActionRow] = ()
    objections: Sequence[ObjectionRow] = ()
    replies: Sequence[ReplyRow] = ()
    tasks: Sequence[TaskRow] = ()

    @property
    def me(self) -> AttendeeRow | None:
        """The reader's own line among those who come; None where there is none."""
        return next((row for row in self.attendees if row.me), None)

    @property
    def own_sides(self) -> list[DelegationRow]:
        """The delegations that the reader comes for or answers for."""
        return [row for row in self.delegations if row.mine]


def related_rows(
    session: Session, actor: Actor, dialogue: Dialogue, at_table: bool, now: datetime
) -> RelatedRows:
    """All that is related to the dialogue; `at_table` adds who sits there and what they decide."""
    together = FOR_READERS
    if at_table:
        together = IN_POLL if dialogue.state == DialogueState.POLLING else AT_TABLE
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: dialogue.id}
    rows = together.load(session, asked | {FOLLOWS.key: dialogue.follows_id or 0})
    return RelatedRows(
        items=rows[ItemRow],
        documents=rows[DocumentRow],
        notes=rows[NoteRow],
        links=rows[LinkRow],
        records=rows[RecordRow],
        slots=rows[SlotRow],
        delegations=rows[DelegationRow],
        attendees=rows[AttendeeRow],
        polled=rows[PolledRow],
        decisions=rows[DecisionRow],
        answers=rows[AnswerRow],
        ballots=rows[BallotRow],
        actions=rows[ActionRow],
        objections=rows[ObjectionRow],
        replies=rows[ReplyRow],
        tasks=rows[TaskRow],
    )


def _records() -> Related[RecordRow]:
    question = select(
        Record.id,
        Record.ref,
        Record.title,
        Record.state,
        Record.tlp,
        Record.silence_until_at,
        Record.source_id.is_not(None).label("redacted"),
    ).where(Record.dialogue_id == KEY, predicate(RECORDS, READ, ME, NOW))
    return related(RecordRow, question)


def _parts(at_table: bool) -> list[Related[Any]]:
    return [
        items(at_table),
        documents(at_table),
        notes(),
        *(links(RESOURCE_TYPES[name]) for name in LINKED),
        _records(),
        slots(),
    ]


OF_TABLE: Final = (
    *_parts(at_table=True),
    delegations(),
    attendees(),
    *decided_parts(),
    replies(),
    tasks(),
)
FOR_READERS: Final = Together(_parts(at_table=False), MOST).completed()
AT_TABLE: Final = Together(OF_TABLE, MOST).completed()
IN_POLL: Final = Together((*OF_TABLE, polled()), MOST).completed()
