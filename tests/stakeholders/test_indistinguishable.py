"""Nothing tells from an invitation whether an address is registered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, OutboxEmail
from models.offers import Offer, OfferState
from models.stakeholders import (
    Appointment,
    GroupMember,
    Invitation,
    Membership,
    Person,
    Standing,
)
from portal.clock import now
from portal.consent import INVITATION_DAYS
from portal.db import reading, writing
from portal.email_composition import composed
from portal.email_keys import hash_key
from portal.emails import write
from tests.cast import World
from tests.mail import html_of, text_of
from tests.pages import Answer, Visitor
from tests.stakeholders.builders import ROOM, Visit, address, invite, make_admin, offer_to, person

# What the targets are: somebody unknown, somebody at home elsewhere, somebody whom the inviter
# cannot see, a suspended one, one who left, one whom another organisation has invited already, a
# colleague who has that very role, and one whose address is typed in another way.
TARGETS = {
    "unknown": "nobody-yet@elsewhere.example",
    "at home elsewhere": "mediator@peace.example",
    "hidden": "observer@un.example",
    "the steward": "steward@portal.example",
    "suspended": "analyst@cert.example",
    "gone": "liaison@bank.example",
    "invited by another": "wanted@elsewhere.example",
    "a colleague": "colleague@telco.example",
    "typed otherwise": "LIAISON@Cloud.EXAMPLE",
}


@pytest.fixture
def admin(world: World, visit: Visit) -> Visitor:
    """Telco's administrator, in a world with one of each target."""
    make_admin(world, "liaison@telco")
    with writing(world.sessions) as session:
        for name, state in (("analyst@cert", "suspended"), ("liaison@bank", "left")):
            key = world.actors[name].person_id
            session.execute(update(Person).where(Person.id == key).values(state=state))
        invite(session, world, "wanted@elsewhere.example", home="peace")
    return visit("liaison@telco")


@dataclass(frozen=True)
class Seen:
    """What comes back for one target, with what was typed and random references taken out."""

    email: str
    world: World

    def plain(self, answer: Answer) -> tuple[int, str]:
        words = re.sub(re.escape(self.email), "ADDRESS", answer.text, flags=re.IGNORECASE)
        for pattern in (
            r'(name="(?:csrf_token|form_key)"[^>]* value=")[^"]+',
            r"()\bV-\d\d-\w{6}",
            r"()\d\d? \w{3} \d{4}, \d\d:\d\d",
            r'()(?<=datetime=")[^"]+',
        ):
            words = re.sub(pattern, r"\1#", words)
        return answer.status, words

    def said(self, admin: Visitor) -> Iterator[object]:
        """Every answer, page, e-mail and line of the trail that the inviting side gets."""
        world, home = self.world, address(self.world, "telco")
        typed = {"name": "Wanted person", "email": self.email, "role": "liaison"}
        first = admin.post(f"{home}/invite", typed)
        yield first.status, first.to
        yield self.plain(admin.follow(first))
        again = admin.post(f"{home}/invite", typed)
        yield self.plain(again), again.errors()
        with reading(world.sessions) as session:
            mine = select(Offer).where(Offer.organisation_id == world.organisations["telco"].id)
            ref = session.scalars(mine.order_by(Offer.id.desc()).limit(1)).one().ref
        for path in (
            *(home, "/", "/offers/", f"/offers/{ref}", "/stakeholders/", f"{home}/read-ties"),
            *("/search?q=Wanted", f"/search?q={ref}", "/notices/new", "/stakeholders/groups/new"),
        ):
            page = self.plain(admin.get(path))
            assert page[0] in (200, 403), path
            yield path.replace(ref, "#"), page
        looked = admin.get(f"/search?q={self.email}")
        yield looked.status, "Wanted person" in looked.words
        for act in ("invite-again", "accept", "decline", "revoke-invitation", "invite-again"):
            answer = admin.post(f"/offers/{ref}/{act}")
            yield act, answer.status, answer.to.replace(ref, "#")
        yield self.plain(admin.get(f"/offers/{ref}"))
        with reading(world.sessions) as session:
            events = session.scalars(
                select(AuditEvent)
                .where(AuditEvent.person_id == world.actors["liaison@telco"].person_id)
                .order_by(AuditEvent.id)
            )
            yield [(one.verb, one.resource_type, one.detail) for one in events]
            mine = select(OutboxEmail).where(
                OutboxEmail.person_id == world.actors["liaison@telco"].person_id
            )
            yield [(row.resource_type, row.template) for row in session.scalars(mine)]


