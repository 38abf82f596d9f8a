"""What happened and who is to be notified: the hash-chained trail, the outbox, the heartbeat."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, only


class AuditEvent(Base):
    """One act: who, which verb, on which resource and version, when, from which sign-in.

    `for_id` is for whom an alternate acted, and empty where somebody acted for themselves. `chain`
    is the head (`AuditHead.id`) whose chain it is linked into by `previous` and `digest`.
    """

    __tablename__ = "audit_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    for_id: Mapped[int | None]
    verb: Mapped[str] = mapped_column(String(32))
    resource_type: Mapped[str] = mapped_column(String(32))
    resource_id: Mapped[int | None]
    ref: Mapped[str] = mapped_column(String(16))
    edition: Mapped[int | None]
    signin_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    chain: Mapped[int] = mapped_column(server_default="1")

    __table_args__ = (
        Index(None, "resource_type", "resource_id", "verb", "person_id"),
        Index(None, "resource_type", "at"),
    )


class AuditHead(Base):
    """The last link of a chain: the first of acts, the others of what was only read.

    It is locked last in each transaction that appends to its chain.
    """

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    events: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))


class OutboxEmail(Base):
    """An e-mail to be written: to whom, about what; its text is made only when it is sent.

    `secret` carries a one-time key that the e-mail must hold (an invitation); it is erased once
    the e-mail is sent or refused, or nothing can be opened with it any more. Where its link answers
    without a sign-in, `key_hash` stays: by it the answer is known as this person's. `due_at` never
    moves, so that a repeat is the same e-mail; `next_at` is when to try (again). `claimed_by` names
    the round of delivery that has it in hand until `leased_until`. A closed row says how it ended:
    sent, refused (the person may not read it any more) or dead (it could not be delivered), and
    why; or it was gathered in a summary, the row `digest_id`. `for_id` is in whose place an
    alternate is written to.
    """

    __tablename__ = "outbox_emails"

    id: Mapped[int] = mapped_column(primary_key=True)
    cause: Mapped[str] = mapped_column(String(160), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    resource_type: Mapped[str] = mapped_column(String(32))
    resource_id: Mapped[int]
    template: Mapped[str] = mapped_column(String(48))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    secret: Mapped[str | None] = mapped_column(String(64))
    key_hash: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    next_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    claimed_by: Mapped[str | None] = mapped_column(String(32))
    sent_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(300), default="")
    digest_id: Mapped[int | None] = mapped_column(index=True)

    __table_args__ = (
        Index(
            "ix_outbox_emails_open",
            "next_at",
            **only("closed_at IS NULL"),
        ),
        Index("ix_outbox_emails_dead", "id", **only("outcome = 'dead'")),
        Index(None, "resource_type", "resource_id"),
        Index(None, "key_hash", unique=True),
    )


class MailFault(Base):
    """Why no e-mail can go at present; there is no row while the mail server takes them.

    `stage` is where in the session with the server, `faults` how often since `began_at`, `retry_at`
    when to try again: nobody asks the server before.
    """

    __tablename__ = "mail_faults"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    stage: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(300))
    faults: Mapped[int]
    began_at: Mapped[datetime]
    last_at: Mapped[datetime]
    retry_at: Mapped[datetime]


class Heartbeat(Base):
    """When a lane of the jobs was last seen alive: it says nothing of what the lane has done."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime]
