"""Who is addressed: the recipient list of any resource, and the indexes of who can find what."""

from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, only


def one_of(*columns: str) -> str:
    """SQL of a check: exactly one of the columns holds something."""
    return " + ".join(f"(CASE WHEN {name} IS NULL THEN 0 ELSE 1 END)" for name in columns) + " = 1"


# The columns that name a resource with a recipient list: one more with each such noun.
LISTED = (
    "notice_id",
    "commitment_id",
    "record_id",
    "contact_id",
    "claim_id",
    "harm_id",
    "exercise_id",
)
RECIPIENT_LISTS = (*LISTED, "audience_id")
# The columns that name a resource beside which something is written for the audience of its moment.
VERSIONED = ("notice_id", "commitment_id", "record_id")
ADDRESSED = ("organisation_id", "group_id", "process_id", "person_id")
# Where a resource without a day stands among the others: at the end.
NO_DAY = datetime(9999, 1, 1, tzinfo=UTC)


def _by_whom(resource: str, who: str) -> Index:
    name = f"uq_recipients_{who}_{resource}"
    both = only(f"{resource} IS NOT NULL AND {who} IS NOT NULL")
    return Index(name, who, resource, unique=True, **both)


class Recipient(Base):
    """One line of a resource's recipient list: somebody it is addressed to, or an exception.

    An exception of an organisation concerns everybody who was a member at any time since
    `excepted_since`; where that is not known, everybody who ever was.
    """

    __tablename__ = "recipients"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"))
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"))
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact_points.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claims.id"))
    harm_id: Mapped[int | None] = mapped_column(ForeignKey("harm.id"))
    exercise_id: Mapped[int | None] = mapped_column(ForeignKey("exercises.id"))
    audience_id: Mapped[int | None] = mapped_column(ForeignKey("audience_versions.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("sharing_groups.id"), index=True)
    process_id: Mapped[int | None] = mapped_column(ForeignKey("processes.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    excepted: Mapped[bool] = mapped_column(default=False)
    excepted_since: Mapped[datetime | None]

    __table_args__ = (
        *(Index(None, resource, "excepted") for resource in RECIPIENT_LISTS),
        # Nobody is twice on a list. Each line stands in one of these, by whom it names.
        *(_by_whom(resource, who) for resource in RECIPIENT_LISTS for who in ADDRESSED),
        CheckConstraint(one_of(*RECIPIENT_LISTS), name="one_matter"),
        CheckConstraint(one_of(*ADDRESSED), name="one_addressed"),
    )


class AudienceVersion(Base):
    """To whom a resource went at one time; its recipient list names it as `audience_id`.

    What is written beside a resource (a comment, a reason, a statement, evidence) names the
    version of its moment, so that a wider audience that comes later does not read it. A version
    lists organisations, groups and processes, not their members: a new member of a listed
    organisation reads on. It has the columns of a resource that the policy asks about, and is
    never changed.
    """

    __tablename__ = "audience_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"), index=True)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("records.id"), index=True)
    tlp: Mapped[str] = mapped_column(String(16))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    addressee_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    verifier_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    dialogue_id: Mapped[int | None] = mapped_column(ForeignKey("dialogues.id"))

    __table_args__ = (CheckConstraint(one_of(*VERSIONED), name="one_resource"),)


class AudienceRow(Base):
    """A derived row, rewritten with each change of sharing; READ is still asked of each hit.

    `principal` is `p:<person>`, `o:<organisation>`, `g:<group>`, `s:<process>`, `*` for everyone
    signed in, or the clients of an organisation (`c:`), of a group's (`h:`) or a process's (`t:`).
    """

    __tablename__ = "audience"

    principal: Mapped[str] = mapped_column(String(24), primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    published_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(default=NO_DAY)
    acknowledge_by_at: Mapped[datetime] = mapped_column(default=NO_DAY)

    __table_args__ = (
        Index("ix_audience_newest", "principal", "published_at", "notice_id"),
        Index("ix_audience_changed", "principal", "changed_at", "notice_id"),
        Index("ix_audience_deadline", "principal", "acknowledge_by_at", "notice_id"),
        Index("ix_audience_notice_id", "notice_id"),
    )


class CommitmentAudienceRow(Base):
    """The same for commitments: the live ones by the day they are due, the others by their end.

    `said_at` is when somebody last reported or verified, or when it was proposed.
    """

    __tablename__ = "commitment_audience"

    principal: Mapped[str] = mapped_column(String(24), primary_key=True)
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id"), primary_key=True)
    live: Mapped[bool]
    turns_at: Mapped[datetime]
    said_at: Mapped[datetime] = mapped_column(default=NO_DAY)
    published_at: Mapped[datetime] = mapped_column(default=NO_DAY)

    __table_args__ = (
        Index("ix_commitment_audience_next", "principal", "live", "turns_at", "commitment_id"),
        *(
            Index(f"ix_commitment_audience_{name}", "principal", "live", column, "commitment_id")
            for name, column in (("said", "said_at"), ("newest", "published_at"))
        ),
        Index("ix_commitment_audience_commitment_id", "commitment_id"),
    )
