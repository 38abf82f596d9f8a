"""Replies of calendars in all their shapes: each is read as what it says."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from portal.calendars import reply_in
from tests.calendars.cases import BARE, TO
from tests.calendars.shapes import ME, SENDER, SHAPES


def read_as(raw: bytes) -> str:
    """What a mail is read as, in a word or two."""
    reply = reply_in(raw, [TO], SENDER)
    assert reply is not None
    if reply.proposes is not None:
        at = reply.proposes.starts_at
        return f"counter {at:%Y-%m-%d %H:%M}" if at else "counter at a time not known"
    answer, why = ("", reply.unread) if reply.unread else reply.answer_of(ME)
    return answer or f"{'automatic' if reply.automatic else 'unread'} {why}"


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_read_as_what_it_says(shape: str) -> None:
    raw, expected = SHAPES[shape]
    assert read_as(raw) == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.replace(b"SEQUENCE:2\r\n", b""),
        lambda raw: raw.replace(b"20261125T081504Z", b"20991125T081504Z"),
    ],
)
def test_no_clock_and_no_sequence_makes_it_unreadable(change: Callable[[bytes], bytes]) -> None:
    assert read_as(change(BARE)) == "accepted"


def test_a_zone_of_the_calendar_is_an_instant() -> None:
    reply = reply_in(SHAPES["COUNTER, zone of Windows"][0], [TO], SENDER)
    assert reply is not None
    assert reply.proposes is not None
    assert reply.proposes.starts_at == datetime(2026, 12, 4, 10, 0, tzinfo=UTC)
