"""Liveness checks: asked by hand or as planned, by one e-mail, never outside hours."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from models.contacts import ContactCheck, ContactPoint
from models.ledger import AuditEvent, OutboxEmail
from portal import contacts
from portal.contacts.planning import RHYTHMS
from portal.db import reading, writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.errors import Invalid
from portal.schedule import keep_all_times
from tests.cast import NOW, World
from tests.contacts.builders import BANK, COLLEAGUE, MEDIATOR, TELCO, published
from tests.jobs.test_delivery import Memory
from tests.mail import whole
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
QUARTER, WINDOW = RHYTHMS["quarter"]
MAIL = MailSettings("http://portal.example", "portal@portal.example")


def test_a_check_by_hand_writes_one_e_mail_to_the_address_of_the_contact(world: World) -> None:
    with writing(world.sessions) as session:
        contact = published(session, world, "peace", label="Zephyrine desk")
        contacts.check(session, world.actors[TELCO], contact.ref, now=NOW)
        with pytest.raises(Invalid, match="exercise"):
            contacts.check(session, world.actors[TELCO], contact.ref, now=NOW)
    transport = Memory()
    for _twice in range(2):
        deliver(world.sessions, transport, MAIL, NOW)
    (message,) = transport.emails
    assert message["To"].endswith("<duty@telco.example>")
    text = whole(message)
    assert "/contacts/answer/" in text
    assert "Zephyrine" not in text.replace(str(message["To"]), ""), "no content above GREEN"
    assert "EXERCISE" not in text


def test_nobody_is_asked_outside_their_hours(world: World) -> None:
    with writing(world.sessions) as session:
        contact = published(session, world, "peace")
        with pytest.raises(Invalid):
            contacts.check(session, world.actors[TELCO], contact.ref, now=NIGHT)
        assert session.query(ContactCheck).count() == 0


def test_it_is_planned_once_a_quarter_within_its_hours_and_asked_once(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
        at = session.query(ContactPoint).filter_by(ref=ref).one().check_at
        assert at is not None
        assert NOW + QUARTER - WINDOW <= at <= NOW + QUARTER + timedelta(days=4)
    assert keep_all_times(world.sessions, at - timedelta(seconds=1)) == 0
    assert keep_all_times(world.sessions, at) == 1
    assert keep_all_times(world.sessions, at) == 0, "a second process finds it done"
    with reading(world.sessions) as session:
        assert session.query(OutboxEmail).filter_by(template="check").count() == 1
        contact = session.query(ContactPoint).filter_by(ref=ref).one()
        assert contact.check_at is not None
        assert contact.check_at > at + QUARTER - WINDOW


def test_jobs_that_come_late_at_night_wait_for_the_morning(world: World) -> None:
    with writing(world.sessions) as session:
        contact = published(session, world, "peace")
        contact.check_at, ref = NIGHT - timedelta(hours=9), contact.ref
    assert keep_all_times(world.sessions, NIGHT) == 0
    with reading(world.sessions) as session:
        at = session.query(ContactPoint).filter_by(ref=ref).one().check_at
        assert at == datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
        assert session.query(ContactCheck).count() == 0


def test_an_exercise_is_marked_everywhere_and_counts_nowhere(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        contact = published(session, world, "peace", round_the_clock=True)
        contacts.check(session, world.actors[TELCO], contact.ref, exercise=True, now=NOW)
        ref, verified = contact.ref, contact.verified_how
    transport = Memory()
    deliver(world.sessions, transport, MAIL, NOW)
    (message,) = transport.emails
    assert "EXERCISE" in message["Subject"]
    assert "EXERCISE" in whole(message)
    with writing(world.sessions) as session:
        contacts.answer(session, world.actors[COLLEAGUE], ref, NOW + timedelta(minutes=5))
        contact = session.query(ContactPoint).filter_by(ref=ref).one()
        assert (contact.answered_at, contact.verified_how) == (None, verified)
    assert "EXERCISE" in visit(TELCO).get(f"/contacts/{ref}").words
    assert "EXERCISE" not in visit(MEDIATOR).get(f"/contacts/{ref}").words


def test_pages_offer_it_to_its_keepers_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", round_the_clock=True).ref
    page = f"/contacts/{ref}/check"
    assert visit(MEDIATOR).get(page).status == 403
    assert visit(BANK).get(page).status == 404
    liaison = visit(TELCO)
    liaison.get(page)
    assert liaison.post(page).to.endswith(ref)
    assert "waiting until" in liaison.get(f"/contacts/{ref}").words
    assert "waiting until" not in visit(MEDIATOR).get(f"/contacts/{ref}").words
    with reading(world.sessions) as session:
        assert session.query(AuditEvent).filter_by(ref=ref, verb="check").count() == 1
