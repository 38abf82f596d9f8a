"""Who there is: organisations, people, what they are to each other, and sharing groups."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column, validates

from models.base import Base, Resource, only
from models.names import address, folded, folded_address, look, spelled


def _made_of(column: str, rule: Callable[[str], str]) -> Callable[[DefaultExecutionContext], str]:
    """A column that follows from another one, for rows that are inserted without the model."""
    return lambda context: rule(context.get_current_parameters()[column])  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy


class Standing(StrEnum):
    """The life of an organisation or a person in the portal."""

    INVITED = "invited"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    LEFT = "left"


# When what asks nothing of a person comes as one e-mail.
OFF, DAILY, WEEKDAYS = DIGESTS = ("off", "daily", "weekdays")


class OrganisationKind(StrEnum):
    """What sort of body an organisation is."""

    COMPANY = "company"
    MEDIATION = "mediation-body"
    RESPONSE = "response-team"
    INTERNATIONAL = "international-organisation"
    CIVIL = "civil-society"
    STATE = "state-body"
    PARTY = "conflict-party"


class Role(StrEnum):
    """What a person does for an organisation; `admin` looks after its people."""

    LIAISON = "liaison"
    MEDIATOR = "mediator"
    COORDINATOR = "coordinator"
    OBSERVER = "observer"
    ADMIN = "admin"


class PlatformRole(StrEnum):
    """What a person does for the portal; `system` is the scheduled jobs."""

    STEWARD = "steward"
    CUSTODIAN = "custodian"
    AUDITOR = "auditor"
    SYSTEM = "system"


class Organisation(Resource):
    """A body in the portal: a company, mediation body, response team, State body and so on.

    With `reviews_contacts` an administrator publishes what others write of its contact points.
    """

    __tablename__ = "organisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    name_key: Mapped[str] = mapped_column(
        Text, index=True, unique=True, default=_made_of("name", folded)
    )
    name_look: Mapped[str] = mapped_column(Text, index=True, default=_made_of("name", look))
    kind: Mapped[str] = mapped_column(String(32))
    country: Mapped[str] = mapped_column(String(2))
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    sectors: Mapped[list[str]] = mapped_column(JSON, default=list)
    reviews_contacts: Mapped[bool] = mapped_column(default=False, server_default=false())
    state: Mapped[str] = mapped_column(String(16), default=Standing.INVITED)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @validates("name")
    def _spell(self, _field: str, name: str) -> str:
        self.name_key, self.name_look = folded(name), look(name)
        return spelled(name)


class Client(Base):
    """`client` buys services of `provider`: what makes AMBER wider than AMBER+STRICT."""

    __tablename__ = "clients"

    provider_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    client_id: Mapped[int] = mapped_column(
        ForeignKey("organisations.id"), primary_key=True, index=True
    )

    __table_args__ = (CheckConstraint("provider_id <> client_id", name="not_itself"),)


class Person(Resource):
    """Somebody who may sign in; shown by role, reached by mail.

    `toured_at` is when they closed the tour of their first visit; `digest` whether what asks
    nothing of them comes as one e-mail a day, from `digest_hour` in their zone on.
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    email_key: Mapped[str] = mapped_column(
        Text, index=True, unique=True, default=_made_of("email", folded_address)
    )
    zone: Mapped[str] = mapped_column(String(64), default="UTC")
    language: Mapped[str] = mapped_column(String(16), default="en")
    state: Mapped[str] = mapped_column(String(16), default=Standing.INVITED)
    created_at: Mapped[datetime]
    toured_at: Mapped[datetime | None]
    digest: Mapped[str] = mapped_column(String(16), default=OFF, server_default=OFF)
    digest_hour: Mapped[int] = mapped_column(default=7, server_default="7")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

    @validates("name")
    def _spell(self, _field: str, name: str) -> str:
        return spelled(name)

    @validates("email")
    def _spell_address(self, _field: str, email: str) -> str:
        self.email_key = folded_address(email)
        return address(email)


class Membership(Base):
    """A person's role in an organisation, from one moment until another (or open-ended)."""

    __tablename__ = "memberships"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[str] = mapped_column(String(16))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id", "person_id"),)


class Appointment(Base):
    """A platform role of a person, from one moment until another (or open-ended)."""

    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    role: Mapped[str] = mapped_column(String(16))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]


class Identity(Base):
    """Who a person is to an OpenID provider: issuer and subject, never the mail address."""

    __tablename__ = "identities"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    bound_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("issuer", "subject"),)


class Invitation(Base):
    """A one-time key (kept as SHA-256) by which the e-mail of an offer leads to it.

    It binds the identity that accepts with it to a person who is new here; for somebody who is
    here already it opens nothing but the way to the offer.
    """

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offers.id"), index=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SharingGroup(Resource):
    """A standing list of organisations and people that a notice can be addressed to."""

    __tablename__ = "sharing_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(Text, default=_made_of("name", folded))
    name_look: Mapped[str] = mapped_column(Text, default=_made_of("name", look))
    purpose: Mapped[str] = mapped_column(String(500), default="")
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    ceiling: Mapped[str] = mapped_column(String(16))
    open_list: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(16), default=Standing.ACTIVE)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        Index(
            "uq_sharing_groups_active_name",
            "organisation_id",
            "name_key",
            unique=True,
            **only("state = 'active'"),
        ),
    )

    @validates("name")
    def _spell(self, _field: str, name: str) -> str:
        self.name_key, self.name_look = folded(name), look(name)
        return spelled(name)


class GroupMember(Base):
    """An organisation or a person on a sharing group's list: exactly one of the two."""

    __tablename__ = "group_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("sharing_groups.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)

    __table_args__ = (
        UniqueConstraint("group_id", "organisation_id"),
        UniqueConstraint("group_id", "person_id"),
        CheckConstraint("(organisation_id IS NULL) <> (person_id IS NULL)", name="one_of_two"),
    )
