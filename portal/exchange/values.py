"""Values of a foreign file, parsed one by one: nothing is judged by its truthiness.

Whoever writes a file may say `"0"`, `0`, `false` or nothing where the standard says `false`, and
may write a time in a dozen ways. Each function gives a plain value, or None where it cannot read.
"""

import math
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import islice
from typing import Any, Final

from portal.parsing import JOINERS, SOFT_HYPHEN, storable, whole

YES: Final = frozenset({"1", "true", "yes", "on", "t", "y"})
NO: Final = frozenset({"", "0", "false", "no", "off", "f", "n", "null", "none"})
# What is invisible but belongs to a word, and line ends.
KEPT: Final = JOINERS | frozenset("\n\t")
# RFC 3339, and what is met beside it: blanks, commas, no colons, no zone, a day alone.
STAMP: Final = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)"
    r"(?:[Tt _]\s*(\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
EPOCH: Final = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}|\d{16}", re.ASCII)


def said(value: object, longest: int = 1000) -> str:
    """A text of the file, cut, without control and direction characters; words never run together.

    What is taken out leaves a blank; joiners inside words stay.
    """
    if not isinstance(value, str):
        return ""
    text = value[:longest]
    return (text if text.isprintable() else "".join(map(_shown, _lines(text)))).strip()


def kept(value: object) -> str | None:
    """A text as it stands, where a database can hold it; None where it cannot, or is no text."""
    return value if isinstance(value, str) and storable(value) else None


def line(value: object, longest: int = 255) -> str:
    """A text of the file on one line: a title, a name, a tag."""
    return " ".join(said(value, longest).split())


def shown(value: object) -> str:
    """How a value of any type is named on the page."""
    return str(value) if isinstance(value, str | int | float) else f"({type(value).__name__})"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shown(character: str) -> str:
    if character.isprintable() or character in KEPT:
        return character
    if character == SOFT_HYPHEN:
        return ""
    sort = unicodedata.category(character)
    if sort in ("Zl", "Zp"):
        return "\n"
    return "\N{REPLACEMENT CHARACTER}" if sort in ("Cs", "Co", "Cn") else " "


def listed(value: object) -> list[Any]:
    """The items of a list; a thing that stands where its list should be is a list of one.

    PHP writes a list with a gap as an object of numbers (`{"0": …, "2": …}`).
    """
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and value and all(whole(key) is not None for key in value):
        return list(value.values())
    return [] if value is None else [value]


def rows(value: object) -> list[dict[str, Any]]:
    """The objects of a list, or the one that stands in its place; the rest is left out."""
    return [row for row in listed(value) if isinstance(row, dict)]


def all_rows(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a list, and those in lists that stand in the place of an object."""
    waiting = listed(value)[::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def texts(value: object, longest: int = 255) -> list[str]:
    """The texts of a list, or the one that stands in its place."""
    return [text for text in (line(item, longest) for item in listed(value)) if text]


def strings(value: object, most: int = 0) -> Iterator[str]:
    """All texts inside a value, however it is nested; those of its first `most` values, if given.

    Whoever reads what is nested at each of its levels has to say how much of it.
    """
    waiting, seen = [value], 0
    while waiting and not (most and seen > most):
        item = waiting.pop()
        seen += 1
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict):
            waiting.extend(islice(item.values(), most or None))
        elif isinstance(item, list):
            waiting.extend(item[:most] if most else item)


def truth(value: object) -> bool | None:
    """What a flag says; absent and null are False, None is a word that cannot be read."""
    if value is None or isinstance(value, bool):
        return bool(value)
    if isinstance(value, int | float):
        return bool(value) if value in (0, 1) else None
    if isinstance(value, str):
        word = value.strip().casefold()
        return True if word in YES else False if word in NO else None
    return None


def number(value: object) -> int | None:
    """A whole number, also where it stands as text; None where there is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, str):
        word = value.strip()
        return int(word) if re.fullmatch(r"[+-]?\d{1,18}", word, re.ASCII) else None
    return value if isinstance(value, int) else None


def instant(value: object) -> datetime | None:
    """An instant (RFC 3339 and its variants, or seconds since 1970); UTC where no zone is named.

    None where it is no time; zero means none, as in MISP.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return _since_1970(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if EPOCH.fullmatch(text):
        return _since_1970(float(text))
    stamp = STAMP.fullmatch(text[:80])
    return _stamped(stamp) if stamp else None


def _since_1970(count: float) -> datetime | None:
    if isinstance(count, float) and not math.isfinite(count):
        return None
    if not 0 < count < 10**17:
        return None
    seconds = count / (10**6 if count >= 10**14 else 10**3 if count >= 10**11 else 1)
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _stamped(stamp: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second, fraction, zone = stamp.groups()
    try:
        at = datetime(
            int(year),
            int(month),
            int(day),
            int(hour or 0),
            int(minute or 0),
            min(int(second or 0), 59) if second == "60" else int(second or 0),
            int((fraction or "0")[:6].ljust(6, "0")),
            _zone(zone),
        )
        return at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(word: str | None) -> timezone:
    if word is None or word[0] not in "+-":
        return UTC
    digits = word[1:].replace(":", "").ljust(4, "0")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if word[0] == "-" else away)
