"""Whom to call: one chain a group, nobody outside their hours unasked, clocks that change."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contacts.duty import OnCall, Shift, chain, chains, is_on_duty, next_opening

ZONES = ("Europe/Helsinki", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
CLOCK = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
SHIFTS = st.lists(st.builds(Shift, st.integers(0, 6), CLOCK, CLOCK), max_size=7).map(tuple)
ROTA = st.lists(
    st.builds(
        OnCall,
        key=st.integers(1, 10**6),
        group=st.tuples(st.integers(1, 3), st.sampled_from(("duty", "legal"))),
        place=st.integers(1, 4),
        zone=st.sampled_from(ZONES),
        shifts=SHIFTS,
        round_the_clock=st.booleans(),
        languages=st.lists(st.sampled_from(("en", "fr", "ar")), unique=True).map(tuple),
    ),
    max_size=8,
    unique_by=lambda entry: entry.key,
)
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
INSTANTS = st.integers(0, 2 * 365 * 24 * 4).map(lambda n: BEGIN + n * timedelta(minutes=15))
LANGUAGES = st.sampled_from(("", "en", "fr", "ar"))


def in_hours(entry: OnCall, now: datetime) -> bool:
    """The requirement said again: some shift that began today or yesterday still lasts."""
    local = now.astimezone(ZoneInfo(entry.zone))
    minute = local.hour * 60 + local.minute
    for day, begins, ends in entry.shifts:
        first, last = (int(at[:2]) * 60 + int(at[3:]) for at in (begins, ends))
        last += 24 * 60 if last <= first else 0
        for ago in (0, 1):
            if (local.weekday() - ago) % 7 == day and first <= minute + ago * 24 * 60 < last:
                return True
    return False


@given(ROTA, INSTANTS, LANGUAGES)
def test_each_group_has_one_chain_of_those_who_may_be_called(
    rota: list[OnCall], now: datetime, language: str
) -> None:
    found = chains(rota, now, language)
    assert set(found) == {entry.group for entry in rota}
    called = [entry for each in found.values() for entry in each]
    assert len(called) == len(set(called)), "nobody stands in two chains"
    for group, each in found.items():
        assert all(entry.group == group for entry in each)
        assert set(each) == {
            entry
            for entry in rota
            if entry.group == group and (entry.round_the_clock or in_hours(entry, now))
        }
        order = [(language not in entry.languages if language else False, entry.place, entry.key)
                 for entry in each]  # fmt: skip
        assert order == sorted(order)


@given(ROTA, INSTANTS)
def test_the_next_opening_is_the_first_instant_on_duty(rota: list[OnCall], now: datetime) -> None:
    for entry in rota:
        at = next_opening(entry, now)
        if at is None:
            assert not entry.shifts
            assert not entry.round_the_clock
        elif is_on_duty(entry, now):
            assert at == now
        else:
            assert now < at <= now + timedelta(days=8)
            assert is_on_duty(entry, at)
            step, when = timedelta(minutes=15), now
            while when < at:
                assert not is_on_duty(entry, when)
                when += step


@pytest.mark.parametrize(
    ("begins", "ends", "now", "opens"),
    [
        # Clocks in New York went from 02:00 to 03:00: a shift in between is not that day.
        ("02:15", "02:45", "2026-03-08T05:00+00:00", "2026-03-15T06:15+00:00"),
        ("02:15", "04:00", "2026-03-08T05:00+00:00", "2026-03-08T07:00+00:00"),
        # They showed 01:30 twice.
        ("01:30", "01:45", "2026-11-01T05:50+00:00", "2026-11-01T06:30+00:00"),
    ],
)
def test_a_shift_that_begins_as_clocks_change(begins: str, ends: str, now: str, opens: str) -> None:
    entry = OnCall(1, ("un",), 1, "America/New_York", (Shift(6, begins, ends),))
    assert next_opening(entry, datetime.fromisoformat(now)) == datetime.fromisoformat(opens)


@pytest.mark.parametrize(
    ("at", "there"),
    [
        ("2026-03-28T20:00+00:00", True),  # 22:00 in Helsinki, winter time
        ("2026-03-29T02:59+00:00", True),  # 05:59 there: its clocks went forward at 03:00
        ("2026-03-29T03:00+00:00", False),  # 06:00
        ("2026-10-24T19:00+00:00", True),  # 22:00, summer time
        ("2026-10-25T03:59+00:00", True),  # 05:59, and an hour more than usual
        ("2026-10-25T04:00+00:00", False),
    ],
)
def test_a_night_in_which_clocks_change_is_read_on_the_clock(at: str, there: bool) -> None:
    nights = OnCall(1, ("telco",), 1, "Europe/Helsinki", (Shift(5, "22:00", "06:00"),))
    assert is_on_duty(nights, datetime.fromisoformat(at)) is there


def test_in_a_language_whoever_speaks_it_comes_first_and_the_others_follow() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    always: dict[str, Any] = {"zone": "UTC", "shifts": (), "round_the_clock": True}
    one = OnCall(1, ("telco",), 1, languages=("fi",), **always)
    two = OnCall(2, ("telco",), 2, languages=("fr",), **always)
    assert chain([two, one], now) == (one, two)
    assert chain([one, two], now, "fr") == (two, one)
