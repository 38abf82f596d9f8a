"""Rows related to a commitment, each sort with its names; a page loads them by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import (
    Amendment,
    Commitment,
    Evidence,
    Milestone,
    Statement,
    Terms,
)
from models.norms import NormTag
from models.stakeholders import Organisation, Person
from portal.access import Actor, sub_resource
from portal.commitments.comments import CommentRow, comment_rows
from portal.commitments.condition_rows import (
    ConditionRow,
    DependantRow,
    HiddenConditionRow,
    conditions,
    dependants,
    hidden_conditions,
)
from portal.commitments.origins import ExerciseRow, RecordRow, origins
from portal.norm_links import NormLinkRow, norm_links
from portal.parameters import KEY, ME, NOW
from portal.recipients import NotAskedRow, parties_not_asked
from portal.related import Related, Together, related
from portal.rules import OVER

MOST = 300


@dataclass(frozen=True)
class MilestoneRow:
    """A milestone or a round; `met` where it was verified in full."""

    number: int
    title: str
    weight: int
    due_at: datetime
    reported_at: datetime | None
    met: bool


@dataclass(frozen=True)
class StatementRow:
    """What one voice said: of a milestone, or of the whole where `milestone` is None."""

    id: int
    at: datetime
    type: str
    step: str
    words: str
    stopped: bool
    person: str
    milestone: int | None
    milestone_title: str | None


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence: a link, or a file of `size` bytes."""

    id: int
    ref: str
    title: str
    link: str | None
    size: int | None
    sha256: str
    added_at: datetime
    expires_at: datetime | None
    replaced: bool
    organisation: str
    person: str


@dataclass(frozen=True)
class TermsRow:
    """A version of the terms, and why it was made."""

    number: int
    at: datetime
    why: str
    person: str


@dataclass(frozen=True)
class AmendmentRow:
    """What one party asked of the other: other terms (`terms`) or a release (`release`)."""

    id: int
    kind: str
    at: datetime
    why: str
    organisation: str
    person: str
    answer: str
    open: bool


@dataclass(frozen=True)
class RelatedRows:
    """All that is related to one commitment, as far as the reader sees it.

    Terms, amendments and who is not asked are for the parties alone.
    """

    milestones: Sequence[MilestoneRow] = ()
    statements: Sequence[StatementRow] = ()
    evidence: Sequence[EvidenceRow] = ()
    norm_links: Sequence[NormLinkRow] = ()
    conditions: Sequence[ConditionRow] = ()
    dependants: Sequence[DependantRow] = ()
    hidden_conditions: Sequence[HiddenConditionRow] = ()
    records: Sequence[RecordRow] = ()
    exercises: Sequence[ExerciseRow] = ()
    comments: Sequence[CommentRow] = ()
    terms: Sequence[TermsRow] = ()
    amendments: Sequence[AmendmentRow] = ()
    not_asked: Sequence[NotAskedRow] = ()


def related_rows(
    session: Session, actor: Actor, commitment: Commitment, inside: bool, now: datetime
) -> RelatedRows:
    """All that is related to the commitment; `inside` adds what is the parties' alone."""
    together = FOR_READERS
    if inside:
        together = FOR_PARTIES_OF_OLD if commitment.state in OVER else FOR_PARTIES
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: commitment.id}
    rows = together.load(session, asked)
    return RelatedRows(
        milestones=rows[MilestoneRow],
        statements=rows[StatementRow],
        evidence=rows[EvidenceRow],
        norm_links=rows[NormLinkRow],
        conditions=rows[ConditionRow],
        dependants=rows[DependantRow],
        hidden_conditions=rows[HiddenConditionRow],
        records=rows[RecordRow],
        exercises=rows[ExerciseRow],
        comments=rows[CommentRow],
        terms=rows[TermsRow],
        amendments=rows[AmendmentRow],
        not_asked=rows[NotAskedRow],
    )


def _milestones() -> Related[MilestoneRow]:
    question = (
        select(
            Milestone.number,
            Milestone.title,
            Milestone.weight,
            Milestone.due_at,
            Milestone.reported_at,
            Milestone.met_at.is_not(None).label("met"),
        )
        .where(Milestone.commitment_id == KEY)
        .order_by(Milestone.number.desc())
    )
    return related(MilestoneRow, question, order=lambda row: row.number)


def _statements() -> Related[StatementRow]:
    question = (
        select(
            Statement.id,
            Statement.at,
            Statement.type,
            Statement.step,
            Statement.words,
            Statement.stopped,
            Person.name.label("person"),
            Milestone.number.label("milestone"),
            Milestone.title.label("milestone_title"),
        )
        .join(Person, Person.id == Statement.by_id)
        .outerjoin(Milestone, Milestone.id == Statement.milestone_id)
        .where(Statement.commitment_id == KEY, sub_resource(Statement, ME, NOW))
        .order_by(Statement.id.desc())
    )
    return related(StatementRow, question)


def _evidence() -> Related[EvidenceRow]:
    question = (
        select(
            Evidence.id,
            Evidence.ref,
            Evidence.title,
            Evidence.link,
            Evidence.size,
            Evidence.sha256,
            Evidence.added_at,
            Evidence.expires_at,
            Evidence.replaced_by_id.is_not(None).label("replaced"),
            Organisation.name.label("organisation"),
            Person.name.label("person"),
        )
        .join(Organisation, Organisation.id == Evidence.organisation_id)
        .join(Person, Person.id == Evidence.added_by_id)
        .where(Evidence.commitment_id == KEY, sub_resource(Evidence, ME, NOW))
        .order_by(Evidence.id.desc())
    )
    return related(EvidenceRow, question)


def _terms() -> Related[TermsRow]:
    question = (
        select(Terms.number, Terms.at, Terms.why, Person.name.label("person"))
        .join(Person, Person.id == Terms.by_id)
        .where(Terms.commitment_id == KEY)
        .order_by(Terms.number.desc())
    )
    return related(TermsRow, question, order=lambda row: row.number)


def _amendments() -> Related[AmendmentRow]:
    question = (
        select(
            Amendment.id,
            Amendment.type.label("kind"),
            Amendment.at,
            Amendment.why,
            Organisation.name.label("organisation"),
            Person.name.label("person"),
            Amendment.answer,
            Amendment.answered_at.is_(None).label("open"),
        )
        .join(Organisation, Organisation.id == Amendment.organisation_id)
        .join(Person, Person.id == Amendment.by_id)
        .where(Amendment.commitment_id == KEY)
        .order_by(Amendment.id.desc())
    )
    return related(AmendmentRow, question)


OPEN_TO_READERS: Final = (
    _milestones(),
    _statements(),
    _evidence(),
    norm_links(NormTag.commitment_id == KEY),
    conditions(),
    dependants(),
    hidden_conditions(),
    *origins(),
    comment_rows(),
)
OF_PARTIES: Final = (_terms(), _amendments())
FOR_READERS: Final = Together(OPEN_TO_READERS, MOST).completed()
FOR_PARTIES_OF_OLD: Final = Together((*OPEN_TO_READERS, *OF_PARTIES), MOST).completed()
FOR_PARTIES: Final = Together(
    (*OPEN_TO_READERS, *OF_PARTIES, parties_not_asked()), MOST
).completed()
