"""The parts of one exercise as rows, each as far as the policy on that part shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import case, func, select

from models.commitments import Commitment
from models.exercises import (
    ExerciseFinding,
    ExerciseInject,
    ExerciseInjectParty,
    ExerciseNote,
    ExerciseParty,
    ExerciseResponse,
    ExerciseSeat,
)
from models.stakeholders import Organisation, Person
from portal.access import as_column, predicate, sub_resource
from portal.parameters import KEY, ME, NOTHING, NOW
from portal.related import Related, related
from portal.rules import COMMITMENTS, DRAFT_COMMITMENT, ORGANISATIONS, READ


@dataclass(frozen=True)
class PartyRow:
    """A party of the scenario."""

    id: int
    number: int
    name: str


@dataclass(frozen=True)
class SeatRow:
    """What a person does; `mine` is that of whoever reads."""

    id: int
    person: str
    role: str
    party_id: int | None
    mine: bool


@dataclass(frozen=True)
class InjectRow:
    """An inject; `by` released it by hand."""

    id: int
    kind: str
    title: str
    body: str
    for_all: bool
    minute: int | None
    due_at: datetime | None
    released_at: datetime | None
    by: str


@dataclass(frozen=True)
class SentToRow:
    """That an inject goes to a party."""

    inject_id: int
    party_id: int


@dataclass(frozen=True)
class ResponseRow:
    """What a party answered."""

    id: int
    inject_id: int
    party_id: int
    person: str
    text: str
    at: datetime


@dataclass(frozen=True)
class NoteRow:
    """A note of the hot wash."""

    id: int
    person: str
    text: str
    at: datetime


@dataclass(frozen=True)
class FindingRow:
    """A finding; `commitment` is the reference of what it became, for whoever may read that."""

    id: int
    text: str
    organisation: str
    person: str
    at: datetime
    committed: bool
    commitment: str
    may_draft: bool


def _of(model: Any) -> tuple[Any, ...]:
    return model.exercise_id == KEY, sub_resource(model, ME, NOW)


def _parties() -> Related[PartyRow]:
    question = (
        select(ExerciseParty.id, ExerciseParty.number, ExerciseParty.name)
        .where(ExerciseParty.exercise_id == KEY)
        .order_by(ExerciseParty.number)
    )
    return related(PartyRow, question, order=lambda row: (row.number, row.id))


def _seats() -> Related[SeatRow]:
    question = (
        select(
            ExerciseSeat.id,
            Person.name.label("person"),
            ExerciseSeat.role,
            ExerciseSeat.party_id,
            as_column(ExerciseSeat.person_id == ME).label("mine"),
        )
        .join(Person, Person.id == ExerciseSeat.person_id)
        .where(*_of(ExerciseSeat))
    )
    return related(SeatRow, question, order=lambda row: (row.person, row.id))


def _injects() -> Related[InjectRow]:
    question = (
        select(
            ExerciseInject.id,
            ExerciseInject.kind,
            ExerciseInject.title,
            ExerciseInject.body,
            ExerciseInject.for_all,
            ExerciseInject.minute,
            ExerciseInject.due_at,
            ExerciseInject.released_at,
            func.coalesce(Person.name, NOTHING).label("by"),
        )
        .outerjoin(Person, Person.id == ExerciseInject.by_id)
        .where(*_of(ExerciseInject))
    )
    return related(InjectRow, question)


def _sent_to() -> Related[SentToRow]:
    question = select(ExerciseInjectParty.inject_id, ExerciseInjectParty.party_id).where(
        *_of(ExerciseInjectParty)
    )
    return related(SentToRow, question, order=lambda row: (row.inject_id, row.party_id))


def _responses() -> Related[ResponseRow]:
    question = (
        select(
            ExerciseResponse.id,
            ExerciseResponse.inject_id,
            ExerciseResponse.party_id,
            Person.name.label("person"),
            ExerciseResponse.text,
            ExerciseResponse.at,
        )
        .join(Person, Person.id == ExerciseResponse.by_id)
        .where(*_of(ExerciseResponse))
    )
    return related(ResponseRow, question)


def _notes() -> Related[NoteRow]:
    question = (
        select(ExerciseNote.id, Person.name.label("person"), ExerciseNote.text, ExerciseNote.at)
        .join(Person, Person.id == ExerciseNote.by_id)
        .where(*_of(ExerciseNote))
    )
    return related(NoteRow, question)


def _findings() -> Related[FindingRow]:
    known = case((predicate(COMMITMENTS, READ, ME, NOW), Commitment.ref), else_=NOTHING)
    question = (
        select(
            ExerciseFinding.id,
            ExerciseFinding.text,
            Organisation.name.label("organisation"),
            Person.name.label("person"),
            ExerciseFinding.at,
            as_column(ExerciseFinding.commitment_id.is_not(None)).label("committed"),
            known.label("commitment"),
            as_column(predicate(ORGANISATIONS, DRAFT_COMMITMENT, ME, NOW)).label("may_draft"),
        )
        .join(Organisation, Organisation.id == ExerciseFinding.organisation_id)
        .join(Person, Person.id == ExerciseFinding.by_id)
        .outerjoin(Commitment, Commitment.id == ExerciseFinding.commitment_id)
        .where(*_of(ExerciseFinding))
    )
    return related(FindingRow, question)


PARTS: Final = (
    _parties(),
    _seats(),
    _injects(),
    _sent_to(),
    _responses(),
    _notes(),
    _findings(),
)
