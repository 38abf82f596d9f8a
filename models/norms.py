"""Ties of resources to norms (see `portal.norms`), who supports which, the library of clauses."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.audience import one_of
from models.base import Base, Resource, only
from models.lines import Line

TAGGED = ("notice_id", "commitment_id")


class NormTag(Base):
    """That a resource is relevant to a norm, and why somebody thinks so."""

    __tablename__ = "norm_tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    norm: Mapped[str] = mapped_column(String(48))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"))
    reason: Mapped[str] = mapped_column(String(500))
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    __table_args__ = (
        *(UniqueConstraint(resource, "norm") for resource in TAGGED),
        *(Index(None, "norm", resource) for resource in TAGGED),
        CheckConstraint(one_of(*TAGGED), name="one_matter"),
    )


class Support(Base):
    """That an organisation declares that it supports the norms or pledges of a framework.

    `framework` is a key of the registry, `since` a year, month or day as it was said, `evidence`
    the address where anybody can look it up. It stands until its organisation ends it.
    """

    __tablename__ = "supports"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    framework: Mapped[str] = mapped_column(String(48))
    since: Mapped[str] = mapped_column(String(10))
    evidence: Mapped[str] = mapped_column(Line(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "organisation_id"),
        Index(None, "framework", "at"),
        # Of each framework an organisation supports, it says so once.
        Index(
            "uq_supports_current",
            "organisation_id",
            "framework",
            unique=True,
            **only("ended_at IS NULL"),
        ),
    )


class ClauseState(StrEnum):
    """The life of a clause in the library."""

    ACTIVE = "active"
    RETIRED = "retired"


class Clause(Resource):
    """Words to start a commitment from.

    `days` is how long after its start it is usually due. `promisors` are keys of PROMISORS,
    `norms` and `beside_law` keys of the registry: what it is relevant to, and which law binds
    anyway. `verifier` says who could verify it, `advice` what the writer should think of.
    """

    __tablename__ = "clauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[str] = mapped_column(String(16), default=ClauseState.ACTIVE)
    title: Mapped[str] = mapped_column(Line(200))
    body: Mapped[str] = mapped_column(Text)
    how_known: Mapped[str] = mapped_column(Text)
    theme: Mapped[str] = mapped_column(String(32))
    norms: Mapped[list[str]] = mapped_column(JSON, default=list)
    days: Mapped[int]
    every: Mapped[str] = mapped_column(String(8), default="")
    promisors: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    verifier: Mapped[str] = mapped_column(Text, default="", server_default="")
    beside_law: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    advice: Mapped[str] = mapped_column(Text, default="", server_default="")
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
