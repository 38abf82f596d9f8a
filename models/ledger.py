"""What happened and what is to be told: the hash-chained trail, the outbox, the heartbeat."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, only


class AuditEvent(Base):
    """One act: who, which verb, on which matter and version, when, from which sign-in."""

    __tablename__ = "audit_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    verb: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    matter_id: Mapped[int | None]
    ref: Mapped[str] = mapped_column(String(16))
    edition: Mapped[int | None]
    signin_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        Index(None, "kind", "matter_id", "verb", "person_id"),
        Index(None, "kind", "at"),
    )


class AuditHead(Base):
    """The last link of the chain: a single row, locked last in each transaction that acts."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    events: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class OutboxLetter(Base):
    """A letter to be written: to whom, about what; its text is made only when it is sent.

    `secret` carries a one-time key that the letter must hold (an invitation); it is erased once
    the row is closed. `due_at` never moves, so that a repeat is the same letter; `next_at` is when
    to try (again). A closed row says how it ended: sent, refused (the person may not read it any
    more) or dead (it could not be delivered), and why.
    """

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(160), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    matter_id: Mapped[int]
    letter: Mapped[str] = mapped_column(String(48))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    secret: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (
        Index(
            "ix_outbox_open",
            "next_at",
            **only("closed_at IS NULL"),
        ),
        Index(None, "kind", "matter_id"),
    )


class Heartbeat(Base):
    """When a part of the house was last seen alive."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
