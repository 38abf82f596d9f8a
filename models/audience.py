"""The audience index: which principal can find which notice, newest first."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AudienceRow(Base):
    """A derived row, rewritten with every change of sharing; the law still asks READ of each hit.

    `principal` is `p:<person>`, `o:<organisation>`, `g:<group>`, `c:<provider>` for the clients of
    an organisation, or `*` for everyone signed in.
    """

    __tablename__ = "audience"

    principal: Mapped[str] = mapped_column(String(24), primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    published_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_audience_newest", "principal", "published_at", "notice_id"),
        Index("ix_audience_notice_id", "notice_id"),
    )
