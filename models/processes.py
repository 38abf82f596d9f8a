"""Mediation processes: a dossier with a cover name, its phase, and who has a seat."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from models.audience import one_of
from models.base import Base, Resource
from models.names import spelled


class Phase(StrEnum):
    """Where a process stands."""

    PREPARATION = "preparation"
    TALKS = "talks"
    AGREEMENT = "agreement"
    IMPLEMENTATION = "implementation"
    DORMANT = "dormant"
    CLOSED = "closed"


class Part(StrEnum):
    """What a seat is for."""

    TEAM = "team"
    PARTY = "party"
    OBSERVER = "observer"


class Process(Resource):
    """A mediation process; its state is its phase."""

    __tablename__ = "processes"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    cover_name: Mapped[str] = mapped_column(String(120))
    context: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default=Phase.PREPARATION)
    open_seats: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @validates("cover_name")
    def _spell(self, _field: str, name: str) -> str:
        return spelled(name)


class Seat(Base):
    """A seat of an organisation or a person; those of the team are people's."""

    __tablename__ = "seats"

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("processes.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    part: Mapped[str] = mapped_column(String(16), default=Part.PARTY)

    __table_args__ = (
        UniqueConstraint("process_id", "organisation_id"),
        UniqueConstraint("process_id", "person_id"),
        CheckConstraint(one_of("organisation_id", "person_id"), name="one_of_two"),
        CheckConstraint("part <> 'team' OR organisation_id IS NULL", name="team_of_people"),
    )


class MediatorLink(Base):
    """That a mediator links a notice to a norm or to a process; it gives access to neither end.

    `body_id` is the mediation body for which the link is made: it is shown as theirs.
    """

    __tablename__ = "mediator_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), index=True)
    norm: Mapped[str | None] = mapped_column(String(48))
    process_id: Mapped[int | None] = mapped_column(ForeignKey("processes.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    reason: Mapped[str] = mapped_column(String(500), default="")
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("norm", "notice_id", "body_id"),
        UniqueConstraint("process_id", "notice_id"),
        CheckConstraint(one_of("norm", "process_id"), name="one_of_two"),
    )
