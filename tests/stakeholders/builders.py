"""Offers for tests: made by the steward through the service, or laid as rows."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.offers import Offer, Tie
from models.stakeholders import Membership, Person, Role, SharingGroup
from portal import stakeholders
from portal.clock import now
from portal.db import reading, writing
from portal.emails import MailSettings
from tests.cast import BEGINNING, NOW, World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
ROOM = MailSettings("http://localhost", "portal@portal.example")


def make_admin(world: World, name: str) -> None:
    with writing(world.sessions) as session:
        session.add(
            Membership(
                person_id=world.actors[name].person_id,
                organisation_id=world.organisations[name.partition("@")[2]].id,
                role=Role.ADMIN,
                begins_at=BEGINNING,
            )
        )


def declared(world: World, home: str, framework: str) -> None:
    """An organisation declares that it supports a pledge."""
    with writing(world.sessions) as session:
        stakeholders.declare_support(
            session,
            world.actors[f"liaison@{home}"],
            world.organisations[home].ref,
            framework=framework,
            since="2018-11-12",
            evidence=f"https://{home}.example/pledges",
            now=NOW,
        )


def person(world: World, email: str) -> Person:
    with reading(world.sessions) as session:
        return session.scalars(select(Person).where(Person.email == email)).one()


def address(world: World, name: str) -> str:
    return f"/stakeholders/{world.organisations[name].ref}"


def entry(world: World, name: str) -> str:
    return f"/stakeholders/people/{person(world, f'{name}.example').ref}"


def invite(
    session: Session,
    world: World,
    email: str,
    *,
    home: str = "telco",
    role: Role = Role.LIAISON,
    at: datetime | None = None,
) -> str:
    steward, ref = world.actors["steward@portal"], world.organisations[home].ref
    return stakeholders.invite(
        session, steward, ref, name="Somebody", email=email, role=role, now=at or now()
    )


def offer_to(session: Session, email: str) -> Offer:
    return session.scalars(
        select(Offer).where(Offer.email == email).order_by(Offer.id.desc()).limit(1)
    ).one()


def open_offers(
    world: World, n: int, home: int, person: int, group: SharingGroup
) -> Iterator[Offer]:
    """An offer of each sort that nobody has answered, as rows: from Telco, and into a group."""
    telco = world.organisations["telco"].id
    mediator = world.actors["mediator@peace"].person_id
    for tie, values in (
        (Tie.MEMBER, {"organisation_id": telco, "role": "liaison", "person_id": person}),
        (Tie.CLIENT, {"organisation_id": telco, "to_organisation_id": home}),
        (
            Tie.GROUP,
            {
                "organisation_id": group.organisation_id,
                "group_id": group.id,
                "person_id": mediator,
            },
        ),
    ):
        yield Offer(
            ref=new_reference("V", 26),
            tie=tie,
            same_as=f"{tie} {n}",
            created_at=NOW,
            expires_at=now() + timedelta(days=9),
            **values,
        )
