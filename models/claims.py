"""Claims: who says what about whom, when, in which form, on which basis; never a verdict."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only
from models.lines import Line


class ClaimState(StrEnum):
    """The life of a claim; in ASKED whoever it names may reply before it is published."""

    DRAFT = "draft"
    ASKED = "asked"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Claim(Resource):
    """A claim of the organisation that keeps it, or of the `claimant` whom it cites.

    `about` is the name of whom it is about; `about_id` where that is an organisation of the portal.
    `answers_id` is the claim that it doubts or denies, `notice_id` the notice that it rests on.
    `said_on` is the day as far as it is known (`2017`, `2017-10`, `2017-10-27`), `said_at` its
    beginning, for the order. `reply_by_at` is the end of a day in `reply_by_zone`. `consented_tlp`
    is the marking to which the notice's author agreed.
    """

    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(16), default=ClaimState.DRAFT)
    tlp: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Line(200))
    stance: Mapped[str] = mapped_column(String(16))
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"), index=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    claimant: Mapped[str] = mapped_column(Line(200), default="")
    about_sort: Mapped[str] = mapped_column(String(16))
    about: Mapped[str] = mapped_column(Line(200), default="")
    about_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    body: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[str] = mapped_column(String(32))
    said_on: Mapped[str] = mapped_column(String(10))
    said_at: Mapped[datetime]
    basis: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[list[str]] = mapped_column(JSON, default=list)
    scale: Mapped[str] = mapped_column(String(40), default="")
    confidence: Mapped[str] = mapped_column(String(40), default="")
    responsibility: Mapped[str] = mapped_column(String(40), default="")
    alternatives: Mapped[str] = mapped_column(Text, default="")
    considerations: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    norms: Mapped[list[str]] = mapped_column(JSON, default=list)
    source_title: Mapped[str] = mapped_column(Line(300), default="")
    source_publisher: Mapped[str] = mapped_column(Line(200), default="")
    source_on: Mapped[str] = mapped_column(String(10), default="")
    source_url: Mapped[str] = mapped_column(Line(500), default="")
    verified: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime | None]
    reply_by_at: Mapped[datetime | None]
    reply_by_zone: Mapped[str] = mapped_column(String(64), default="")
    consent_needed: Mapped[bool] = mapped_column(default=False)
    consented_tlp: Mapped[str] = mapped_column(String(16), default="")
    edition: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_claims_changed", "changed_at", "id"),
        Index("ix_claims_said", "said_at", "id"),
        Index("ix_claims_open", "published_at", "id", **only("tlp IN ('GREEN', 'CLEAR')")),
        Index("ix_claims_asked", "reply_by_at", **only("state = 'asked'")),
    )


class ClaimVersion(Base):
    """The text of a claim as it was published; `why` is the correction's."""

    __tablename__ = "claim_versions"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(500), default="")
    text: Mapped[dict[str, Any]] = mapped_column(JSON)


class ClaimReply(Base):
    """What the organisation that a claim names says to it; `edition` is 0 before it was published.

    It is written for whoever reads the claim, then and later.
    """

    __tablename__ = "claim_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    edition: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class QuotedReply(Base):
    """What the file that a claim was imported from quotes: a reply to it, or its withdrawal.

    Nobody of this portal said it here: it is no right of reply that was used. `edition` is the
    version of the claim that it answers, `key` and `maker` are the identifiers (UUID) of what was
    said and of whoever said it; the rest of what the file holds of both is kept as it stands there,
    so that it goes out again unchanged.
    """

    __tablename__ = "quoted_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    sort: Mapped[str] = mapped_column(String(16))
    said_by: Mapped[str] = mapped_column(Line(200))
    edition: Mapped[int | None]
    at: Mapped[datetime | None]
    tlp: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(36))
    maker: Mapped[str] = mapped_column(String(36))
    heading: Mapped[str] = mapped_column(Text)
    written: Mapped[str] = mapped_column(String(40))
    changed: Mapped[str] = mapped_column(String(40))
    maker_at: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(Text)
