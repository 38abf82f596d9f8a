"""Incident notices: what a company's liaison tells the people it chooses."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only
from models.lines import Line


class NoticeState(StrEnum):
    """The life of a notice."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Notice(Resource):
    """A notice; `edition` counts published corrections, `version` every saved change.

    `severity`, `course` (ongoing or over) and `stage` are empty where nobody stated them.
    """

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(16), default=NoticeState.DRAFT)
    tlp: Mapped[str] = mapped_column(String(16))
    pap: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(40))
    severity: Mapped[str] = mapped_column(String(16), default="")
    course: Mapped[str] = mapped_column(String(16), default="")
    stage: Mapped[str] = mapped_column(String(16), default="")
    title: Mapped[str] = mapped_column(Line(200))
    summary: Mapped[str] = mapped_column(String(1000), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    began_at: Mapped[datetime | None]
    began_certainty: Mapped[str] = mapped_column(String(16), default="unknown")
    detected_at: Mapped[datetime | None]
    detected_certainty: Mapped[str] = mapped_column(String(16), default="unknown")
    contained_at: Mapped[datetime | None]
    contained_certainty: Mapped[str] = mapped_column(String(16), default="unknown")
    sectors: Mapped[list[str]] = mapped_column(JSON, default=list)
    countries: Mapped[list[str]] = mapped_column(JSON, default=list)
    acknowledge_by_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    source_format: Mapped[str | None] = mapped_column(String(8))
    source_id: Mapped[str | None] = mapped_column(Line(120))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_notices_newest", "published_at", "id"),
        Index(
            "ix_notices_open",
            "published_at",
            **only("state = 'open'"),
        ),
        Index(
            "ix_notices_deadline",
            "acknowledge_by_at",
            **only("state = 'open' AND acknowledge_by_at IS NOT NULL"),
        ),
        Index("ix_notices_of_organisation", "organisation_id", "state"),
    )


class Edition(Base):
    """The text of a notice as it was published, kept for comparison; `why` is the correction's.

    `audience_id` is to whom this edition went; where it is not known, nobody reads the reason.
    """

    __tablename__ = "editions"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(500), default="")
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    text: Mapped[dict[str, Any]] = mapped_column(JSON)


class Receipt(Base):
    """That a person acknowledged an edition of a notice, and when.

    `by_id` is who did so for them, where it was an alternate.
    """

    __tablename__ = "receipts"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    edition: Mapped[int] = mapped_column(primary_key=True)
    acknowledged_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class ReceiptReminder(Base):
    """When a person was last reminded by hand to acknowledge a notice."""

    __tablename__ = "receipt_reminders"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    reminded_at: Mapped[datetime]


class Comment(Base):
    """A comment on a notice: to the readers of its moment, or to the author's side alone.

    `audience_id` are those readers; where it is not known, only who wrote it reads it.
    """

    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_author: Mapped[bool] = mapped_column(default=False)
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Attachment(Base):
    """A file of a notice; its bytes lie encrypted outside the web root under an internal name.

    `wrapped_key` is the file's data key, sealed with the portal's key and this row's reference as
    associated data (AES-GCM, NIST SP 800-38D), so that files cannot change places.
    """

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    name: Mapped[str] = mapped_column(Line(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    wrapped_key: Mapped[bytes] = mapped_column(LargeBinary)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]


class Indicator(Base):
    """A technical sign of the incident: a STIX pattern, or a type with a value."""

    __tablename__ = "indicators"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    pattern: Mapped[str | None] = mapped_column(Text)
    type: Mapped[str] = mapped_column(String(64))
    value: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(64), default="")
    detection: Mapped[bool] = mapped_column(default=False)
    comment: Mapped[str] = mapped_column(Text, default="")
    first_seen_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime | None]


class NoticeTag(Base):
    """A machine tag kept as it came, such as an Admiralty or estimative-language grade."""

    __tablename__ = "notice_tags"

    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    tag: Mapped[str] = mapped_column(Line(255), primary_key=True)
