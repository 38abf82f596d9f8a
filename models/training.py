"""Training: who has begun or completed which unit and until when; courses taken elsewhere."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only


class CompletionState(StrEnum):
    """The life of a completion; whether a completed one has expired is a question to the clock."""

    UNDER_WAY = "under-way"
    COMPLETED = "completed"
    ERASED = "erased"


class Completion(Resource):
    """One person's way through one unit.

    `unit` is its key, or its reference where stewards wrote it; `text_of` the day of the text that
    was completed and `edition` its number, `ended_by` that of an edition with which the completion
    ended before its day; units that come with the portal have neither. `sections` is how many of
    its sections were read. It expires at `expires_at`, the end of the day `expires_on` in `zone`.
    `sha256` is over the facts of the certificate (64 hexadecimal digits); empty before. `back` is
    where the person came from: noun, reference and act ("notices N-26-7K3Q9M publish-red"); or
    empty.
    No answer to a question is kept anywhere.
    """

    __tablename__ = "completions"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    unit: Mapped[str] = mapped_column(String(48), index=True)
    text_of: Mapped[date | None]
    edition: Mapped[int | None]
    ended_by: Mapped[int | None]
    sections: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(16), default=CompletionState.UNDER_WAY)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    expires_on: Mapped[date | None]
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    back: Mapped[str] = mapped_column(String(48), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        # At most one of each unit is under way.
        Index(
            "uq_completions_under_way",
            "person_id",
            "unit",
            unique=True,
            **only("state = 'under-way'"),
        ),
    )


class CourseTaken(Base):
    """The day on which somebody says they took a course of others; theirs to change and remove."""

    __tablename__ = "courses_taken"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    course: Mapped[str] = mapped_column(String(48))
    done_on: Mapped[date]

    __table_args__ = (UniqueConstraint("person_id", "course"),)


class Act(StrEnum):
    """What a unit can be required before; reading is never among it."""

    PUBLISH_RED = "publish-red"
    TAKE_ROLE = "take-role"
    TAKE_SEAT = "take-seat"


class Requirement(Base):
    """That a unit has to be completed before an act: by everybody, or for one organisation.

    Without `organisation_id` it holds in the whole portal.
    """

    __tablename__ = "requirements"

    id: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str] = mapped_column(String(48))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    __table_args__ = (Index(None, "act", "organisation_id"),)
