"""What people saved to use again: views of lists, and lists of recipients."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.lines import Line


class SavedView(Base):
    """A name for what an address asks of a list; `query` is what stands behind its path.

    Its maker sees it, and where `organisation_id` is given whoever belongs to that organisation, as
    long as its maker does.
    """

    __tablename__ = "saved_views"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    list: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(Line(80))
    query: Mapped[str] = mapped_column(String(1000))
    at: Mapped[datetime]


class DefaultView(Base):
    """The view with which a list opens for a person."""

    __tablename__ = "default_views"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    list: Mapped[str] = mapped_column(String(40), primary_key=True)
    view_id: Mapped[int] = mapped_column(ForeignKey("saved_views.id"), index=True)


class SavedRecipients(Base):
    """Recipients that a person saved under a name, for themselves alone.

    `keys` has the keys of organisations, groups, processes and people by the list of a form; it
    gives nothing: which of them may be chosen is asked each time.
    """

    __tablename__ = "saved_recipients"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(Line(80))
    keys: Mapped[dict[str, list[int]]] = mapped_column(JSON)
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("person_id", "name"),)
