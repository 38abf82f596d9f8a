"""Offers: what somebody is invited to, until they accept or decline; nothing is given before."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from models.audience import one_of
from models.base import Resource, only


class OfferState(StrEnum):
    """The life of an offer; whether an open one has expired is a question to the clock."""

    OFFERED = "offered"
    ACCEPTED = "taken-up"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Tie(StrEnum):
    """What an offer gives once it is accepted."""

    MEMBER = "member"
    OFFICE = "office"
    CLIENT = "client"
    GROUP = "group"


class Offer(Resource):
    """One offer, from an organisation (the portal itself for a platform role) to somebody.

    `name` and `email` are what the inviter typed; the inviting side is shown nothing else of the
    person. A person's row is the same whether or not the address was known here before. `same_as`
    is equal for two offers of the same thing, of which only one can be open.
    """

    __tablename__ = "offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    tie: Mapped[str] = mapped_column(String(16))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("sharing_groups.id"), index=True)
    role: Mapped[str | None] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    to_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisations.id"), index=True
    )
    same_as: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(16), default=OfferState.OFFERED)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("uq_offers_open", "same_as", unique=True, **only("state = 'offered'")),
        CheckConstraint(one_of("person_id", "to_organisation_id"), name="one_of_two"),
        CheckConstraint("(tie = 'group') = (group_id IS NOT NULL)", name="group_alone"),
    )
