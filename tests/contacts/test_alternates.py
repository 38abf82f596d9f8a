"""Whom to call while holders are away: their alternate, by day on their own clocks, and once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.alternates import Alternate
from models.contacts import ContactCheck
from models.ledger import AuditEvent, OutboxEmail
from portal import alternates, contacts
from portal.contacts.duty import Absent, OnCall, chain, chains, is_on_duty, next_opening
from portal.db import reading, writing
from portal.email_composition import composed
from portal.emails import MailSettings
from portal.errors import Invalid
from portal.on_behalf import stand_in
from tests.alternates.builders import AWAY, STANDS_IN, accepted, in_force
from tests.cast import NOW, World
from tests.contacts.builders import published
from tests.contacts.test_duty import INSTANTS, LANGUAGES, SHIFTS, ZONES, in_hours
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
SETTINGS = MailSettings("https://portal.example", "portal@portal.example")
PEOPLE = st.integers(1, 4)
# Few people in few places, so that they meet: as holders, as alternates, away at the same time.
ABSENCES = st.none() | st.builds(
    lambda hours, person, zone, nights: (hours, person, zone, nights),
    st.integers(-48, 24 * 20),
    st.integers(0, 4),
    st.sampled_from(ZONES),
    st.booleans(),
)
PLACES = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(1, 4),
        st.sampled_from(ZONES),
        SHIFTS,
        st.booleans(),
        ABSENCES,
    ),
    max_size=7,
)


def rota_of(places: list[tuple[Any, ...]], now: datetime) -> tuple[OnCall, ...]:
    """One group; whoever is away at all is away in each of their places, with one alternate."""
    away: dict[int, Any] = {}
    for holder, _place, _zone, _shifts, _clock, absent in places:
        away.setdefault(holder, absent)
    return tuple(
        OnCall(
            key=n,
            group=(1, "duty"),
            place=place,
            zone=zone,
            shifts=shifts,
            round_the_clock=clock,
            holder=holder,
            absent=absent_of(holder, away[holder], away, now),
        )
        for n, (holder, place, zone, shifts, clock, _absent) in enumerate(places, start=1)
    )


def absent_of(holder: int, absent: Any, away: dict[int, Any], now: datetime) -> Absent | None:
    """As the rows say it: whoever is away themselves is nobody's alternate; no position is away."""
    if absent is None or holder == 0:
        return None
    hours, person, zone, nights = absent
    if hours <= 0:
        return None  # only who is away now has a row
    also = away.get(person)
    free = person != holder and (also is None or also[0] <= 0)
    return Absent(now + hours * timedelta(hours=1), person if free else 0, zone, nights)


def by_day(zone: str, now: datetime) -> bool:
    return time(7) <= now.astimezone(ZoneInfo(zone)).time() < time(22)


@given(PLACES, INSTANTS, LANGUAGES)
def test_one_chain_nobody_away_nobody_twice_nobody_at_night_unasked(
    places: list[tuple[Any, ...]], now: datetime, language: str
) -> None:
    rota = rota_of(places, now)
    found = chain(rota, now, language)
    assert len(set(found)) == len(found)
    away = {entry.holder for entry in rota if entry.absent is not None}
    for entry in found:
        assert entry.round_the_clock or in_hours(entry, now)
        person = entry.person_at(now)
        assert person not in away, "nobody who is away is asked"
        if entry.absent is not None:
            assert person == entry.absent.person != 0
            assert entry.absent.nights or by_day(entry.absent.zone, now)
    instead = [entry.person_at(now) for entry in found if entry.absent is not None]
    assert len(instead) == len(set(instead)), "who stands in for several is asked once"
    own = {entry.holder for entry in found if entry.absent is None}
    assert not own & set(instead), "and not beside their own place"
    # Whoever may be asked is in it, or is asked in another place of it.
    asked = {entry.person_at(now) for entry in found}
    for entry in rota:
        if is_on_duty(entry, now):
            assert entry in found or entry.person_at(now) in asked


def answers(entry: OnCall, now: datetime) -> int | None:
    """The requirement said again: who answers at a place now; None where nobody may be asked."""
    away = entry.absent
    if not (entry.round_the_clock or in_hours(entry, now)):
        return None
    if away is None or now >= away.until_at:
        return entry.holder
    asked = away.person and (away.nights or by_day(away.zone, now))
    return away.person if asked else None


def order_of(rota: tuple[OnCall, ...], now: datetime, language: str) -> list[int]:
    """The keys of those who are called, in their order, without asking the portal."""
    there = [(entry, answers(entry, now)) for entry in rota]
    turns = sorted(
        (language != "" and language not in entry.languages, entry.place, entry.key, person)
        for entry, person in there
        if person is not None
    )
    holders = {entry.key: entry.holder for entry in rota}
    own = {person for _speaks, _place, key, person in turns if person and person == holders[key]}
    found, instead = [], set[int]()
    for _speaks, _place, key, person in turns:
        stands_in = person != holders[key]
        if stands_in and (person in own or person in instead):
            continue
        instead |= {person} if stands_in else set()
        found.append(key)
    return found


