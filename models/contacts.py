"""Contact points: whom of an organisation to reach for what, at which hours, by which channel."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only
from models.lines import Line
from models.vocabulary import N_


class ContactState(StrEnum):
    """The life of a contact point; whether it is stale is a question to the clock."""

    DRAFT = "draft"
    CURRENT = "current"
    RETIRED = "retired"


class Purpose(StrEnum):
    """What a contact point is for."""

    POLICY = "policy"
    DIPLOMATIC = "diplomatic"
    TECHNICAL = "technical"
    LEGAL = "legal"
    DUTY = "duty"
    PRESS = "press"


class Verified(StrEnum):
    """How a contact point was last confirmed."""

    SAVED = "saved"
    CALL = "call"
    MESSAGE = "message"
    IN_PERSON = "in-person"
    CHECK = "check"


class Interval(StrEnum):
    """How often a contact point is asked whether it answers; there is none that never is."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


PURPOSES: Final = {
    Purpose.DUTY: N_("Duty officer"),
    Purpose.TECHNICAL: N_("Technical"),
    Purpose.POLICY: N_("Policy"),
    Purpose.DIPLOMATIC: N_("Diplomatic"),
    Purpose.LEGAL: N_("Legal"),
    Purpose.PRESS: N_("Press"),
}
# What whoever answers may do for the organisation.
AUTHORITIES: Final = {
    "receive": N_("Receives messages"),
    "inform": N_("Gives information"),
    "act": N_("Acts on a request"),
    "commit": N_("Commits the organisation"),
}
VERIFIED: Final = {
    Verified.SAVED: N_("saved by its organisation"),
    Verified.CALL: N_("a call"),
    Verified.MESSAGE: N_("a test message"),
    Verified.IN_PERSON: N_("in person"),
    Verified.CHECK: N_("an answered liveness check"),
}
INTERVALS: Final = {
    Interval.MONTH: N_("Every month"),
    Interval.QUARTER: N_("Every three months"),
    Interval.HALF_YEAR: N_("Every six months"),
    Interval.YEAR: N_("Every year"),
}


class ContactPoint(Resource):
    """One contact point of an organisation; `person_id` is its holder, none of a bare position.

    `hours` are shifts: the day of the week (0 is Monday), from and until ("08:00"), in `zone`; a
    shift that ends no later than it begins ends on the next day. `place` is the order of calling
    among those of the same organisation and purpose. `stale_at` is from when on it is stale,
    `check_at` when it is asked next whether it answers, `answered_at` when it last did. That day is
    drawn at the end of an interval (`check_every`) that is counted from `planned_at`.
    """

    __tablename__ = "contact_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[str] = mapped_column(String(16), default=ContactState.DRAFT)
    tlp: Mapped[str] = mapped_column(String(16))
    purpose: Mapped[str] = mapped_column(String(16))
    label: Mapped[str] = mapped_column(Line(120))
    constituency: Mapped[str] = mapped_column(Line(500), default="")
    authority: Mapped[str] = mapped_column(String(16), default="")
    email: Mapped[str] = mapped_column(String(254))
    second_email: Mapped[str] = mapped_column(String(254), default="")
    phones: Mapped[list[str]] = mapped_column(JSON, default=list)
    phone_any_hour: Mapped[str] = mapped_column(Line(40), default="")
    channels: Mapped[str] = mapped_column(String(500), default="")
    openpgp: Mapped[str] = mapped_column(String(64), default="")
    smime: Mapped[str] = mapped_column(String(64), default="")
    zone: Mapped[str] = mapped_column(String(64))
    round_the_clock: Mapped[bool] = mapped_column(default=False)
    hours: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    place: Mapped[int] = mapped_column(default=1)
    note: Mapped[str] = mapped_column(Text, default="")
    check_every: Mapped[str] = mapped_column(
        String(16), default=Interval.QUARTER, server_default=Interval.QUARTER
    )
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    verified_at: Mapped[datetime | None]
    verified_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    verified_how: Mapped[str] = mapped_column(String(16), default="")
    stale_at: Mapped[datetime | None]
    planned_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None] = mapped_column(index=True)
    checked_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_contact_points_stale", "stale_at", **only("state = 'current'")),
        Index("ix_contact_points_changed", "changed_at", "id"),
        CheckConstraint(
            "check_every IN ('month', 'quarter', 'half-year', 'year')", name="known_interval"
        ),
    )


class ContactCheck(Base):
    """That a contact point was asked whether it answers, and when it did.

    A round begins with the check whose key is `round_id`, and goes on along the deputies: each that
    gives no answer by `answer_by_at` is passed on (`passed_at`). `key_hash` is SHA-256 of the
    one-time key of its e-mail. Nobody began a check that the system planned. An exercise counts
    nowhere.
    """

    __tablename__ = "contact_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact_points.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("contact_checks.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    exercise: Mapped[bool] = mapped_column(default=False, server_default=false())
    asked_at: Mapped[datetime]
    answer_by_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    passed_at: Mapped[datetime | None]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)

    __table_args__ = (
        # At most one is waiting for an answer.
        Index(
            "uq_contact_checks_open",
            "contact_id",
            unique=True,
            **only("answered_at IS NULL AND passed_at IS NULL"),
        ),
    )


class ContactHolder(Base):
    """That somebody held a contact point from an instant until another; `by_id` named them.

    `until_at` is empty of whoever holds it now. Of whoever was named before this was kept, it is
    not known since when.
    """

    __tablename__ = "contact_holders"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact_points.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    since_at: Mapped[datetime | None]
    until_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
