"""Who follows which resource."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Follow(Base):
    """That a person wants to hear what happens to a resource, since when.

    It gives no access: what a follower is shown is asked of the policy each time.
    """

    __tablename__ = "follows"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    resource_type: Mapped[str] = mapped_column(String(32), primary_key=True)
    resource_id: Mapped[int] = mapped_column(primary_key=True)
    since_at: Mapped[datetime]
