"""More rows of what has no service that makes many: organisations, people, e-mails, sign-ins."""

from typing import Any

from models.base import new_reference
from models.ledger import OutboxEmail
from models.processes import Part, Process, Seat
from models.signins import SignIn
from models.stakeholders import (
    Client,
    GroupMember,
    Membership,
    Organisation,
    Person,
    SharingGroup,
    Standing,
)
from models.vocabulary import Tlp
from portal import coverage
from portal.clock import now
from portal.rules import ResourceType
from tests.alternates import builders as alternates
from tests.cast import NOW, World
from tests.stakeholders.builders import open_offers


def tie(session: Any, world: World, kind: ResourceType[Any], ref: str, norm: str) -> None:
    """One more tie of a resource to a norm."""
    by = world.actors["liaison@telco"]
    coverage.link_norm(session, by, kind, ref, norm=norm, reason="It says so.", now=NOW)


def add_stakeholders(session: Any, world: World, refs: dict[str, str], n: int) -> None:
    """One more organisation, client, member, group, e-mail that is stuck and sign-in."""
    telco = world.organisations["telco"].id
    known = {"created_at": NOW, "state": Standing.ACTIVE}
    home = Organisation(
        ref=new_reference("O", 26), name=f"Wiper hunters {n}", kind="company", country="FI", **known
    )
    person = Person(
        ref=new_reference("P", 26), name=f"Wiper hunter {n}", email=f"{n}@hunters.example", **known
    )
    circle = SharingGroup(
        ref=new_reference("G", 26),
        name=f"Wiper circle {n}",
        organisation_id=world.organisations["peace"].id,
        ceiling=Tlp.AMBER,
        **known,
    )
    session.add_all([home, person, circle])
    session.flush()
    group = session.query(SharingGroup).filter_by(ref=refs["group"]).one()
    process = session.query(Process).filter_by(ref=refs["process"]).one()
    member = {"person_id": person.id, "role": "liaison", "begins_at": NOW}
    session.add_all(
        [
            Client(provider_id=telco, client_id=home.id),
            Client(provider_id=home.id, client_id=telco),
            *open_offers(world, n, home.id, person.id, group),
            Membership(organisation_id=telco, **member),
            GroupMember(group_id=group.id, organisation_id=home.id),
            GroupMember(group_id=group.id, person_id=person.id),
            Seat(process_id=process.id, organisation_id=home.id, part=Part.OBSERVER),
            Seat(process_id=process.id, person_id=person.id, part=Part.PARTY),
            alternates.asked(world, person.id, n),
            stuck(person.id, n),
            earlier(world.actors["liaison@telco"].person_id, n),
        ]
    )


def stuck(person_id: int, n: int) -> OutboxEmail:
    """An e-mail that could not be delivered."""
    return OutboxEmail(
        cause=f"test:{n}",
        person_id=person_id,
        resource_type="people",
        resource_id=person_id,
        template="invite",
        created_at=NOW,
        due_at=NOW,
        next_at=NOW,
        closed_at=NOW,
        outcome="dead",
        reason="no such address",
    )


def earlier(person_id: int, n: int) -> SignIn:
    """One more browser of somebody's."""
    return SignIn(
        key_hash=f"{n:064}",
        person_id=person_id,
        provider="demo",
        issuer="https://id.example",
        subject="x",
        id_token="",
        began_at=now(),
        seen_at=now(),
    )
