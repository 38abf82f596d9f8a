"""Commitments: who promises what to whom, how far it has come, and in whose words."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only
from models.lines import Line


class CommitmentState(StrEnum):
    """The life of a commitment; an accepted one waits for its conditions."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    IN_FORCE = "in-force"
    SUSPENDED = "suspended"
    FULFILLED = "fulfilled"
    NOT_MET = "not-met"
    RELEASED = "released"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """How far a promise has come; after the scale of peace-accord monitoring."""

    NONE = "not-begun"
    MINIMAL = "minimal"
    INTERMEDIATE = "intermediate"
    FULL = "full"
    NO_EVIDENCE = "no-evidence"


class StatementType(StrEnum):
    """Who speaks: the promisor's report, the verifier's finding, the promisor's reply to it."""

    REPORT = "report"
    FINDING = "finding"
    REPLY = "reply"


class ConditionType(StrEnum):
    """How one commitment hangs on another: after it, with it, or only while it does."""

    AFTER = "after"
    TOGETHER = "together"
    WHILE = "while"


class Proposal(StrEnum):
    """What one party asks of the other while a commitment lives: other terms, or an end."""

    TERMS = "terms"
    RELEASE = "release"


class Commitment(Resource):
    """A promise of `organisation` to `addressee`; `edition` counts the terms that were agreed on.

    `asked_id` is the party whose answer a proposal waits for, until `answer_by_at`. `due_at` is the
    end, in the promisor's zone, of the earliest due day that is neither met nor reported in full:
    once it has passed, a report is overdue. `next_round_at` is the end of the present round, when
    the next one opens; `stopped_at` since when the verifier says that it is not kept;
    `differ_since` since when self-report and finding on the same thing differ, while it lives.
    """

    __tablename__ = "commitments"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    addressee_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    verifier_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("processes.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default=CommitmentState.DRAFT)
    tlp: Mapped[str] = mapped_column(String(16))
    theme: Mapped[str] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(Line(200))
    body: Mapped[str] = mapped_column(Text, default="")
    how_known: Mapped[str] = mapped_column(Text, default="")
    consequences: Mapped[dict[str, str]] = mapped_column(JSON, default=dict, server_default="{}")
    zone: Mapped[str] = mapped_column(String(64))
    due_on: Mapped[date | None]
    every: Mapped[str] = mapped_column(String(8), default="")
    until_on: Mapped[date | None]
    answer_by_on: Mapped[date | None]
    answer_by_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    next_round_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    differ_since: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    began_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("organisation_id <> addressee_id", name="to_another"),
        CheckConstraint(
            "verifier_id IS NULL OR verifier_id <> organisation_id", name="verified_by_another"
        ),
        Index("ix_commitments_ended", "ended_at"),
        Index("ix_commitments_of_organisation", "organisation_id", "state", "due_at"),
        Index("ix_commitments_of_process", "process_id", "state", "due_at"),
        Index("ix_commitments_differ", "differ_since", **only("differ_since IS NOT NULL")),
        *(
            Index(f"ix_commitments_{name}", *columns.split(), **only(f"state = '{state}'"))
            for name, columns, state in (
                ("asked", "asked_id answer_by_at", "proposed"),
                ("unanswered", "answer_by_at", "proposed"),
                ("accepted", "changed_at", "accepted"),
                ("suspended", "suspended_at", "suspended"),
                ("rounds", "next_round_at", "in-force"),
            )
        ),
    )


class Milestone(Base):
    """A due day of a commitment: a step with a title, a round, or the whole (no title).

    `awaited` is false once the commitment is over, so that the indexes of what is due end there.
    """

    __tablename__ = "milestones"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(Line(200), default="")
    weight: Mapped[int] = mapped_column(default=1)
    due_on: Mapped[date]
    due_at: Mapped[datetime]
    reported_at: Mapped[datetime | None]
    met_at: Mapped[datetime | None]
    awaited: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        UniqueConstraint("commitment_id", "number"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight_in_range"),
        Index(
            "ix_milestones_due",
            "due_at",
            **only("met_at IS NULL", "awaited"),
        ),
        Index(
            "ix_milestones_reported",
            "reported_at",
            **only("met_at IS NULL AND reported_at IS NOT NULL", "awaited"),
        ),
    )


class Terms(Base):
    """The terms of a commitment as they stood at a time: proposed, countered, or amended."""

    __tablename__ = "terms"

    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(500), default="")
    text: Mapped[dict[str, Any]] = mapped_column(JSON)


class Statement(Base):
    """What one voice says of a commitment, or of one milestone, at a time; never overwritten."""

    __tablename__ = "statements"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"))
    milestone_id: Mapped[int | None] = mapped_column(ForeignKey("milestones.id"))
    type: Mapped[str] = mapped_column(String(16))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    step: Mapped[str] = mapped_column(String(16), default="")
    stopped: Mapped[bool] = mapped_column(default=False)
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    __table_args__ = (Index(None, "commitment_id", "type", "id"),)


class Evidence(Base):
    """A file or a link that shows how far a commitment has come; replaced, never overwritten.

    A file lies sealed as attachments do. `sha256` is of the file, or of what the link showed.
    """

    __tablename__ = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), index=True)
    title: Mapped[str] = mapped_column(Line(200))
    link: Mapped[str | None] = mapped_column(Line(2000))
    file_name: Mapped[str | None] = mapped_column(Line(200))
    media_type: Mapped[str | None] = mapped_column(String(100))
    size: Mapped[int | None]
    stored_name: Mapped[str | None] = mapped_column(String(64), unique=True)
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    sha256: Mapped[str] = mapped_column(String(64))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    added_at: Mapped[datetime]
    expires_on: Mapped[date | None]
    expires_at: Mapped[datetime | None]
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))

    __table_args__ = (
        CheckConstraint("(link IS NULL) <> (stored_name IS NULL)", name="file_or_link"),
        Index(
            "ix_evidence_expires",
            "expires_at",
            **only("replaced_by_id IS NULL AND expires_at IS NOT NULL"),
        ),
    )


class Condition(Base):
    """That a commitment hangs on another; `turns_at` is when that decides, where it is known.

    `after`: `days` after the other is fulfilled this one may begin. `while`: `grace` days after the
    other stops this one is suspended. `together`: neither begins before both are accepted.
    `awaited` is whether time alone can decide here now: `after` while this one is accepted, `while`
    as long as it is in force.
    """

    __tablename__ = "conditions"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"))
    on_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), index=True)
    type: Mapped[str] = mapped_column(String(16))
    days: Mapped[int] = mapped_column(default=0)
    turns_at: Mapped[datetime | None]
    awaited: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_conditions_after", "turns_at", **only("type = 'after'", "awaited")),
        Index("ix_conditions_while", "turns_at", **only("type = 'while'", "awaited")),
        UniqueConstraint("commitment_id", "on_id", "type"),
        CheckConstraint("commitment_id <> on_id", name="not_itself"),
        CheckConstraint("days BETWEEN 0 AND 3650", name="days_in_range"),
    )


class Amendment(Base):
    """What one party asks of the other: other terms, or a release; the old terms hold meanwhile."""

    __tablename__ = "amendments"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), index=True)
    type: Mapped[str] = mapped_column(String(16))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(500))
    text: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    answer: Mapped[str] = mapped_column(String(16), default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "ix_amendments_open",
            "commitment_id",
            unique=True,
            **only("answered_at IS NULL"),
        ),
    )
