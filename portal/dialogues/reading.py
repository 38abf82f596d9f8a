"""Reading one dialogue: what it is about, who sits there, and all that is related to it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, case, select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.stakeholders import Organisation
from portal import slots
from portal.access import Actor, granted, predicate, verbs_of
from portal.dialogues.agenda import Agenda, agenda_of
from portal.dialogues.readiness import AskedUnit, of_unit
from portal.dialogues.related import RelatedRows, related_rows
from portal.dialogues.reminding import reminded_first
from portal.errors import NotFound, Refused
from portal.ledger import audit
from portal.parameters import ME, NOTHING, NOW, REF, ready
from portal.policy_sql import SOME
from portal.rules import PROCESSES, READ, READ_TEXT
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import READ_TABLE

BEFORE = SOME[DIALOGUES.name]


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one dialogue.

    `process` and `follows` are reference and name of what it is part of, where the reader may know;
    `unit` is the training that it asks for; `reminded_at` as `reminded_first` says.
    """

    dialogue: Dialogue
    body: str
    process: tuple[str, str]
    follows: tuple[str, str]
    verbs: frozenset[str]
    related: RelatedRows
    unit: AskedUnit
    reminded_at: datetime | None

    @property
    def agenda(self) -> Agenda:
        """The agenda, as far as the reader sees it."""
        return agenda_of(self.dialogue, self.related.items)

    @property
    def local_hours(self) -> slots.Reading | None:
        """The confirmed time in the city of each delegation, for those who see who takes part."""
        dialogue, rows = self.dialogue, self.related.delegations
        if dialogue.starts_at is None or not rows:
            return None
        sides = [slots.Side(row.id, row.name, row.zone, row.required, row.seats) for row in rows]
        at, minutes = dialogue.starts_at, dialogue.minutes
        return slots.local_hours([at], minutes, dialogue.zone, sides)[0]

    @property
    def at_table(self) -> bool:
        """Whether the reader sits at the table, and so sees who else does."""
        return READ_TABLE in self.verbs


def read(
    session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ, **detail: str
) -> Reading:
    """One dialogue as this person may see it; that it was read goes into the trail.

    To be taken along it is read with the verb EXPORT, and `format` as detail of the trail. Raises
    NotFound when it is absent or hidden, Refused when the verb is not this person's.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(DIALOGUES, row)
    if row is None or READ_TEXT not in verbs:
        raise NotFound(ref)
    if verb not in verbs:
        raise Refused(verb)
    dialogue = row.Dialogue
    audit(session, actor, verb, DIALOGUES, dialogue, now, **detail)
    rows = related_rows(session, actor, dialogue, READ_TABLE in verbs, now)
    return Reading(
        dialogue,
        row.body,
        process=(row.process_ref, row.process_name),
        follows=(row.before_ref, row.before_title),
        verbs=verbs,
        related=rows,
        unit=AskedUnit(dialogue.asks_unit, row.unit_title, row.unit_withdrawn),
        reminded_at=row.reminded_at,
    )


def _question() -> Select[*tuple[Any, ...]]:
    known = SOME[PROCESSES.name]
    knows = predicate(PROCESSES, READ, ME, NOW, some=True)
    before = predicate(DIALOGUES, READ_TEXT, ME, NOW, some=True)
    return (
        select(
            Dialogue,
            Organisation.name.label("body"),
            case((knows, known.ref), else_=NOTHING).label("process_ref"),
            case((knows, known.cover_name), else_=NOTHING).label("process_name"),
            case((before, BEFORE.ref), else_=NOTHING).label("before_ref"),
            case((before, BEFORE.title), else_=NOTHING).label("before_title"),
            reminded_first().label("reminded_at"),
            *of_unit(Dialogue.asks_unit),
            *granted(DIALOGUES, ME, NOW),
        )
        .join(Organisation, Organisation.id == Dialogue.organisation_id)
        .outerjoin(known, known.id == Dialogue.process_id)
        .outerjoin(BEFORE, BEFORE.id == Dialogue.follows_id)
        .where(Dialogue.ref == REF)
    )


QUESTION: Final = ready(_question())
