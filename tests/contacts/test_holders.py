"""A position outlives people: since when somebody holds it, who did before, and what passes on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.contacts import ContactCheck, ContactHolder, ContactPoint
from models.ledger import OutboxEmail
from models.stakeholders import Person, Standing
from portal import contacts
from portal.contacts.checking import due_checks, keep_checks
from portal.contacts.text import text_of
from portal.db import reading, writing
from portal.delivery import deliver
from portal.errors import NotFound
from portal.overview import first_page
from portal.recipients import list_of
from portal.rules import ANSWER
from tests.alternates.builders import in_force, leaves
from tests.alternates.test_duties import SETTINGS
from tests.cast import NOW, World
from tests.contacts.builders import COLLEAGUE, MEDIATOR, TELCO, published
from tests.jobs.test_delivery import Memory
from tests.mail import whole
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = datetime.fromisoformat("2026-11-24T01:00+00:00")  # three o'clock in Helsinki
MORNING = datetime.fromisoformat("2026-11-24T06:00+00:00")


def held(world: World, who: str = TELCO, **values: Any) -> str:
    with writing(world.sessions) as session:
        said = {"person_id": world.actors[who].person_id} | values
        return published(session, world, "peace", **said).ref


def of(session: Session, ref: str) -> ContactPoint:
    return session.scalars(select(ContactPoint).where(ContactPoint.ref == ref)).one()


def give_to(
    world: World, ref: str, who: str | None, at: datetime = NOW + HOUR, by: str = TELCO
) -> None:
    """Somebody else holds the position from then on; None: nobody by name."""
    with writing(world.sessions) as session:
        contact = of(session, ref)
        text = replace(text_of(contact), person_id=world.actors[who].person_id if who else None)
        to = list_of(session, contact)
        version = contact.version
        contacts.edit(session, world.actors[by], ref, text=text, to=to, version=version, now=at)


def history(world: World, ref: str) -> list[tuple[str, datetime | None, datetime | None]]:
    names = {actor.person_id: name for name, actor in world.actors.items()}
    with reading(world.sessions) as session:
        rows = session.scalars(
            select(ContactHolder)
            .where(ContactHolder.contact_id == of(session, ref).id)
            .order_by(ContactHolder.id)
        )
        return [(names[row.person_id], row.since_at, row.until_at) for row in rows]


def ask(world: World, ref: str, at: datetime = NOW) -> None:
    with writing(world.sessions) as session:
        contacts.check(session, world.actors[TELCO], ref, now=at)


def asked(world: World, at: datetime) -> list[str]:
    """Keep the checks that are due, send what is written, and say to whom it went."""
    with writing(world.sessions) as session:
        for ref in due_checks(session, at):
            keep_checks(session, ref, at)
    deliver(world.sessions, Memory(), SETTINGS, at)
    with reading(world.sessions) as session:
        sent = OutboxEmail.sent_at == at, OutboxEmail.template == "check"
        rows = select(Person.name).join(OutboxEmail, OutboxEmail.person_id == Person.id)
        return list(session.scalars(rows.where(*sent)))


def test_each_holder_has_a_line_from_when_until_when(world: World) -> None:
    ref = held(world)
    give_to(world, ref, COLLEAGUE)
    give_to(world, ref, COLLEAGUE, NOW + 2 * HOUR)  # saved without a change
    give_to(world, ref, None, NOW + 3 * HOUR)
    assert history(world, ref) == [
        (TELCO, NOW, NOW + HOUR),
        (COLLEAGUE, NOW + HOUR, NOW + 3 * HOUR),
    ]


def test_its_organisation_sees_who_held_it_and_others_who_does(world: World, visit: Visit) -> None:
    ref = held(world)
    give_to(world, ref, COLLEAGUE)
    own = visit(TELCO).get(f"/contacts/{ref}").words
    assert "Telco colleague , since" in own
    assert "Earlier holders Telco liaison" in own
    other = visit(MEDIATOR).get(f"/contacts/{ref}").words
    assert "Telco colleague , since" in other
    assert "Telco liaison" not in other


def test_what_waits_for_an_answer_is_asked_of_the_holder_of_now(world: World) -> None:
    ref = held(world)
    ask(world, ref)
    assert asked(world, NOW) == ["Telco liaison"]
    with reading(world.sessions) as session:
        key = session.scalars(select(OutboxEmail.id).where(OutboxEmail.template == "check")).one()
        old = session.scalars(select(ContactCheck.key_hash)).one()
    give_to(world, ref, COLLEAGUE)
    assert asked(world, NOW + HOUR) == ["Telco colleague"]
    with reading(world.sessions) as session:
        check = session.scalars(select(ContactCheck)).one()
        assert check.key_hash != old, "the link of the former e-mail opens nothing"
        assert session.get_one(OutboxEmail, key).sent_at is not None
    with writing(world.sessions) as session:
        contacts.answer(session, world.actors[COLLEAGUE], ref, NOW + HOUR)


def test_an_e_mail_that_waited_for_the_former_holder_never_goes(world: World) -> None:
    ref = held(world)
    ask(world, ref)
    give_to(world, ref, COLLEAGUE)
    assert asked(world, NOW + HOUR) == ["Telco colleague"]


def test_nobody_is_asked_at_night_because_the_holder_changed(world: World) -> None:
    ref = held(world)
    ask(world, ref)
    give_to(world, ref, COLLEAGUE, NIGHT)
    assert "Telco colleague" not in asked(world, NIGHT)
    assert asked(world, MORNING) == ["Telco colleague"]


def test_a_key_of_the_former_holder_opens_nothing(world: World) -> None:
    ref = held(world)
    ask(world, ref)
    with reading(world.sessions) as session:
        key = str(
            session.scalars(select(OutboxEmail.secret).where(OutboxEmail.template == "check")).one()
        )
    give_to(world, ref, COLLEAGUE)
    with writing(world.sessions) as session, pytest.raises(NotFound):
        contacts.answer_by_key(session, key, NOW + HOUR)


def left(world: World) -> None:
    leaves(world, COLLEAGUE)


def suspended(world: World) -> None:
    with writing(world.sessions) as session:
        person = session.get_one(Person, world.actors[COLLEAGUE].person_id)
        person.state = Standing.SUSPENDED


@pytest.mark.parametrize("gone", [left, suspended])
def test_once_the_holder_is_gone_the_position_is_asked_itself(
    world: World, visit: Visit, gone: Callable[[World], None]
) -> None:
    ref = held(world, COLLEAGUE)
    gone(world)
    ask(world, ref)
    with reading(world.sessions) as session:
        address = of(session, ref).email
    post = Memory()
    deliver(world.sessions, post, SETTINGS, NOW)
    to = [mail["To"].addresses[0] for mail in post.emails if "K-" in mail["Subject"]]
    assert [one.addr_spec for one in to] == [address]
    assert "Nobody: whoever held it" in visit(TELCO).get(f"/contacts/{ref}").words
    for page in (f"/contacts/{ref}", "/contacts/now?purpose=duty", "/contacts/"):
        assert "Telco colleague" not in visit(MEDIATOR).get(page).words, page


def named_by_mail(world: World, at: datetime) -> list[tuple[str, str]]:
    """Send what is written; to whom e-mails about a new position went, with their words."""
    post = Memory()
    deliver(world.sessions, post, SETTINGS, at)
    said = ((mail["To"].addresses[0].addr_spec, whole(mail)) for mail in post.emails)
    return [(to, text) for to, text in said if "now hold the position" in text]


def test_whoever_becomes_holder_hears_of_it_and_nobody_else(world: World) -> None:
    ref = held(world, MEDIATOR, by=MEDIATOR, label="Zephyrine desk")
    assert named_by_mail(world, NOW) == [], "of a draft that is published there is another e-mail"
    coordinator = "coordinator@peace"
    give_to(world, ref, coordinator, by=MEDIATOR)
    ((to, text),) = named_by_mail(world, NOW + HOUR)
    assert to == coordinator + ".example"
    assert ref in text
    assert "Zephyrine" not in text, "no content above GREEN"
    give_to(world, ref, coordinator, NOW + 2 * HOUR, by=MEDIATOR)  # saved without a change
    assert named_by_mail(world, NOW + 2 * HOUR) == []
    give_to(world, ref, MEDIATOR, NOW + 3 * HOUR, by=MEDIATOR)
    assert named_by_mail(world, NOW + 3 * HOUR) == [], "whoever did it knows"


def test_who_was_named_and_replaced_before_the_e_mail_went_gets_none(world: World) -> None:
    ref = held(world)
    give_to(world, ref, COLLEAGUE)
    give_to(world, ref, None, NOW + 2 * HOUR)
    assert named_by_mail(world, NOW + 2 * HOUR) == []


def to_answer(world: World, who: str, at: datetime = NOW) -> list[tuple[str, str]]:
    """The checks that wait on the overview: for whom they are answered, the mark."""
    with reading(world.sessions) as session:
        page = first_page(session, world.actors[who], at)
        return [(row.whom, row.detail) for row in page.waiting if row.verb == ANSWER]


def test_a_check_waits_in_the_to_do_of_the_holder_until_it_is_answered(world: World) -> None:
    ref = held(world, COLLEAGUE)
    ask(world, ref)
    assert [to_answer(world, one) for one in (COLLEAGUE, TELCO, MEDIATOR)] == [[("", "")], [], []]
    assert to_answer(world, COLLEAGUE, NOW + 2 * DAY) == [], "the deputy is asked by then"
    with writing(world.sessions) as session:
        contacts.answer(session, world.actors[COLLEAGUE], ref, NOW)
    assert to_answer(world, COLLEAGUE) == []


def test_a_check_of_a_bare_position_waits_for_whoever_keeps_it(world: World) -> None:
    ref = held(world, person_id=None)
    ask(world, ref)
    assert [to_answer(world, one) for one in (COLLEAGUE, TELCO, MEDIATOR)] == [
        [("", "")], [("", "")], [],
    ]  # fmt: skip


def test_an_exercise_is_marked_in_the_to_do(world: World, visit: Visit) -> None:
    ref = held(world, COLLEAGUE)
    with writing(world.sessions) as session:
        contacts.check(session, world.actors[TELCO], ref, exercise=True, now=NOW)
        session.execute(update(ContactCheck).values(answer_by_at=NOW + 365 * DAY))
    assert to_answer(world, COLLEAGUE) == [("", "EXERCISE")]
    page = visit(COLLEAGUE).get("/")
    assert "EXERCISE" in page.words
    assert "Answer the check" in page.words


def test_while_the_holder_is_away_it_waits_for_the_alternate(world: World) -> None:
    ref = held(world)
    ask(world, ref)
    assert to_answer(world, TELCO) == [("", "")]
    in_force(world)
    assert to_answer(world, TELCO) == []
    assert to_answer(world, COLLEAGUE) == [("Telco liaison", "")]
