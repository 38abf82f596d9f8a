"""What readers write beside a commitment."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class CommitmentComment(Base):
    """A comment on a commitment, for its readers of that moment."""

    __tablename__ = "commitment_comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