def test_who_is_here_cannot_be_told_from_an_invitation(
    admin: Visitor, world: World, app: Flask
) -> None:
    found: dict[str, Any] = {}
    with writing(world.sessions) as session:
        before = session.scalar(select(AuditEvent.id).order_by(AuditEvent.id.desc()).limit(1)) or 0
    for name, email in TARGETS.items():
        found[name] = list(Seen(email, world).said(admin))
        with writing(world.sessions) as session:
            session.execute(update(Offer).values(state=OfferState.WITHDRAWN, name="Before"))
            events = list(found[name][-2])
        found[name][-2] = events[-FEW:]
    assert before
    for name, what in found.items():
        assert what == found["unknown"], name


# The acts of one round: those before it are those of the other targets.
FEW = 5


def test_the_e_mails_differ_in_nothing_but_the_name(world: World) -> None:
    make_admin(world, "liaison@telco")
    said, at = set(), now()
    for target in (TARGETS["unknown"], TARGETS["at home elsewhere"], TARGETS["hidden"]):
        with writing(world.sessions) as session:
            key = invite(session, world, target, at=at)
        with reading(world.sessions) as session:
            row = session.scalars(select(OutboxEmail).where(OutboxEmail.secret == key)).one()
            email = composed(session, ROOM, row, now())
            assert email is not None
            ref = offer_to(session, target).ref
        message = write(email, ROOM)
        words = text_of(message) + html_of(message)
        said.add(words.replace(key, "KEY").replace(ref, "REF"))
    assert len(said) == 1
    by = at + timedelta(days=INVITATION_DAYS)
    assert f"Response due: {by:%-d %b %Y, %H:%M} UTC\n" in said.pop()


def test_nobody_who_is_suspended_gets_an_e_mail(admin: Visitor, world: World) -> None:
    for email in (TARGETS["suspended"], TARGETS["gone"]):
        with writing(world.sessions) as session:
            key = invite(session, world, email)
            row = session.scalars(select(OutboxEmail).where(OutboxEmail.secret == key)).one()
            assert composed(session, ROOM, row, now()) is None


def test_two_who_invite_one_address_make_one_person_and_two_offers(world: World) -> None:
    email = "wanted@elsewhere.example"
    with writing(world.sessions) as session:
        keys = [invite(session, world, email, home=home) for home in ("telco", "cloud")]
        assert len(session.scalars(select(Person).where(Person.email == email)).all()) == 1
        rows = session.scalars(select(Invitation.key_hash).where(Invitation.revoked_at.is_(None)))
        assert {hash_key(key) for key in keys} <= set(rows), "one link does not end the other"


def test_invited_people_are_nobody_yet(world: World) -> None:
    with writing(world.sessions) as session:
        invite(session, world, "new@elsewhere.example")
        new = person_in(session, "new@elsewhere.example")
        assert new.state == Standing.INVITED
        for table in (Membership, Appointment, GroupMember):
            assert session.scalars(select(table).where(table.person_id == new.id)).all() == []
        acts = select(AuditEvent).where(
            AuditEvent.resource_type == "people", AuditEvent.resource_id == new.id
        )
        assert session.scalars(acts).all() == [], "the trail tells no more than the pages"
    assert person(world, "new@elsewhere.example").state == Standing.INVITED


def person_in(session: Session, email: str) -> Person:
    return session.scalars(select(Person).where(Person.email == email)).one()
