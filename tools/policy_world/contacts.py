"""The scene of contact points."""

from typing import Any

from models.audience import Recipient
from models.contacts import ContactPoint, ContactState, Purpose
from models.stakeholders import Client, Organisation, Role
from models.vocabulary import Tlp
from tools.policy_world.maker import BEGAN, Maker, Scene


def contacts_scene(make: Maker) -> Scene:
    """Contact points in every state and marking, one of an organisation that reviews them."""
    home, listed, far, buyer = (make.organisation() for _ in range(4))
    make.put(Client(provider_id=listed, client_id=buyer))
    people = {
        "author": make.person(home),
        "holder": make.person(home, Role.OBSERVER),
        "liaison of its organisation": make.person(home),
        "administrator of its organisation": make.person(home, Role.ADMIN),
        "observer of its organisation": make.person(home, Role.OBSERVER),
        "liaison who left its organisation": make.person(home, ended=True),
        "named": make.person(far),
        "in a listed organisation": make.person(listed, Role.OBSERVER),
        "in a listed organisation, excepted": make.person(listed),
        "client of a listed organisation": make.person(buyer),
    }
    lines: list[dict[str, Any]] = [
        {"organisation_id": listed},
        {"person_id": people["named"]},
        {"person_id": people["in a listed organisation, excepted"], "excepted": True},
    ]
    resources = {}
    for state in ContactState:
        for tlp in Tlp:
            resources[str(state), f"{tlp}"] = _contact(make, home, people, lines, state, tlp)
    strict = make.organisation()
    make.session.get_one(Organisation, strict).reviews_contacts = True
    own = {
        "author": make.person(strict),
        "administrator": make.person(strict, Role.ADMIN),
    }
    people |= {f"{name}, reviewed": key for name, key in own.items()}
    for state in (ContactState.DRAFT, ContactState.CURRENT):
        key = _contact(make, strict, own, [], state, Tlp.AMBER)
        resources[f"{state}, reviewed", f"{Tlp.AMBER}"] = key
    return Scene(resources, people | make.platform_people())


def _contact(
    make: Maker,
    home: int,
    people: dict[str, int],
    lines: list[dict[str, Any]],
    state: ContactState,
    tlp: Tlp,
) -> int:
    n = next(make.numbers)
    contact = make.put(
        ContactPoint(
            ref=f"K-{n}",
            organisation_id=home,
            author_id=people["author"],
            person_id=people.get("holder"),
            state=state,
            tlp=tlp,
            purpose=Purpose.DUTY,
            label=f"K{n}",
            email="duty@home.example",
            zone="UTC",
            created_at=BEGAN,
            changed_at=BEGAN,
            published_at=None if state == ContactState.DRAFT else BEGAN,
        )
    )
    for line in lines:
        make.put(Recipient(contact_id=contact.id, **line))
    return int(contact.id)
