"""Weekly hours as one line of text, for files: `Mon-Fri 08:00-17:00; Sat 10:00-14:00`."""

import re
from collections.abc import Iterable
from typing import Final

from portal.contacts.duty import Shift

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLOCK: Final = r"([01]\d|2[0-3]):([0-5]\d)"
PART: Final = re.compile(
    rf"({'|'.join(DAYS)})(?:\s*-\s*({'|'.join(DAYS)}))?\s+({CLOCK})\s*-\s*({CLOCK})", re.IGNORECASE
)


def hours_text(shifts: Iterable[Shift]) -> str:
    """The shifts as text; days in a row with the same times are one part."""
    runs: list[tuple[int, int, str]] = []
    for day, begins, ends in sorted(shifts):
        times = f"{begins}-{ends}"
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == times:
            runs[-1] = (runs[-1][0], day, times)
        else:
            runs.append((day, day, times))
    return "; ".join(
        f"{DAYS[first]}{f'-{DAYS[last]}' if last > first else ''} {times}"
        for first, last, times in runs
    )


def shifts_from(text: str) -> tuple[Shift, ...] | None:
    """The shifts that a text says; None where a part of it is not understood."""
    found: list[Shift] = []
    for part in filter(None, (one.strip() for one in re.split(r"[;\n]", text))):
        said = PART.fullmatch(part)
        if said is None:
            return None
        first, last = (_day(said[n] or said[1]) for n in (1, 2))
        span = (last - first) % len(DAYS) + 1
        found += [Shift((first + n) % len(DAYS), said[3], said[6]) for n in range(span)]
    return tuple(sorted(found))


def _day(word: str) -> int:
    return DAYS.index(word.title())
