"""What came back by e-mail to invitations: no content, only that it came, from whom, and when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Outcome(StrEnum):
    """What became of a mail to the address for replies."""

    ANSWER = "answer"
    PROPOSAL = "proposal"
    UNREAD = "unread"
    OUTDATED = "outdated"
    UNINVITED = "uninvited"
    OVER = "over"
    AUTOMATIC = "automatic"


class CalendarReply(Base):
    """A mail to the address that one person has for one dialogue, and what became of it.

    `reason` is why it could not be read, as one word. `mail` is a digest of mail that has a
    Message-ID, so that the same one changes nothing when it comes again. Of a proposal `starts_at`
    and `ends_at` are the other time (None where the zone of the calendar is unknown) and
    `closed_at` is when it was taken up, declined or replaced.
    """

    __tablename__ = "calendar_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogues.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(16), default="")
    mail: Mapped[str] = mapped_column(String(64), default="")
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "dialogue_id", "person_id", "at"),)
