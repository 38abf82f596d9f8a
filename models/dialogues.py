"""Dialogues: who comes to the table, when they can, what stands on the agenda, what is decided."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only
from models.lines import Line


class DialogueState(StrEnum):
    """The life of a dialogue."""

    DRAFT = "draft"
    POLLING = "polling"
    CONVENED = "convened"
    HELD = "held"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


class Confidentiality(StrEnum):
    """The rule that a dialogue is held under; Chatham House names no speaker."""

    OPEN = "open"
    LIMITED = "limited"
    CHATHAM = "chatham"
    CLOSED = "closed"


class Format(StrEnum):
    """How people meet."""

    IN_PERSON = "in-person"
    ONLINE = "online"
    HYBRID = "hybrid"


class TableRole(StrEnum):
    """What somebody does at the table."""

    CHAIR = "chair"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    INTERPRETER = "interpreter"
    NOTE_TAKER = "note-taker"


class Answer(StrEnum):
    """What somebody says to an invitation, in the words of iCalendar (RFC 5545, 3.2.12)."""

    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


class Can(StrEnum):
    """What a delegation, or a person, says to a slot of the poll."""

    YES = "yes"
    IF_NEED_BE = "if-need-be"
    NO = "no"


class Dialogue(Resource):
    """A meeting of delegations, prepared by `organisation` under a rule of confidentiality.

    `attributed` is whether it may be written who said what; tables that would hold a speaker hang
    on it. `wall` is the local time in `zone` that was agreed on ("2027-03-28T14:00") where the
    meeting keeps to the clock on the wall; then `starts_at` follows the rules of that zone.
    `asks_check` is whether everybody at the table is asked for a self-check, `asks_unit` the key of
    a unit of training that they are asked for; empty for none. `sequence` counts what invitations
    have said (SEQUENCE of RFC 5545).
    """

    __tablename__ = "dialogues"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("processes.id"), index=True)
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("dialogues.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default=DialogueState.DRAFT)
    rule: Mapped[str] = mapped_column(String(16))
    attributed: Mapped[bool]
    tlp: Mapped[str] = mapped_column(String(16))
    format: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Line(200))
    purpose: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(Line(300), default="")
    link: Mapped[str] = mapped_column(Line(2000), default="")
    zone: Mapped[str] = mapped_column(String(64))
    minutes: Mapped[int]
    by_person: Mapped[bool] = mapped_column(default=False)
    hidden_answers: Mapped[bool] = mapped_column(default=True)
    asks_check: Mapped[bool] = mapped_column(default=False, server_default=false())
    asks_unit: Mapped[str] = mapped_column(String(48), default="", server_default="")
    poll_until_at: Mapped[datetime | None]
    wall: Mapped[str | None] = mapped_column(String(16))
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    picked_reason: Mapped[str] = mapped_column(String(500), default="")
    room_code: Mapped[str | None] = mapped_column(String(16))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    convened_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        UniqueConstraint("id", "attributed"),
        CheckConstraint("(rule = 'chatham') <> attributed", name="chatham_names_nobody"),
        CheckConstraint("rule <> 'closed' OR tlp = 'RED'", name="closed_is_red"),
        CheckConstraint(
            "rule IN ('open', 'chatham') OR tlp IN ('AMBER+STRICT', 'RED')", name="open_or_named"
        ),
        CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes_in_range"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="start_and_end"),
        Index("ix_dialogues_open", "published_at", "id", **only("tlp IN ('GREEN', 'CLEAR')")),
        Index("ix_dialogues_polls", "poll_until_at", **only("state = 'polling'")),
        Index("ix_dialogues_next", "starts_at", **only("state = 'convened'")),
        Index("ix_dialogues_unrecorded", "ends_at", **only("state = 'held'")),
    )


class Delegation(Base):
    """An organisation at the table: how many it may send, and whether it must be there.

    `contact_id` is who answers for it where the dialogue names people alone (RED).
    """

    __tablename__ = "delegations"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    required: Mapped[bool] = mapped_column(default=True)
    seats: Mapped[int] = mapped_column(default=1)
    reminded_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("dialogue_id", "organisation_id"),
        CheckConstraint("seats BETWEEN 1 AND 50", name="seats_in_range"),
    )


class Attendee(Base):
    """Somebody who comes: for a delegation, or (without one) from the organisers or invited alone.

    `invited_at` is when the last invitation was written. Of answers the one that came last holds,
    by our own clock (`answered_at`), whether it came by the page or by mail. `by_id` is the
    alternate who answered for them, if one did.
    """

    __tablename__ = "attendees"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    delegation_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(String(16), default=TableRole.PARTICIPANT)
    organises: Mapped[bool] = mapped_column(default=False)
    invited_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(16), default="")
    answered_at: Mapped[datetime | None]
    by_mail: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    came: Mapped[bool | None]
    came_by_code: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("dialogue_id", "person_id"),
        CheckConstraint("NOT organises OR delegation_id IS NULL", name="organisers_are_no_side"),
    )


class Slot(Base):
    """A time offered in the poll; `wall` as in `Dialogue`, where it keeps to the clock."""

    __tablename__ = "slots"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    wall: Mapped[str | None] = mapped_column(String(16))
    starts_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("dialogue_id", "starts_at"),)


class SlotAnswer(Base):
    """What a delegation says to a slot: as one, or (`person_id`) each of its people."""

    __tablename__ = "slot_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    slot_id: Mapped[int] = mapped_column(ForeignKey("slots.id", ondelete="CASCADE"))
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    can: Mapped[str] = mapped_column(String(16))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    __table_args__ = (
        Index(
            "uq_slot_answers_side",
            "slot_id",
            "delegation_id",
            unique=True,
            **only("person_id IS NULL"),
        ),
        Index(
            "uq_slot_answers_person",
            "slot_id",
            "person_id",
            unique=True,
            **only("person_id IS NOT NULL"),
        ),
    )
