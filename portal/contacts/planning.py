"""When a contact point is asked next whether it answers: on a day that nobody can foresee."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from models.contacts import ContactPoint, Interval
from portal.contacts.duty import OnCall, next_opening
from portal.contacts.listing import as_on_call
from portal.days import day_of

DAY: Final = timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)


class Rhythm(NamedTuple):
    """How long an interval is at most, and the window at its end from which the day is drawn.

    A window is about a third, so that its day is as hard to foresee in each interval.
    """

    length: timedelta
    window: timedelta


RHYTHMS: Final[Mapping[str, Rhythm]] = {
    Interval.MONTH: Rhythm(30 * DAY, 10 * DAY),
    Interval.QUARTER: Rhythm(91 * DAY, 30 * DAY),
    Interval.HALF_YEAR: Rhythm(182 * DAY, 60 * DAY),
    Interval.YEAR: Rhythm(365 * DAY, 120 * DAY),
}


class Window(NamedTuple):
    """From when until when a contact point is asked next."""

    begins: datetime
    ends: datetime


def plan(contact: ContactPoint, now: datetime) -> None:
    """Draw the day of its next check; the interval is counted from now on."""
    contact.planned_at = now
    contact.check_at = _drawn(contact, _window(contact.check_every, now))


def plan_anew(contact: ContactPoint, entry: OnCall, now: datetime) -> None:
    """Draw the day again after the interval was changed, still counted from when it was before.

    So nobody is asked twice for it, and a longer interval and back puts nothing off. Where the new
    one is over already the day is drawn from a window that begins now. What is asked as soon as its
    hours begin anyway stays; `entry` is whom it would ask now.
    """
    opens = next_opening(entry, now)
    if contact.check_at is not None and opens is not None and contact.check_at <= opens:
        return
    rhythm, since = RHYTHMS[contact.check_every], contact.planned_at or now
    if since + rhythm.length < now + MINUTE:
        since = now - rhythm.length + rhythm.window
    contact.planned_at = since
    begins, ends = _window(contact.check_every, since)
    contact.check_at = _drawn(contact, Window(max(begins, now), ends))


def next_days(contact: ContactPoint) -> tuple[date, date] | None:
    """The days in its zone between which it is asked next; the day that was drawn is not said.

    None where nothing is planned, or it is asked out of turn, as soon as somebody can be.
    """
    if contact.planned_at is None or contact.check_at is None:
        return None
    begins, ends = _window(contact.check_every, contact.planned_at)
    last = next_opening(as_on_call(contact), ends) or ends
    if not begins <= contact.check_at <= last:
        return None
    return day_of(begins, contact.zone), day_of(last, contact.zone)


def _window(every: str, since: datetime) -> Window:
    rhythm = RHYTHMS[every]
    return Window(since + rhythm.length - rhythm.window, since + rhythm.length)


def _drawn(contact: ContactPoint, window: Window) -> datetime | None:
    # A random instant of the window, within its hours; None where it has none.
    before = secrets.randbelow((window.ends - window.begins) // MINUTE) * MINUTE
    return next_opening(as_on_call(contact), window.ends - before)
