"""Numbers and references as people and browsers send them: the one place that reads them.

What is garbled is None or empty, and never an error: whoever asks says what that means there.
"""

import re
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from models.lines import JOINERS as JOINERS
from models.lines import SOFT_HYPHEN as SOFT_HYPHEN
from models.lines import in_lines as in_lines
from models.lines import on_one_line as on_one_line

# The largest key that a column of keys holds; SQLite raises an error for numbers of 20 digits.
LARGEST: Final = 2**31 - 1
# What no XML 1.0 document may hold (W3C, 2.2), however it is written.
NOT_IN_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REFERENCE: Final = re.compile(r"[A-Z]-[0-9]{2}-[0-9A-Z]{6}", re.IGNORECASE | re.ASCII)


def whole(text: object, most: int = LARGEST) -> int | None:
    """A whole number from 0 to `most` in plain ASCII digits; None where it is anything else."""
    typed = str(text) if text is not None else ""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(most))):
        return None
    number = int(typed)
    return number if number <= most else None


def as_key(text: str) -> int:
    """The same for Flask's `type=`, which takes the default where ValueError is raised."""
    key = whole(text)
    if key is None:
        raise ValueError("no key")
    return key


def reference(text: str | None) -> str:
    """A reference as it is kept, from what somebody typed: in capitals, nothing around it."""
    return (text or "").strip().upper()


def is_reference(text: str | None) -> bool:
    """Whether a text has the form of a whole reference, in capitals or not."""
    return REFERENCE.fullmatch(text or "") is not None


def storable(text: str) -> bool:
    """Whether every database can hold a text of a file: it has no NUL and no half of a letter."""
    try:
        return "\0" not in text and bool(text.encode() or True)
    except UnicodeEncodeError:
        return False


def for_xml(text: str) -> str:
    """A document without the characters that make it no XML, which people can type all the same."""
    return NOT_IN_XML.sub("", text)


def as_day(text: str) -> date | None:
    """A day as an address or a form has it (2026-12-07); None for anything else.

    None too where there is no room for a week around it.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if MINYEAR < day.year < MAXYEAR else None
