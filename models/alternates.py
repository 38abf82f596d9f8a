"""Alternates: who acts for whom, from when until when, for what, once they have agreed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Resource, only


class AlternateState(StrEnum):
    """The life of an alternate; whether its time has come or is over is a question to the clock."""

    DECLARED = "declared"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    ENDED = "ended"


class Alternate(Resource):
    """`person_id` acts for `for_id`, as both belong to the organisation.

    It is for one process, for the contact points of one purpose, for the work of one role that
    whoever is away has in the organisation, or for all where none of these is said.
    Its days are days of `zone`. `red` is whether it is for TLP:RED as well, which only whoever is
    away can say; `nights`, which only the alternate can say, whether they agree to be asked at any
    hour.
    """

    __tablename__ = "alternates"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    for_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    process_id: Mapped[int | None] = mapped_column(ForeignKey("processes.id"))
    purpose: Mapped[str] = mapped_column(String(16), default="", server_default="")
    role: Mapped[str] = mapped_column(String(16), default="", server_default="")
    red: Mapped[bool] = mapped_column(default=False, server_default=false())
    nights: Mapped[bool] = mapped_column(default=False, server_default=false())
    zone: Mapped[str] = mapped_column(String(64))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(16), default=AlternateState.DECLARED)
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        CheckConstraint("for_id <> person_id", name="two_people"),
        CheckConstraint("begins_at < ends_at", name="in_order"),
        CheckConstraint("process_id IS NULL OR purpose = ''", name="one_scope"),
        CheckConstraint("role = '' OR (process_id IS NULL AND purpose = '')", name="role_alone"),
        Index("ix_alternates_in_force", "for_id", "person_id", **only("state = 'accepted'")),
    )
