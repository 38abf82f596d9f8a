"""Agreeing and objecting to minutes for somebody who attended: only who may read them does so."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.dialogues import Attendee
from models.ledger import AuditEvent, OutboxEmail
from models.records import Record, RecordAgreement, RecordComment
from portal import alternates, records
from portal.db import reading, writing
from portal.errors import NotFound, Refused
from portal.on_behalf import acting_for, stand_in
from portal.overview import first_page
from portal.reminders import remind
from portal.rules import RECORDS
from portal.rules.verbs import AGREE, OBJECT
from tests.alternates.builders import AWAY, DAY, STANDS_IN, accepted, in_force, leaves
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.records.circulated_builders import circulated

Visit = Callable[[str], Visitor]


def sent_round(session: Session, world: World) -> Record:
    """Minutes of a dialogue that both of Telco attended."""
    record = circulated(session, world)
    both = [world.actors[name].person_id for name in (AWAY, STANDS_IN)]
    seats = session.scalars(
        select(Attendee).where(Attendee.dialogue_id == record.dialogue_id)
    ).all()
    mine = next(row for row in seats if row.person_id in both)
    for key in both:
        row = next((row for row in seats if row.person_id == key), None)
        if row is None:
            row = Attendee(dialogue_id=record.dialogue_id, person_id=key)
            session.add(row)
        row.delegation_id, row.came = mine.delegation_id, True
    session.flush()
    return record


def for_them(session: Session, world: World, by: str, at: datetime = NOW) -> Any:
    return stand_in(session, world.actors[STANDS_IN], by, at)


def to_do(world: World, who: str) -> list[tuple[str, str]]:
    with reading(world.sessions) as session:
        page = first_page(session, world.actors[who], NOW)
        return [(row.ref, row.whom) for row in page.waiting if row.verb == OBJECT]


def test_the_agreement_is_of_whoever_is_away(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        record = sent_round(session, world)
        records.agree(session, for_them(session, world, by), record.ref, NOW)
        row = session.scalars(select(RecordAgreement)).one()
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == AGREE)).one()
    away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
    assert (row.person_id, row.by_id) == (away, stands_in)
    assert (event.person_id, event.for_id) == (stands_in, away)


def test_an_objection_says_for_whom(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        record = sent_round(session, world)
        actor = for_them(session, world, by)
        records.object_to(session, actor, record.ref, why="Not so", point=None, now=NOW)
        row = session.scalars(select(RecordComment)).one()
        assert record.state == "draft"
    away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
    assert (row.by_id, row.for_id) == (stands_in, away)


def test_whoever_does_not_read_the_minutes_agrees_for_nobody(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        record = sent_round(session, world)
        session.execute(
            update(Attendee)
            .where(Attendee.person_id == world.actors[STANDS_IN].person_id)
            .values(came=False)
        )
        ref = record.ref
        with pytest.raises(NotFound):
            records.agree(session, for_them(session, world, by), ref, NOW)
    assert to_do(world, AWAY) == [(ref, "")], "it stays with whoever is away"
    assert to_do(world, STANDS_IN) == []


def test_to_do_and_reminders_follow(world: World) -> None:
    in_force(world)
    with writing(world.sessions) as session:
        record = sent_round(session, world)
        ref, half = record.ref, record.silence_half_at
    assert half is not None
    assert to_do(world, AWAY) == []
    assert sorted(to_do(world, STANDS_IN)) == [(ref, ""), (ref, "Telco liaison")]
    with writing(world.sessions) as session:
        remind(session, half)
        rows = session.scalars(
            select(OutboxEmail).where(OutboxEmail.template == "silence-half")
        ).all()
        people = {(row.person_id, row.for_id) for row in rows}
    away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
    assert {(stands_in, None), (stands_in, away)} <= people
    assert (away, None) not in people


def ended(world: World, by: str) -> None:
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], by, NOW)


def left(world: World, _by: str) -> None:
    leaves(world, AWAY)


@pytest.mark.parametrize("ending", [ended, left])
def test_what_has_ended_is_nowhere(world: World, ending: Callable[[World, str], None]) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        record = sent_round(session, world)
        ref, key = record.ref, record.id
    with reading(world.sessions) as session:
        stale = for_them(session, world, by)
    ending(world, by)
    assert (ref, "Telco liaison") not in to_do(world, STANDS_IN)
    with writing(world.sessions) as session:
        assert acting_for(session, world.actors[STANDS_IN], RECORDS, key, NOW) == []
        for act in (
            lambda: records.agree(session, stale, ref, NOW),
            lambda: records.object_to(session, stale, ref, why="x", point=None, now=NOW),
        ):
            with pytest.raises(Refused):
                act()


def test_the_pages_say_a_for_b(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        by = accepted(session, world, days=300).ref
        ref = sent_round(session, world).ref
        session.execute(
            update(Record).values(silence_until_at=NOW + 300 * DAY, silence_half_at=NOW + 299 * DAY)
        )
    stands_in = visit(STANDS_IN)
    page = stands_in.get(f"/records/{ref}")
    assert "I agree for Telco liaison" in page.words
    assert "Object for Telco liaison" in page.words
    asked = stands_in.get(f"/records/{ref}/object?for={by}")
    assert "You object for Telco liaison" in asked.words
    stands_in.follow(stands_in.post(f"/records/{ref}/agree", {"for": by}))
    page = stands_in.get(f"/records/{ref}")
    assert "I agree for" not in page.words
    assert "Telco colleague for Telco liaison" in page.words
    assert "Telco colleague agreed for you" in visit(AWAY).get(f"/records/{ref}").words
    ledger = visit("coordinator@peace").get(f"/records/{ref}/read-ledger").words
    assert "Telco colleague for Telco liaison" in ledger
    said = {**asked.form(f"/records/{ref}/object"), "why": "This is not what was said"}
    stands_in.follow(stands_in.post(f"/records/{ref}/object", said))
    shown = visit("coordinator@peace").get(f"/records/{ref}").words
    assert "Telco colleague for Telco liaison" in shown
