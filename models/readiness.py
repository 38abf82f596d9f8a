"""Self-checks of digital risk: who answered and when; the answers themselves are sealed."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Resource, only


class CheckState(StrEnum):
    """The life of a self-check; whether a completed one has to be looked at again is asked."""

    OPEN = "open"
    COMPLETED = "completed"
    ERASED = "erased"


class Scope(StrEnum):
    """For whom the questions are answered; there is always one respondent."""

    PERSON = "person"
    DELEGATION = "delegation"
    TEAM = "team"


class SelfCheck(Resource):
    """One self-check of one respondent.

    `sealed` holds the answers, encrypted with the portal's key and bound to `ref`; it is empty
    before the first answer and once it is erased. `look_again_at` is the end of the day
    `look_again_on` in `zone`, on which the respondent wants to answer again.
    """

    __tablename__ = "self_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    scope: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default=CheckState.OPEN)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    look_again_on: Mapped[date | None]
    zone: Mapped[str] = mapped_column(String(64), default="")
    look_again_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        # At most one of each scope is being answered.
        Index("uq_self_checks_open", "person_id", "scope", unique=True, **only("state = 'open'")),
    )
