"""Records of dialogues: points, positions, decisions, actions, and how a record is adopted."""

import secrets
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
    case,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only
from models.lines import Line


class RecordState(StrEnum):
    """The life of a record; a redacted one goes from draft to adopted by a second person."""

    DRAFT = "draft"
    CIRCULATED = "circulated"
    ADOPTED = "adopted"


class RecordCommentType(StrEnum):
    """What somebody says to a record that was sent round."""

    COMMENT = "comment"
    OBJECTION = "objection"
    LATE = "late-objection"


class Stance(StrEnum):
    """How a delegation answers a question put for decision."""

    AGREE = "agree"
    STAND_ASIDE = "stand-aside"
    OBJECT = "object"
    BLOCK = "block"


def unguessed() -> int:
    """A random key, so that the order of rows does not tell who wrote them."""
    return secrets.randbelow(2**53 - 1) + 1


class Record(Resource):
    """The record of a dialogue, or (`source_id`) a redacted version of one for wider readers.

    `edition` counts what was sent round; `sha256` is of the adopted text (canonical JSON).
    """

    __tablename__ = "records"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("records.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default=RecordState.DRAFT)
    tlp: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Line(200))
    edition: Mapped[int] = mapped_column(default=0)
    silence_days: Mapped[int] = mapped_column(default=5)
    silence_half_at: Mapped[datetime | None]
    silence_until_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_records_silence", "silence_until_at", **only("state = 'circulated'")),
        Index("ix_records_open", "published_at", "id", **only("tlp IN ('GREEN', 'CLEAR')")),
        Index("ix_records_half", "silence_half_at", **only("state = 'circulated'")),
        Index("uq_records_of_dialogue", "dialogue_id", unique=True, **only("source_id IS NULL")),
        CheckConstraint("(state = 'adopted') = (sha256 IS NOT NULL)", name="adopted_is_sealed"),
    )


class RecordAgreement(Base):
    """That somebody who attended agrees to the version `edition`, for the delegation they were on.

    A guest, who was on none, agrees for themselves. `by_id` is who agreed for them, where it was an
    alternate.
    """

    __tablename__ = "record_agreements"

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Point(Base):
    """A passage of a record, on an item of the agenda; `version` so that two editors see both."""

    __tablename__ = "points"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Line(200))
    notes: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (UniqueConstraint("record_id", "number"),)


class Position(Base):
    """What a delegation said on a point. There can be none where no speaker may be named."""

    __tablename__ = "positions"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int]
    attributed: Mapped[bool] = mapped_column(default=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("points.id"), index=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id"))
    words: Mapped[str] = mapped_column(Text)

    __table_args__ = (
        ForeignKeyConstraint(
            ["dialogue_id", "attributed"], ["dialogues.id", "dialogues.attributed"]
        ),
        CheckConstraint("attributed", name="never_under_chatham_house"),
    )


class Decision(Base):
    """A question put to the delegations, its answers, and what was decided."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    text: Mapped[str] = mapped_column(Text)
    hidden: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    called_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    carried: Mapped[bool | None]
    outcome: Mapped[str] = mapped_column(Text, default="")
    review_on: Mapped[date | None]
    review_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_decisions_review",
            "review_at",
            **only("carried IS NOT NULL AND review_at IS NOT NULL"),
        ),
        CheckConstraint("(closed_at IS NULL) = (carried IS NULL)", name="closed_has_an_outcome"),
    )


def decision_status() -> ColumnElement[str]:
    """How far a decision is: open, ended (no outcome recorded yet), carried or not-carried."""
    return case(
        (Decision.closed_at.is_(None), "open"),
        (Decision.outcome == "", "ended"),
        (Decision.carried.is_(True), "carried"),
        else_="not-carried",
    )


class Ballot(Base):
    """That a delegation has answered a question; what it answered stands elsewhere."""

    __tablename__ = "ballots"

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id"), primary_key=True)


class DecisionAnswer(Base):
    """What was answered: by which delegation, or (under Chatham House) by nobody that is kept."""

    __tablename__ = "decision_answers"

    id: Mapped[int] = mapped_column(
        BigInteger, primary_key=True, autoincrement=False, default=unguessed
    )
    dialogue_id: Mapped[int]
    attributed: Mapped[bool]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), index=True)
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id"))
    stance: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (
        ForeignKeyConstraint(
            ["dialogue_id", "attributed"], ["dialogues.id", "dialogues.attributed"]
        ),
        UniqueConstraint("decision_id", "delegation_id"),
        CheckConstraint(
            "(delegation_id IS NOT NULL) = attributed", name="no_name_where_none_is_kept"
        ),
        CheckConstraint(
            "stance NOT IN ('object', 'block') OR reason <> ''", name="no_without_a_reason"
        ),
    )


class Action(Base):
    """Something that an organisation is to do; once it promises it, the commitment is named."""

    __tablename__ = "actions"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), index=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("points.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    addressee_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    text: Mapped[str] = mapped_column(Line(200))
    due_on: Mapped[date | None]
    due_at: Mapped[datetime | None]
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"), index=True)

    __table_args__ = (
        CheckConstraint("organisation_id <> addressee_id", name="to_another"),
        Index("ix_actions_due", "due_at", **only("commitment_id IS NULL AND due_at IS NOT NULL")),
    )


class RecordEdition(Base):
    """A record as it was sent round, adopted or confirmed: its whole text, and its SHA-256."""

    __tablename__ = "record_editions"

    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))


class RecordComment(Base):
    """A comment on a passage, or an objection, to an edition that was sent round.

    `for_id` is for whom `by_id` objected, where they did so as an alternate.
    """

    __tablename__ = "record_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("records.id"), index=True)
    edition: Mapped[int]
    point_number: Mapped[int | None]
    type: Mapped[str] = mapped_column(String(16))
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
