"""What somebody has typed into a form and not saved yet."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Autosave(Base):
    """The fields of one form of one person as they were typed, whether or not they can be taken.

    Nobody else reads it. `homes` are the organisations (references) for which the person could
    write then: whoever leaves one of them does not take its text along.
    """

    __tablename__ = "autosaves"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(40), primary_key=True)
    homes: Mapped[list[str]] = mapped_column(JSON)
    fields: Mapped[dict[str, list[str]]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(index=True)
