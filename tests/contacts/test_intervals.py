"""How often a contact point is checked: in its window, within its hours, never twice."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.contacts import INTERVALS, ContactCheck, ContactPoint, Interval
from portal import contacts
from portal.contacts.duty import is_on_duty, next_opening
from portal.contacts.listing import as_on_call
from portal.contacts.planning import RHYTHMS, next_days, plan, plan_anew
from portal.contacts.text import text_of
from portal.db import reading, writing
from portal.recipients import list_of
from portal.schedule import keep_all_times
from portal.schema import downgrade, upgrade
from tests.cast import NOW, World
from tests.contacts.builders import COLLEAGUE, TELCO, drafted, published, said
from tests.contacts.test_duty import INSTANTS, SHIFTS, ZONES

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
NIGHT = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # three o'clock in Helsinki
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
EVERY = st.sampled_from(list(Interval))
# What is drawn, as a share of what could be: the first and the last among them.
DRAWN = st.sampled_from((0.0, 0.25, 0.5, 1.0))


@contextmanager
def drawing(share: float) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "randbelow", lambda below: int(share * (below - 1)))
        yield


@st.composite
def points(draw: Any) -> ContactPoint:
    """One that somebody can call at some hour, as the service demands."""
    shifts, clock = draw(SHIFTS), draw(st.booleans())
    assume(shifts or clock)
    said_so = {"zone": draw(st.sampled_from(ZONES)), "hours": [list(shift) for shift in shifts]}
    return ContactPoint(
        id=1, organisation_id=1, purpose="duty", place=1, languages=["en"],
        round_the_clock=clock, check_every=draw(EVERY), **said_so,
    )  # fmt: skip


def opens(contact: ContactPoint, at: datetime) -> datetime:
    found = next_opening(as_on_call(contact), at)
    assert found is not None
    return found


def test_there_is_a_rhythm_for_each_interval_and_no_way_to_be_left_out() -> None:
    assert list(RHYTHMS) == list(INTERVALS) == list(Interval)
    lengths = [rhythm.length for rhythm in RHYTHMS.values()]
    assert lengths == sorted(set(lengths))
    for rhythm in RHYTHMS.values():
        assert rhythm.length / 4 < rhythm.window < rhythm.length / 2
    assert set(said(check_every="never").problems()) == {"check_every"}


@given(points(), INSTANTS, DRAWN)
def test_the_next_check_is_in_its_window_or_waits_for_its_hours(
    contact: ContactPoint, now: datetime, share: float
) -> None:
    with drawing(share):
        plan(contact, now)
    rhythm, at = RHYTHMS[contact.check_every], contact.check_at
    assert at is not None
    assert now + rhythm.length - rhythm.window < at <= opens(contact, now + rhythm.length)
    assert is_on_duty(as_on_call(contact), at)
    days = next_days(contact)
    assert days is not None
    assert days[0] < days[1], "the day itself is not said"


@given(points(), INSTANTS, EVERY, st.floats(0, 1), DRAWN)
def test_another_interval_counts_from_when_the_former_did(
    contact: ContactPoint, since: datetime, every: Interval, past: float, share: float
) -> None:
    with drawing(share):
        plan(contact, since)
        before = contact.check_at
        assert before is not None
        now = since + past * (before - since)
        contact.check_every = every
        plan_anew(contact, as_on_call(contact), now)
    rhythm, at = RHYTHMS[every], contact.check_at
    assert at is not None
    assert contact.planned_at is not None
    assert is_on_duty(as_on_call(contact), at)
    if before <= opens(contact, now):
        assert at == before, "what is asked at once anyway is asked"
    elif since + rhythm.length >= now + timedelta(minutes=1):
        assert contact.planned_at == since
        assert max(now, since + rhythm.length - rhythm.window) < at
        assert at <= opens(contact, since + rhythm.length)
    else:
        assert now < at <= opens(contact, now + rhythm.window), "over already: on a day from now on"


@given(points(), INSTANTS, st.lists(EVERY, max_size=5))
def test_to_and_fro_puts_nothing_off(
    contact: ContactPoint, since: datetime, tried: list[Interval]
) -> None:
    plan(contact, since)
    first = contact.check_every
    for every in (*tried, first):  # all of them within the first days
        contact.check_every = every
        plan_anew(contact, as_on_call(contact), since + DAY)
    assert contact.planned_at == since
    assert contact.check_at is not None
    assert contact.check_at <= opens(contact, since + RHYTHMS[first].length)


def of(session: Session, ref: str) -> ContactPoint:
    return session.scalars(select(ContactPoint).where(ContactPoint.ref == ref)).one()


def change(world: World, ref: str, at: datetime, **values: Any) -> None:
    with writing(world.sessions) as session:
        contact = of(session, ref)
        text, to = replace(text_of(contact), **values), list_of(session, contact)
        version, by = contact.version, world.actors[TELCO]
        contacts.edit(session, by, ref, text=text, to=to, version=version, now=at)


def due(world: World, ref: str) -> datetime:
    with reading(world.sessions) as session:
        at = of(session, ref).check_at
        assert at is not None
        return at


def asked(world: World) -> int:
    with reading(world.sessions) as session:
        return session.query(ContactCheck).count()


def test_a_sooner_interval_is_planned_at_once_and_asked_once(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", check_every="year").ref
    assert due(world, ref) > NOW + 244 * DAY
    change(world, ref, NOW + 2 * DAY, check_every="month")
    at = due(world, ref)
    assert NOW + 20 * DAY < at <= NOW + 34 * DAY
    assert keep_all_times(world.sessions, at - SECOND) == 0
    assert keep_all_times(world.sessions, at) == 1
    change(world, ref, at + HOUR, check_every="quarter")
    change(world, ref, at + 2 * HOUR, check_every="month")
    assert at + 20 * DAY < due(world, ref) <= at + 34 * DAY, "it counts from what was asked"
    keep_all_times(world.sessions, at + 3 * HOUR)
    assert asked(world) == 1


def test_a_later_interval_puts_it_off(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", check_every="month").ref
    change(world, ref, NOW + DAY, check_every="half-year")
    assert NOW + 122 * DAY < due(world, ref) <= NOW + 186 * DAY
    assert keep_all_times(world.sessions, NOW + 40 * DAY) == 0


def test_saved_without_another_interval_its_day_stays(world: World) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", check_every="month").ref
    at = due(world, ref)
    change(world, ref, NOW + DAY, label="Another")
    assert due(world, ref) == at


def test_a_draft_is_planned_as_it_is_published(world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "peace").ref
    change(world, ref, NOW, check_every="month")
    with writing(world.sessions) as session:
        assert of(session, ref).check_at is None
        contacts.publish(session, world.actors[TELCO], ref, NOW)
    assert NOW + 20 * DAY < due(world, ref) <= NOW + 34 * DAY
    with writing(world.sessions) as session:
        contacts.retire(session, world.actors[TELCO], ref, NOW)
        assert (of(session, ref).check_at, of(session, ref).planned_at) == (None, None)


def test_who_takes_over_is_asked_in_the_morning_whatever_the_interval_becomes(world: World) -> None:
    mine, theirs = (world.actors[who].person_id for who in (TELCO, COLLEAGUE))
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", person_id=mine).ref
        contacts.check(session, world.actors[TELCO], ref, now=NOW)
    change(world, ref, NIGHT, person_id=theirs, check_every="month")
    change(world, ref, NIGHT + HOUR, check_every="year")
    assert due(world, ref) == MORNING


def test_however_seldom_it_is_checked_it_is_stale_after_90_days(world: World) -> None:
    with writing(world.sessions) as session:
        for every in Interval:
            contact = published(session, world, "peace", check_every=every)
            assert contact.stale_at == NOW + 90 * DAY


@pytest.mark.parametrize("every", ["", "never", "week"])
def test_the_database_takes_no_other(world: World, every: str) -> None:
    with pytest.raises(IntegrityError), writing(world.sessions) as session:
        drafted(session, world, "peace").check_every = every


def test_those_of_before_keep_their_quarter_and_their_day(world: World) -> None:
    by = world.actors[TELCO]
    with writing(world.sessions) as session:
        never, checked, by_hand, odd = (
            published(session, world, "peace", place=n) for n in range(1, 5)
        )
        checked.check_at, odd.check_at = NOW + HOUR, NOW + 200 * DAY
        contacts.check(session, by, by_hand.ref, now=NOW + HOUR)
        refs = [one.ref for one in (never, checked, by_hand, odd, drafted(session, world))]
    assert keep_all_times(world.sessions, NOW + HOUR) == 1
    with reading(world.sessions) as session:
        before = [(of(session, ref).check_at, of(session, ref).hours) for ref in refs]
    downgrade(world.engine, "0058")
    upgrade(world.engine)
    with reading(world.sessions) as session:
        kept = [of(session, ref) for ref in refs]
        assert [(one.check_at, one.hours) for one in kept] == before
        assert {one.check_every for one in kept} == {"quarter"}
        since = [one.planned_at for one in kept]
    assert since == [NOW, NOW + HOUR, NOW, None, None], "the last that was planned, else published"