@given(st.lists(PLACES, min_size=1, max_size=3), INSTANTS, LANGUAGES)
def test_each_group_has_exactly_the_chain_that_the_requirement_says(
    groups: list[list[tuple[Any, ...]]], now: datetime, language: str
) -> None:
    # Whoever is away in one group is away in all of them.
    rota = rota_of([place for places in groups for place in places], now)
    keys = [n for n, places in enumerate(groups) for _place in places]
    spoken = [("en",), ("fr", "ar"), ()]
    each = [
        replace(entry, group=(n, "duty"), languages=spoken[entry.key % 3])
        for entry, n in zip(rota, keys, strict=True)
    ]
    found = chains(each, now, language)
    assert set(found) == {entry.group for entry in each}
    for group, called in found.items():
        own = tuple(entry for entry in each if entry.group == group)
        assert [entry.key for entry in called] == order_of(own, now, language)
        people = [entry.person_at(now) for entry in called if entry.person_at(now)]
        away = {entry.holder for entry in each if entry.absent is not None}
        assert not away & set(people), "nobody who is away anywhere is asked"


@given(PLACES, INSTANTS)
def test_the_next_time_is_one_at_which_somebody_may_be_asked(
    places: list[tuple[Any, ...]], now: datetime
) -> None:
    for entry in rota_of(places, now):
        at = next_opening(entry, now)
        if at is not None:
            assert at >= now
            assert is_on_duty(entry, at)
        elif entry.shifts or entry.round_the_clock:
            raise AssertionError("who has hours is on duty again")


def held(world: World, **values: Any) -> tuple[str, int]:
    """A contact point of Telco that its liaison holds, asked at any hour: reference and key."""
    with writing(world.sessions) as session:
        said = {"person_id": world.actors[AWAY].person_id, "round_the_clock": True}
        made = published(session, world, "peace", **said | values)
        return made.ref, made.id


def asked_by_mail(world: World) -> OutboxEmail:
    with reading(world.sessions) as session:
        return session.scalars(select(OutboxEmail).where(OutboxEmail.template == "check")).one()


def check(world: World, ref: str, at: datetime = NOW) -> None:
    with writing(world.sessions) as session:
        contacts.check(session, world.actors[STANDS_IN], ref, now=at)


def test_the_alternate_is_asked_at_their_own_address_and_answers(world: World) -> None:
    ref, _key = held(world)
    other = in_force(world)
    check(world, ref)
    row = asked_by_mail(world)
    away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
    assert (row.person_id, row.for_id) == (stands_in, away)
    with reading(world.sessions) as session:
        email = composed(session, SETTINGS, row, NOW)
        assert email is not None
        assert email.to_address == "colleague@telco.example"
    with writing(world.sessions) as session:
        contacts.answer(session, stand_in(session, world.actors[STANDS_IN], other, NOW), ref, NOW)
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "answer")).one()
        assert (event.person_id, event.for_id) == (stands_in, away)
        assert session.scalars(select(ContactCheck)).one().answered_at == NOW


def test_what_has_ended_is_not_asked_by_the_mail_that_waits(world: World) -> None:
    ref, _key = held(world)
    other = in_force(world)
    check(world, ref)
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], other, NOW)
    with reading(world.sessions) as session:
        assert composed(session, SETTINGS, asked_by_mail(world), NOW) is None


def test_nobody_is_asked_at_night_without_consent(world: World) -> None:
    ref, _key = held(world)
    in_force(world)
    night = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # three o'clock in Helsinki
    with pytest.raises(Invalid):
        check(world, ref, night)
    with writing(world.sessions) as session:
        session.scalars(select(Alternate)).one().nights = True
    check(world, ref, night)


def test_another_purpose_stays_with_whoever_is_away(world: World) -> None:
    ref, _key = held(world)
    with writing(world.sessions) as session:
        accepted(session, world, purpose="press")
    check(world, ref)
    row = asked_by_mail(world)
    assert (row.person_id, row.for_id) == (world.actors[AWAY].person_id, None)


def test_whom_to_call_names_the_alternate(world: World, visit: Visit) -> None:
    ref, _key = held(world)
    with writing(world.sessions) as session:
        accepted(session, world, nights=True, days=300)
    words = visit("mediator@peace").get("/contacts/now?purpose=duty").words
    assert "Telco colleague for Telco liaison" in words
    assert (
        "Telco colleague for Telco liaison" in visit("mediator@peace").get(f"/contacts/{ref}").words
    )
    stands_in = visit(STANDS_IN)
    stands_in.follow(stands_in.post(f"/contacts/{ref}/check", {"exercise": "y"}))
    page = stands_in.get(f"/contacts/{ref}")
    assert "Answer the check for Telco liaison" in page.words
    field = page.page.select_one("form input[name=for]")
    assert field is not None
    stands_in.follow(stands_in.post(f"/contacts/{ref}/answer", {"for": str(field["value"])}))
    assert "Answer the check" not in stands_in.get(f"/contacts/{ref}").words
