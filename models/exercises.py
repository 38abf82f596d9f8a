"""Exercises: tabletops with parties, injects, responses, a hot wash and its findings."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Resource, only
from models.lines import Line


class ExerciseState(StrEnum):
    """The life of an exercise; in OVER its hot wash is open."""

    DRAFT = "draft"
    PLANNED = "planned"
    RUNNING = "running"
    OVER = "over"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    ERASED = "erased"


class ExerciseRole(StrEnum):
    """What somebody does in an exercise: plays a party, watches, or runs it with its organiser."""

    PLAYER = "player"
    OBSERVER = "observer"
    CONTROLLER = "controller"


class InjectKind(StrEnum):
    """What an inject is in the world of the exercise."""

    NOTICE = "notice"
    MESSAGE = "message"
    NEWS = "news"


class Exercise(Resource):
    """A tabletop exercise of an organisation.

    `title` begins with the word EXERCISE, so that it is marked wherever it is shown. `scenario` is
    the key of the shipped scenario it began from. `aims` has one learning aim a line; `guide` is
    for whoever runs it alone. It is planned from `starts_at` to `ends_at`, hours in `zone`,
    `minutes` apart. After ERASED nothing of its content is left.
    """

    __tablename__ = "exercises"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[str] = mapped_column(String(16), default=ExerciseState.DRAFT)
    tlp: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Line(220))
    scenario: Mapped[str] = mapped_column(String(32), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    aims: Mapped[str] = mapped_column(Text, default="")
    guide: Mapped[str] = mapped_column(Text, default="")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64))
    minutes: Mapped[int]
    edition: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    over_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index("ix_exercises_starts", "starts_at", "id"),
        Index("ix_exercises_open", "published_at", "id", **only("tlp IN ('GREEN', 'CLEAR')")),
        Index("ix_exercises_over", "over_at", **only("state = 'over'")),
    )


class ExerciseParty(Base):
    """A party of the scenario, which people play; it is no organisation of the portal."""

    __tablename__ = "exercise_parties"

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(Line(80))

    __table_args__ = (UniqueConstraint("exercise_id", "name"),)


class ExerciseSeat(Base):
    """What one person does in an exercise since `since_at`; only players have a party."""

    __tablename__ = "exercise_seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    party_id: Mapped[int | None] = mapped_column(ForeignKey("exercise_parties.id"), index=True)
    since_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("exercise_id", "person_id"),)


class ExerciseInject(Base):
    """What is put to parties: `minute` after the start, or by hand where that is empty.

    `due_at` is known once the exercise runs. `by_id` released it; nobody where its time had come.
    """

    __tablename__ = "exercise_injects"

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(Line(200))
    body: Mapped[str] = mapped_column(Text, default="")
    for_all: Mapped[bool] = mapped_column(default=False)
    minute: Mapped[int | None]
    due_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (Index("ix_exercise_injects_due", "due_at", **only("released_at IS NULL")),)


class ExerciseInjectParty(Base):
    """That an inject goes to a party."""

    __tablename__ = "exercise_inject_parties"

    inject_id: Mapped[int] = mapped_column(ForeignKey("exercise_injects.id"), primary_key=True)
    party_id: Mapped[int] = mapped_column(
        ForeignKey("exercise_parties.id"), primary_key=True, index=True
    )
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id"), index=True)


class ExerciseResponse(Base):
    """What a party answers to an inject, written by one who plays it."""

    __tablename__ = "exercise_responses"

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id"), index=True)
    inject_id: Mapped[int] = mapped_column(ForeignKey("exercise_injects.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("exercise_parties.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class ExerciseNote(Base):
    """A note of the hot wash."""

    __tablename__ = "exercise_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class ExerciseFinding(Base):
    """What should change, and which organisation should do it; then the commitment it became.

    Of an erased exercise a finding that became a commitment stays, without its text.
    """

    __tablename__ = "exercise_findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    exercise_id: Mapped[int] = mapped_column(ForeignKey("exercises.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"), index=True)
    text: Mapped[str] = mapped_column(Line(300))
    at: Mapped[datetime]
