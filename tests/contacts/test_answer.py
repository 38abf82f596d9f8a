"""A check is answered by one button: the link works once, in time, and a GET changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.contacts import ContactCheck, ContactPoint
from models.ledger import OutboxEmail
from portal import contacts
from portal.contacts.checking import ANSWER_WITHIN
from portal.db import reading, writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.contacts.builders import BANK, MEDIATOR, TELCO, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def asked(session: Session, world: World, **values: object) -> tuple[str, str]:
    """A contact point that is asked now: its reference, and the key of its e-mail."""
    to = MEDIATOR if values.get("tlp") == "RED" else "peace"
    contact = published(session, world, to, round_the_clock=True, **values)
    contacts.check(session, world.actors[TELCO], contact.ref, now=NOW)
    row = session.query(OutboxEmail).filter_by(resource_id=contact.id, template="check").one()
    return contact.ref, str(row.secret)


def test_the_key_answers_once_and_confirms_the_contact(world: World) -> None:
    at = NOW + timedelta(minutes=7)
    with writing(world.sessions) as session:
        ref, key = asked(session, world)
        contacts.answer_by_key(session, key, at)
        contact = session.query(ContactPoint).filter_by(ref=ref).one()
        assert (contact.answered_at, contact.verified_how) == (at, "check")
        with pytest.raises(NotFound):
            contacts.answer_by_key(session, key, at)
        reading = contacts.read(session, world.actors[TELCO], ref, at)
        assert [row.minutes for row in reading.checks] == [7]
        assert contacts.read(session, world.actors[MEDIATOR], ref, at).checks == ()


def test_the_key_expires_and_red_takes_a_sign_in(world: World) -> None:
    with writing(world.sessions) as session:
        _ref, key = asked(session, world)
        with pytest.raises(NotFound):
            contacts.answer_by_key(session, key, NOW + ANSWER_WITHIN)
        _red, other = asked(session, world, tlp="RED", label="Red")
        for wrong in (other, "", "x" * 43):
            with pytest.raises(NotFound):
                contacts.asked_with(session, wrong, NOW)


def test_opening_the_page_changes_nothing_and_its_button_answers(
    app: Flask, world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref, key = asked(session, world, label="Zephyrine desk")
        row = session.query(ContactCheck).one()
        row.answer_by_at = row.answer_by_at + timedelta(days=365)
    nobody = visit("nobody")
    for _twice in range(2):
        page = nobody.get(f"/contacts/answer/{key}")
        assert ref in page.words
        assert "Zephyrine" not in page.words, "no content without a sign-in"
    with reading(world.sessions) as session:
        assert session.query(ContactCheck).one().answered_at is None
    assert nobody.post(f"/contacts/answer/{key}").status == 200
    assert nobody.get(f"/contacts/answer/{key}").status == 404
    assert nobody.get("/contacts/answer/other").status == 404
    with reading(world.sessions) as session:
        assert session.query(ContactCheck).one().answered_at is not None


def test_whoever_keeps_it_answers_signed_in(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, _key = asked(session, world, tlp="RED")
        row = session.query(ContactCheck).one()
        row.answer_by_at = row.answer_by_at + timedelta(days=365)
    liaison = visit(TELCO)
    assert "Answer the check" in liaison.get(f"/contacts/{ref}").words
    assert liaison.post(f"/contacts/{ref}/answer").to.endswith(ref)
    assert "Last answered on" in liaison.get(f"/contacts/{ref}").words
    assert visit(BANK).post(f"/contacts/{ref}/answer").status == 404
