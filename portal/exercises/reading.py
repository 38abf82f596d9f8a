"""Reading one exercise: its text, and of its parts what the policy shows to this person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from models.exercises import Exercise, ExerciseState
from models.stakeholders import Organisation, Person
from portal.access import Actor, granted, verbs_of
from portal.errors import NotFound
from portal.exercises.part_rows import (
    PARTS,
    FindingRow,
    InjectRow,
    NoteRow,
    PartyRow,
    ResponseRow,
    SeatRow,
    SentToRow,
)
from portal.ledger import audit
from portal.parameters import KEY, ME, NOW, REF, ready
from portal.recipients import NotAskedRow, recipients_not_asked
from portal.related import Together
from portal.rules import EXERCISES, EXPORT, READ, READ_LEDGER, READ_TEXT

MOST: Final = 500


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one exercise; without `text` only the envelope is shown.

    Injects come as they are planned; `newest` are those that were released, the last one first.
    """

    exercise: Exercise
    organisation: str
    author: str
    verbs: frozenset[str]
    text: bool
    parties: Sequence[PartyRow] = ()
    seats: Sequence[SeatRow] = ()
    injects: Sequence[InjectRow] = ()
    sent_to: Sequence[SentToRow] = ()
    responses: Sequence[ResponseRow] = ()
    notes: Sequence[NoteRow] = ()
    findings: Sequence[FindingRow] = ()
    not_asked: Sequence[NotAskedRow] = ()

    @property
    def mine(self) -> SeatRow | None:
        """What the person does in it."""
        return next((one for one in self.seats if one.mine), None)

    @property
    def newest(self) -> list[InjectRow]:
        """The injects that were released, the last one first."""
        given = [one for one in self.injects if one.released_at is not None]
        return sorted(given, key=lambda one: (one.released_at, one.id), reverse=True)

    @property
    def waiting(self) -> list[InjectRow]:
        """The injects that are not released, by their minute; those by hand last."""
        left = [one for one in self.injects if one.released_at is None]
        return sorted(left, key=lambda one: (one.minute is None, one.minute or 0, one.id))

    def party(self, key: int | None) -> str:
        """The name of a party."""
        return next((one.name for one in self.parties if one.id == key), "")

    def goes_to(self, inject: InjectRow) -> list[str]:
        """The parties that an inject goes to, as far as the person may know; none for all."""
        return [self.party(one.party_id) for one in self.sent_to if one.inject_id == inject.id]

    def answers(self, inject: InjectRow) -> list[ResponseRow]:
        """The responses to an inject."""
        return [one for one in self.responses if one.inject_id == inject.id]

    def minutes_since(self, now: datetime) -> int:
        """How many minutes the exercise has been running."""
        began = self.exercise.started_at
        return 0 if began is None else (now - began) // timedelta(minutes=1)

    def minute_of(self, at: datetime) -> int:
        """At which minute of the exercise something happened."""
        return self.minutes_since(at)

    @property
    def partial(self) -> bool:
        """Whether it shows what was sent to one party, and not the whole exercise."""
        mine = self.mine
        return mine is not None and mine.party_id is not None and READ_LEDGER not in self.verbs


def read(session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ) -> Reading:
    """Read one exercise, as far as this person may; `verb` is EXPORT for its report.

    Raises NotFound when it is absent or hidden, or when it may not be exported.
    """
    asked = {ME.key: actor.person_id, NOW.key: now, REF.key: ref}
    row = session.execute(QUESTION, asked).one_or_none()
    verbs = verbs_of(EXERCISES, row)
    if row is None or not {READ, verb} <= verbs:
        raise NotFound(ref)
    exercise, shown = row.Exercise, READ_TEXT in verbs
    detail = {"format": "pdf"} if verb == EXPORT else {}
    audit(session, actor, verb, EXERCISES, exercise, now, **detail)
    about = (exercise, row.organisation, row.author, verbs, shown)
    if not shown or exercise.state == ExerciseState.ERASED:
        return Reading(*about)
    together = FOR_OWN_SIDE if READ_LEDGER in verbs else FOR_READERS
    rows = together.load(session, {ME.key: actor.person_id, NOW.key: now, KEY.key: exercise.id})
    return Reading(
        *about,
        parties=rows[PartyRow],
        seats=rows[SeatRow],
        injects=rows[InjectRow],
        sent_to=rows[SentToRow],
        responses=rows[ResponseRow],
        notes=rows[NoteRow],
        findings=rows[FindingRow],
        not_asked=rows[NotAskedRow],
    )


def _question() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Exercise,
            Organisation.name.label("organisation"),
            Person.name.label("author"),
            *granted(EXERCISES, ME, NOW),
        )
        .join(Organisation, Organisation.id == Exercise.organisation_id)
        .join(Person, Person.id == Exercise.author_id)
        .where(Exercise.ref == REF)
    )


QUESTION: Final = ready(_question())
FOR_READERS: Final = Together(PARTS, MOST).completed()
FOR_OWN_SIDE: Final = Together((*PARTS, recipients_not_asked(Exercise)), MOST).completed()
