"""What is tied to a process, month by month: of its page, of the picture of it, and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from flask_babel import format_datetime

from portal import web
from portal.catalogue import OF_NAME
from portal.language import gettext
from portal.pictures.bars import BarDrawing, bars
from portal.timeline import EntryRow


@dataclass(frozen=True)
class Months:
    """Entries by month, newest first; how many of each of the nouns `there`, oldest first.

    `picture` is of more than one month.
    """

    entries: list[tuple[str, list[EntryRow]]]
    words: list[str]
    rows: list[tuple[str | int, ...]]
    picture: BarDrawing | None


def nouns_of(entries: Sequence[EntryRow]) -> list[str]:
    """The names of the nouns that these entries are of, in the order of the catalogue."""
    return [name for name in OF_NAME if any(row.what == name for row in entries)]


def by_month(entries: Sequence[EntryRow], there: Sequence[str]) -> Months:
    """Entries, newest first, by the months of the reader's zone, as all other times are."""
    zone = ZoneInfo(web.actor().zone)

    def month(entry: EntryRow, form: str = "LLLL yyyy") -> str:
        return str(format_datetime(entry.at.astimezone(zone), form, rebase=False))

    months = [(name, list(rows)) for name, rows in groupby(entries, key=month)]
    # Oldest first, as a picture of time is read; a whole name has no room below a bar.
    counted = [
        (month(rows[0], "LLL yyyy"), tuple(sum(row.what == noun for row in rows) for noun in there))
        for _name, rows in reversed(months)
        if any(row.what in there for row in rows)
    ]
    words = [gettext(OF_NAME[name].label) for name in there]
    drawn = bars(counted, words) if len(counted) > 1 else None
    return Months(months, words, [(name, *numbers) for name, numbers in counted], drawn)
