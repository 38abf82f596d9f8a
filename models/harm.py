"""Harm: what happened to whom, in what amount as far as it is known, and who said so."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only
from models.lines import Line


class HarmState(StrEnum):
    """The life of a row of harm; in ASKED the author of its notice may agree to its marking."""

    DRAFT = "draft"
    ASKED = "asked"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Harm(Resource):
    """Harm of the organisation that keeps the row, or with `cited` of others, from a source.

    `lower`, `best` and `upper` are whole numbers of `unit`; empty where they are not known, which
    is never 0. `holds_others` says that other rows count parts of the same. `consented_tlp` is the
    marking to which the author of its notice agreed.
    """

    __tablename__ = "harm"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(16), default=HarmState.DRAFT)
    tlp: Mapped[str] = mapped_column(String(16))
    cited: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(Line(200))
    category: Mapped[str] = mapped_column(String(32))
    who: Mapped[str] = mapped_column(Line(200), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    sector: Mapped[str] = mapped_column(String(32), default="")
    service: Mapped[str] = mapped_column(Line(200), default="")
    reached_as: Mapped[str] = mapped_column(String(16), default="")
    intended: Mapped[str] = mapped_column(String(16), default="")
    intended_by: Mapped[str] = mapped_column(Line(200), default="")
    from_on: Mapped[str] = mapped_column(String(10), default="")
    until_on: Mapped[str] = mapped_column(String(10), default="")
    lower: Mapped[int | None] = mapped_column(BigInteger)
    best: Mapped[int | None] = mapped_column(BigInteger)
    upper: Mapped[int | None] = mapped_column(BigInteger)
    unit: Mapped[str] = mapped_column(Line(80), default="")
    currency: Mapped[str] = mapped_column(String(3), default="")
    year: Mapped[int | None]
    holds_others: Mapped[bool] = mapped_column(default=False)
    flags: Mapped[list[str]] = mapped_column(JSON, default=list)
    body: Mapped[str] = mapped_column(Text, default="")
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    said_by: Mapped[str] = mapped_column(Line(200), default="")
    said_on: Mapped[str] = mapped_column(String(10), default="")
    source_title: Mapped[str] = mapped_column(Line(300), default="")
    source_url: Mapped[str] = mapped_column(Line(500), default="")
    verified: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime | None]
    consent_needed: Mapped[bool] = mapped_column(default=False, server_default=false())
    consented_tlp: Mapped[str] = mapped_column(String(16), default="", server_default="")
    edition: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_harm_changed", "changed_at", "id"),
        Index("ix_harm_asked", "asked_at", **only("state = 'asked'")),
        Index("ix_harm_open", "published_at", "id", **only("tlp IN ('GREEN', 'CLEAR')")),
    )


class HarmVersion(Base):
    """The text of a row as it was published; `why` is the correction's."""

    __tablename__ = "harm_versions"

    harm_id: Mapped[int] = mapped_column(ForeignKey("harm.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    why: Mapped[str] = mapped_column(String(500), default="")
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
