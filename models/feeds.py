"""Keys of personal feeds: an address that shows a calendar to whoever holds it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, only


class FeedKey(Base):
    """The secret key of somebody's calendar feed, kept as its SHA-256; one at a time is good."""

    __tablename__ = "feed_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        Index("uq_feed_keys_good", "person_id", unique=True, **only("revoked_at IS NULL")),
    )
