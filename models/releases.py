"""Releases: public texts derived from what is not public, agreed on, and traceable inside."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource
from models.lines import Line


class ReleaseState(StrEnum):
    """The life of a release: of its first text, and of each correction anew."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREEING = "agreeing"
    DECLINED = "declined"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


class Part(StrEnum):
    """What a party to a release is asked for."""

    WORDS = "words"
    SIGNS = "signs"
    NAMED = "named"


class Answer(StrEnum):
    """What a party answered."""

    OPEN = ""
    AGREED = "agreed"
    REPLIED = "replied"
    DECLINED = "declined"


class Release(Resource):
    """A text for the public; nobody outside reads this row, but the versions that were released.

    Until a second person has confirmed it, `title` and `body` hold what is marked for removal, and
    `marked_words` what goes wherever it stands; afterwards they hold it no more. `searched` is what
    search knows: what was left then. `author_id` is the last hand. `tlp` is the source's until it
    is released. `digest` is that of the exact text that is agreed on; whatever was agreed to
    another one does not count. `edition` counts what was released. `answers` are those of the
    check.
    """

    __tablename__ = "releases"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(16), default=ReleaseState.DRAFT)
    tlp: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Line(200))
    body: Mapped[str] = mapped_column(Text, default="")
    searched: Mapped[str] = mapped_column(Text, default="", server_default="")
    marked_words: Mapped[list[str]] = mapped_column(JSON, default=list)
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)
    harm_id: Mapped[int | None] = mapped_column(ForeignKey("harm.id"), index=True)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records.id"), index=True)
    source_edition: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(String(500), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    asked_at: Mapped[datetime | None]
    cool_until_at: Mapped[datetime | None]
    edition: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_releases_changed", "changed_at", "id"),
        Index("ix_releases_published", "published_at", "id"),
    )


class ReleaseParty(Base):
    """An organisation or person that is asked about a release, and what they answered last.

    `required` are those whom the source names. `digest` is that of the text they answered, `text`
    their reply or why they declined.
    """

    __tablename__ = "release_parties"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    part: Mapped[str] = mapped_column(String(16))
    required: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[str] = mapped_column(String(16), default=Answer.OPEN)
    digest: Mapped[str] = mapped_column(String(64), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("release_id", "part", "organisation_id"),
        UniqueConstraint("release_id", "part", "person_id"),
    )


class ReleaseVersion(Base):
    """What was released: its content, and the files as they are handed out, with their SHA-256."""

    __tablename__ = "release_versions"

    release_id: Mapped[int] = mapped_column(ForeignKey("releases.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(500), default="")
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    as_json: Mapped[bytes] = mapped_column(LargeBinary)
    as_stix: Mapped[bytes] = mapped_column(LargeBinary)
    json_sha256: Mapped[str] = mapped_column(String(64), index=True)
    stix_sha256: Mapped[str] = mapped_column(String(64), index=True)
