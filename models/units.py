"""Units of training that stewards of the portal write, and each text that was published."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource
from models.lines import Line


class UnitState(StrEnum):
    """The life of a unit that stewards write."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class TrainingUnit(Resource):
    """A unit as it stands: once it is published, this is the text of its last edition.

    `body`, `questions` and `sources` are Markdown as it was typed, checked before it was saved
    (`portal.curriculum.Written`); `sections` and `asked` count what is in it, for lists. `lasts` is
    how long a completion holds, one of `portal.days.EVERY`. `edition` counts its publications, and
    `text_of` is the day of the last.
    """

    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    state: Mapped[str] = mapped_column(String(16), default=UnitState.DRAFT)
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(Line(120))
    summary: Mapped[str] = mapped_column(String(500))
    minutes: Mapped[int]
    lasts: Mapped[str] = mapped_column(String(8))
    body: Mapped[str] = mapped_column(Text)
    questions: Mapped[str] = mapped_column(Text)
    sources: Mapped[str] = mapped_column(Text)
    sections: Mapped[int]
    asked: Mapped[int]
    edition: Mapped[int] = mapped_column(default=0)
    text_of: Mapped[date | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index(None, "state", "title"),)


class UnitEdition(Base):
    """The text of a unit as it was published, for whoever completed it; `why` is the correction's.

    `ends_earlier` is whether completions of earlier editions ended with it.
    """

    __tablename__ = "unit_editions"

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str] = mapped_column(String(500), default="")
    ends_earlier: Mapped[bool] = mapped_column(default=False)
    text: Mapped[dict[str, Any]] = mapped_column(JSON)
