"""Days as far as they are known: a year, a month, or a day, as ISO 8601 writes them.

What is kept is what was said (`2017-10`); nothing is filled in. For an order it begins somewhere.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from typing import Final

# How long each is in writing.
YEAR, MONTH, DAY = len("2017"), len("2017-10"), len("2017-10-27")
FORM: Final = re.compile(r"[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?")


def known_day(text: str) -> str | None:
    """The same day in its one spelling; None where it is no year, month or day of the calendar."""
    typed = text.strip()
    if FORM.fullmatch(typed) is None:
        return None
    try:
        first_day(typed)
    except ValueError:
        return None
    return typed


def first_day(known: str) -> date:
    """The first day of it; raises ValueError where there is none."""
    return date.fromisoformat(known + {YEAR: "-01-01", MONTH: "-01", DAY: ""}[len(known)])


def last_day(known: str) -> date:
    """The last day of it; raises ValueError where there is none."""
    first = first_day(known)
    month = 12 if len(known) == YEAR else first.month
    ends = first.day if len(known) == DAY else monthrange(first.year, month)[1]
    return date(first.year, month, ends)


def begins_at(known: str) -> datetime:
    """Its beginning, for an order alone: it has no zone, so UTC is taken for all alike."""
    day = first_day(known)
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def days_of(known: str) -> tuple[date, date] | None:
    """The first and last day that it may be; None where it is not known."""
    return (first_day(known), last_day(known)) if known else None
