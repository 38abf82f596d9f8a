"""What a dialogue is about: its agenda and wishes for it, papers, and notes of one side."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.audience import one_of
from models.base import Base
from models.lines import Line

SIDE_HAS_A_SIDE = "(side_id IS NOT NULL) = (sight IN ('side', 'caucus'))"


class Sight(StrEnum):
    """Who at the table sees a part of a dialogue: all; one side; that side and the organisers."""

    ALL = "all"
    SIDE = "side"
    CAUCUS = "caucus"
    ORGANISERS = "organisers"


class ItemState(StrEnum):
    """Where an item of the agenda stands; `open` is what the next meeting takes over."""

    SUGGESTED = "suggested"
    PLANNED = "planned"
    DONE = "done"
    OPEN = "open"
    DROPPED = "dropped"


class AgendaItem(Base):
    """A line of the agenda, or a wish for one; `side_id` is whose it is where not all see it."""

    __tablename__ = "agenda_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16), default=ItemState.PLANNED)
    title: Mapped[str] = mapped_column(Line(200))
    body: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(default=0)
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("attendees.id", ondelete="SET NULL"))
    sight: Mapped[str] = mapped_column(String(16), default=Sight.ALL)
    side_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id"))
    from_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]

    __table_args__ = (
        Index(None, "dialogue_id", "number"),
        CheckConstraint(SIDE_HAS_A_SIDE, name="a_side_has_a_side"),
        CheckConstraint("minutes BETWEEN 0 AND 1440", name="minutes_in_range"),
    )


# The columns that name what an item can be about: one more with each such noun.
ABOUT = ("notice_id", "commitment_id")


class AgendaLink(Base):
    """A notice or a commitment that an item is about; each reader sees those they may read."""

    __tablename__ = "agenda_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id", ondelete="CASCADE"))
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"), index=True)

    __table_args__ = (
        *(UniqueConstraint("item_id", name) for name in ABOUT),
        CheckConstraint(one_of(*ABOUT), name="one_of_two"),
    )


class SideNote(Base):
    """A note of one side, of a caucus, or of the organisers; no other side ever sees it."""

    __tablename__ = "side_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    sight: Mapped[str] = mapped_column(String(16))
    side_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id"))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("sight <> 'all'", name="not_for_all"),
        CheckConstraint(SIDE_HAS_A_SIDE, name="a_side_has_a_side"),
    )


class Document(Base):
    """Something to read before the meeting: an address, and which item it is for."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    title: Mapped[str] = mapped_column(Line(200))
    link: Mapped[str] = mapped_column(Line(2000))
    sight: Mapped[str] = mapped_column(String(16), default=Sight.ALL)
    side_id: Mapped[int | None] = mapped_column(ForeignKey("delegations.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]

    __table_args__ = (CheckConstraint(SIDE_HAS_A_SIDE, name="a_side_has_a_side"),)
