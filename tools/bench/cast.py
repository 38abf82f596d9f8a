"""The people of the bench: twelve organisations, their clients, groups, processes and sign-ins."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.base import new_reference
from models.processes import Phase, Process, Seat
from models.signins import SignIn
from models.stakeholders import (
    Appointment,
    Client,
    GroupMember,
    Membership,
    Organisation,
    OrganisationKind,
    Person,
    PlatformRole,
    Role,
    SharingGroup,
    Standing,
)
from models.vocabulary import Tlp
from portal.presence import key_hash

KINDS = [OrganisationKind.COMPANY] * 7 + [
    OrganisationKind.MEDIATION,
    OrganisationKind.MEDIATION,
    OrganisationKind.RESPONSE,
    OrganisationKind.INTERNATIONAL,
    OrganisationKind.CIVIL,
]
COUNTRIES = ("FI", "IE", "SG", "US", "DE", "BR", "JP", "CH", "NO", "KE", "FR", "IN")
ROLES = {
    OrganisationKind.MEDIATION: (Role.MEDIATOR, Role.COORDINATOR, Role.MEDIATOR),
    OrganisationKind.INTERNATIONAL: (Role.OBSERVER, Role.OBSERVER, Role.LIAISON),
}
CLIENTS = ((1, 3), (1, 5), (2, 3), (2, 6), (4, 7), (5, 2))
GROUPS = ((8, (1, 2, 3, 8, 9, 10)), (9, (4, 5, 6, 9)), (10, (1, 2, 4, 10, 11)))
PROCESSES = ((8, (1, 3, 6)), (9, (2, 3, 10)), (8, (4, 5)))
NEWCOMER = 12
SOMEBODY, STRANGER = "somebody", "stranger"
LAST_VISIT = timedelta(days=3)


@dataclass(frozen=True)
class Cast:
    """Keys of people by organisation, and of the organisations of each group and process."""

    members: dict[int, list[int]]
    groups: dict[int, tuple[int, ...]]
    processes: dict[int, tuple[int, ...]]
    clients: tuple[tuple[int, int], ...] = CLIENTS


def plant(session: Session, now: datetime) -> Cast:
    """Put the people into an empty database; keys of organisations count from 1."""
    began = now - timedelta(days=1200)
    members: dict[int, list[int]] = {}
    for key, (kind, country) in enumerate(zip(KINDS, COUNTRIES, strict=True), 1):
        session.add(
            Organisation(
                id=key,
                ref=new_reference("O", now.year),
                name=f"Organisation {key}",
                kind=kind,
                country=country,
                state=Standing.ACTIVE,
                created_at=began,
            )
        )
        session.flush()
        roles = ROLES.get(kind, (Role.LIAISON, Role.LIAISON, Role.ADMIN))
        members[key] = [_person(session, key, role, began) for role in roles]
    for role in (PlatformRole.STEWARD, PlatformRole.AUDITOR, PlatformRole.CUSTODIAN):
        who = _person(session, None, role, began)
        session.add(Appointment(person_id=who, role=role, begins_at=began))
    session.add_all(Client(provider_id=one, client_id=other) for one, other in CLIENTS)
    groups = {key: _group(session, key, *group, began) for key, group in enumerate(GROUPS, 1)}
    tables = {key: _process(session, key, *it, began) for key, it in enumerate(PROCESSES, 1)}
    _sign_in(session, SOMEBODY, members[3][0], now)
    _sign_in(session, STRANGER, members[NEWCOMER][0], now)
    session.flush()
    return Cast(members, groups, tables)


def _person(session: Session, organisation: int | None, role: str, began: datetime) -> int:
    ref = new_reference("P", began.year)
    person = Person(
        ref=ref,
        name=f"{role.capitalize()} {ref}",
        email=f"{ref.lower()}@people.example",
        state=Standing.ACTIVE,
        created_at=began,
        toured_at=began,
    )
    session.add(person)
    session.flush()
    if organisation is not None:
        session.add(
            Membership(
                person_id=person.id, organisation_id=organisation, role=role, begins_at=began
            )
        )
    return person.id


def _group(
    session: Session, key: int, owner: int, on_list: tuple[int, ...], began: datetime
) -> tuple[int, ...]:
    session.add(
        SharingGroup(
            id=key,
            ref=new_reference("G", began.year),
            name=f"Circle {key}",
            organisation_id=owner,
            ceiling=Tlp.AMBER_STRICT,
            created_at=began,
            state=Standing.ACTIVE,
        )
    )
    session.flush()
    session.add_all(GroupMember(group_id=key, organisation_id=one) for one in on_list)
    return on_list


def _process(
    session: Session, key: int, owner: int, seated: tuple[int, ...], began: datetime
) -> tuple[int, ...]:
    session.add(
        Process(
            id=key,
            ref=new_reference("S", began.year),
            organisation_id=owner,
            cover_name=f"Table {key}",
            state=Phase.TALKS,
            created_at=began,
            changed_at=began,
        )
    )
    session.flush()
    session.add_all(Seat(process_id=key, organisation_id=one) for one in seated)
    return seated


def _sign_in(session: Session, key: str, person_id: int, now: datetime) -> None:
    # Two each: an earlier visit, and the one that the bench goes on with.
    for name, at in ((f"{key} before", now - LAST_VISIT), (key, now)):
        session.add(
            SignIn(
                key_hash=key_hash(name),
                person_id=person_id,
                provider="bench",
                issuer="https://id.example",
                subject=key,
                id_token="",
                began_at=at,
                seen_at=at,
                ended_at=at if at < now else None,
            )
        )


def come_back(session: Session, now: datetime) -> None:
    """Make the sign-ins of a kept database fresh again."""
    for key in (SOMEBODY, STRANGER):
        row = session.query(SignIn).filter_by(key_hash=key_hash(key)).one()
        row.began_at = row.seen_at = now
