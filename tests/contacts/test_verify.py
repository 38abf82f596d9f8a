"""Verified by whom, when and how; stale after 90 days, shown and reminded."""

from collections.abc import Callable
from datetime import timedelta

from models.contacts import ContactPoint
from models.ledger import OutboxEmail
from portal import contacts
from portal.contacts.keeping import STALE_AFTER
from portal.db import reading, writing
from portal.reminders import remind
from tests.cast import NOW, World
from tests.contacts.builders import COLLEAGUE, MEDIATOR, TELCO, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_whoever_keeps_it_says_how_they_know(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    page = f"/contacts/{ref}/verify"
    liaison = visit(TELCO)
    assert liaison.post(page, {}).status == 422
    assert liaison.post(page, {"how": "check"}).status == 422
    assert liaison.post(page, {"how": "call"}).to.endswith(ref)
    with reading(world.sessions) as session:
        contact = session.query(ContactPoint).filter_by(ref=ref).one()
        assert contact.verified_how == "call"
        assert contact.verified_by_id == world.actors[TELCO].person_id
    own, other = (visit(who).get(f"/contacts/{ref}").words for who in (TELCO, MEDIATOR))
    assert "verified" in other
    assert "Verified by" in own
    assert "Verified by" not in other, "who of its people did it is for its organisation"
    assert visit(MEDIATOR).get(page).status == 403


def test_the_page_says_by_when_to_those_who_are_asked(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    own, other = (visit(who).get(f"/contacts/{ref}").words for who in (TELCO, MEDIATOR))
    assert "Verify by 21 Feb 2027" in own, "as its To do, its e-mails and the calendar do"
    assert "Verify by" not in other


def test_it_is_stale_after_90_days_and_its_organisation_reminded_once(world: World) -> None:
    with writing(world.sessions) as session:
        contact = published(session, world, "peace")
        late = NOW + STALE_AFTER
        assert not contacts.read(session, world.actors[MEDIATOR], contact.ref, NOW).stale
        assert contacts.read(session, world.actors[MEDIATOR], contact.ref, late).stale
        assert remind(session, late - timedelta(seconds=1)) == 0
        remind(session, late)
        remind(session, late + timedelta(hours=1))
        sent = session.query(OutboxEmail).filter_by(template="contact-stale").all()
        own = {world.actors[who].person_id for who in (TELCO, COLLEAGUE)}
        assert {row.person_id for row in sent} <= own
        assert len(sent) == len({row.person_id for row in sent}) > 0
        contacts.verify(session, world.actors[TELCO], contact.ref, how="call", now=late)
        remind(session, late + timedelta(days=8))
        assert session.query(OutboxEmail).filter_by(template="contact-stale").count() == len(sent)
