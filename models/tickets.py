"""The references under which organisations keep records of others in their own ticket systems."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Ticket(Base):
    """An organisation's own reference of a resource (by its reference in the portal).

    `folded` is the number as it is looked for. It gives nothing: whether its organisation's people
    still read the resource is asked of the policy each time.
    """

    __tablename__ = "tickets"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), primary_key=True, index=True)
    number: Mapped[str] = mapped_column(String(60))
    folded: Mapped[str] = mapped_column(String(120), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
