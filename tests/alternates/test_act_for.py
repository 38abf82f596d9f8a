"""Acting for somebody: what an alternate may do for whom, said everywhere, and ended at once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import AuditEvent
from models.notices import Receipt
from models.stakeholders import Person
from models.vocabulary import Tlp
from portal import alternates, notices
from portal.db import writing
from portal.errors import NotFound, Refused, TooLate
from portal.ledger import first_fault
from portal.on_behalf import acting_for, may_be_notified, stand_in
from portal.rules import ACKNOWLEDGE, BY_ALTERNATE, NOTICES, WITHDRAW
from portal.stakeholders import suspend_person
from tests.alternates.builders import AWAY, DAY, OTHER, STANDS_IN, accepted, declared, leaves
from tests.cast import NOW, World
from tests.factories import opened_process, published, sent_to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def asked_of(session: Session, world: World, *names: str, **values: Any) -> str:
    """The reference of a notice of Cloud that asks these for an acknowledgement."""
    return published(session, world, *(names or ("telco",)), by=OTHER, **values).ref


def acknowledge_for(
    session: Session, world: World, notice: str, ref: str, who: str = STANDS_IN, at: Any = NOW
) -> None:
    actor = stand_in(session, world.actors[who], ref, at)
    notices.acknowledge(session, actor, notice, at)


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with writing(world.sessions) as found:
        yield found


def test_the_receipt_is_of_whoever_is_away_and_says_by_whom(session: Session, world: World) -> None:
    row, notice = accepted(session, world), asked_of(session, world)
    acknowledge_for(session, world, notice, row.ref)
    away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
    receipt = session.scalars(select(Receipt)).one()
    assert (receipt.person_id, receipt.by_id) == (away, stands_in)
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == ACKNOWLEDGE)).one()
    assert (event.person_id, event.for_id) == (stands_in, away)
    assert first_fault(session) is None
    with pytest.raises(TooLate):
        acknowledge_for(session, world, notice, row.ref)


def test_for_oneself_it_is_as_it_was(session: Session, world: World) -> None:
    accepted(session, world)
    notice = asked_of(session, world)
    notices.acknowledge(session, world.actors[STANDS_IN], notice, NOW)
    receipt = session.scalars(select(Receipt)).one()
    assert (receipt.person_id, receipt.by_id) == (world.actors[STANDS_IN].person_id, None)
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == ACKNOWLEDGE)).one()
    assert event.for_id is None


def test_not_before_it_is_accepted_nor_before_or_after_its_days(
    session: Session, world: World
) -> None:
    notice, row = asked_of(session, world), declared(session, world)
    for at in (NOW - 2 * DAY, NOW, NOW + 12 * DAY):
        with pytest.raises((Refused, TooLate)):
            acknowledge_for(session, world, notice, row.ref, at=at)
    alternates.accept(session, world.actors[STANDS_IN], row.ref, nights=False, now=NOW)
    for at in (NOW - 2 * DAY, NOW + 12 * DAY):
        with pytest.raises(Refused):
            acknowledge_for(session, world, notice, row.ref, at=at)
    acknowledge_for(session, world, notice, row.ref)


def test_nobody_else_acts_by_it(session: Session, world: World) -> None:
    notice, row = asked_of(session, world), accepted(session, world)
    with pytest.raises(Refused):
        acknowledge_for(session, world, notice, row.ref, AWAY)
    with pytest.raises(NotFound):
        acknowledge_for(session, world, notice, row.ref, OTHER)


def test_reading_is_not_given(session: Session, world: World) -> None:
    # To whoever is away by name: the alternate does not come to know that it is there.
    row, notice = accepted(session, world), asked_of(session, world, AWAY)
    with pytest.raises(NotFound):
        acknowledge_for(session, world, notice, row.ref)
    notices.acknowledge(session, world.actors[AWAY], notice, NOW)
    with pytest.raises(NotFound):
        acknowledge_for(session, world, notice, row.ref)


@pytest.mark.parametrize("red", [False, True])
def test_red_stays_personal_unless_it_was_named(session: Session, world: World, red: bool) -> None:
    row = accepted(session, world, red=red)
    notice = asked_of(session, world, AWAY, STANDS_IN, tlp=Tlp.RED)
    if red:
        acknowledge_for(session, world, notice, row.ref)
        return
    with pytest.raises(Refused):
        acknowledge_for(session, world, notice, row.ref)


def test_a_process_means_what_is_addressed_to_it(session: Session, world: World) -> None:
    process = opened_process(session, world, "telco", "cloud")
    row = accepted(session, world, process_id=process.id)
    beside = asked_of(session, world)
    within = sent_to(session, world, process, by=OTHER).ref
    acknowledge_for(session, world, within, row.ref)
    with pytest.raises(Refused):
        acknowledge_for(session, world, beside, row.ref)


def test_a_purpose_means_no_notice(session: Session, world: World) -> None:
    row, notice = accepted(session, world, purpose="duty"), asked_of(session, world)
    with pytest.raises(Refused):
        acknowledge_for(session, world, notice, row.ref)


def test_no_other_verb_is_given(session: Session, world: World) -> None:
    row, notice = accepted(session, world), published(session, world, "cloud", by=AWAY).ref
    actor = stand_in(session, world.actors[STANDS_IN], row.ref, NOW)
    assert (NOTICES.name, WITHDRAW) not in BY_ALTERNATE
    with pytest.raises(Refused):
        notices.withdraw(session, actor, notice, why="x", now=NOW)


def ended(session: Session, world: World, ref: str) -> None:
    alternates.end(session, world.actors[AWAY], ref, NOW)


def left(session: Session, world: World, _ref: str) -> None:
    session.commit()
    leaves(world, STANDS_IN)


def away_left(session: Session, world: World, _ref: str) -> None:
    session.commit()
    leaves(world, AWAY)


def suspended(session: Session, world: World, _ref: str) -> None:
    away = session.get_one(Person, world.actors[AWAY].person_id)
    suspend_person(session, world.actors["steward@portal"], away.ref, NOW)


@pytest.mark.parametrize("ending", [ended, left, away_left, suspended])
def test_what_has_ended_holds_nowhere(
    session: Session, world: World, ending: Callable[..., None]
) -> None:
    # GREEN: the alternate goes on reading it, so that nothing but the alternate is at stake.
    row = accepted(session, world)
    ref, notice = row.ref, asked_of(session, world, tlp=Tlp.GREEN)
    key = session.scalars(select(NOTICES.model.id).where(NOTICES.model.ref == notice)).one()
    actor = world.actors[STANDS_IN]
    to = (actor.person_id, NOTICES, key, "acknowledge-soon", ACKNOWLEDGE, NOW)
    whom = world.actors[AWAY].person_id
    stale = stand_in(session, actor, ref, NOW)
    assert acting_for(session, actor, NOTICES, key, NOW)
    assert may_be_notified(session, *to, for_id=whom)
    ending(session, world, ref)
    assert not acting_for(session, actor, NOTICES, key, NOW)
    assert not may_be_notified(session, *to, for_id=whom)
    with pytest.raises((NotFound, Refused, TooLate)):
        acknowledge_for(session, world, notice, ref)
    with pytest.raises(Refused):  # by a form that was opened before
        notices.acknowledge(session, stale, notice, NOW)
    assert session.scalars(select(Receipt)).all() == []


def test_the_page_says_for_whom_and_the_author_sees_by_whom(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, notice = accepted(session, world, days=300).ref, asked_of(session, world)
    page = f"/notices/{notice}"
    stands_in = visit(STANDS_IN)
    assert "Acknowledge for Telco liaison" in stands_in.get(page).words
    assert "Acknowledge for" not in visit(AWAY).get(page).words
    answer = stands_in.post(f"{page}/acknowledge", {"for": ref})
    after = stands_in.follow(answer).words
    assert "Acknowledge for" not in after
    assert "asks you to confirm" in after, "one's own is still to be done"
    assert "Telco colleague acknowledged this version for you" in visit(AWAY).get(page).words
    ledger = visit(OTHER).get(f"{page}/read-ledger").words
    assert "Telco colleague for Telco liaison" in ledger
    assert "Telco colleague for Telco liaison acknowledged" in visit(OTHER).get("/").words
    trail = visit("steward@portal").get("/steward/read-trail?verb=acknowledge").words
    assert "Telco colleague for Telco liaison" in trail
    assert stands_in.post(f"{page}/acknowledge", {"for": ref}).status == 409
    assert visit(OTHER).post(f"{page}/acknowledge", {"for": ref}).status == 404
