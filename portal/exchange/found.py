"""What was found in a file: the text of a notice, its signs and tags, and what is left out.

Nothing in a file is trusted: every value is asked for by type, cut to length and cleaned.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from models.vocabulary import Pap, Tlp
from portal.errors import Invalid
from portal.notices import NoticeText
from portal.words import N_

MOST_SIGNS = 5_000
MOST_TAGS = 200


class Unreadable(Invalid):
    """The file cannot be taken; the message says why, next to the field `file`."""

    def __init__(self, message: str) -> None:
        super().__init__({"file": message})


@dataclass(frozen=True)
class Line:
    """A sentence about the file: a message id, and the values that stand in it."""

    message: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sign:
    """A technical sign: a STIX pattern, or a type with a value."""

    type: str
    value: str
    pattern: str | None = None
    category: str = ""
    detection: bool = False
    comment: str = ""
    first_seen_at: datetime | None = None
    last_seen_at: datetime | None = None


@dataclass(frozen=True)
class Found:
    """All that a file gives: what a draft would hold, and what is left behind."""

    text: NoticeText
    source_format: str
    source_id: str
    signs: tuple[Sign, ...]
    tags: tuple[str, ...]
    notes: tuple[Line, ...]
    left: tuple[Line, ...]


def said(value: object, longest: int = 1000) -> str:
    """A text of the file: cleaned of lone surrogates and control characters, and cut."""
    if not isinstance(value, str):
        return ""
    whole = value[:longest].encode("utf-8", "replace").decode()
    return "".join(c for c in whole if c.isprintable() or c in "\n\t").strip()


def rows(value: object) -> list[dict[str, Any]]:
    """The objects of a list of the file; anything else is left out."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def texts(value: object, longest: int = 255) -> list[str]:
    """The texts of a list of the file."""
    listed = value if isinstance(value, list) else []
    return [text for text in (said(item, longest) for item in listed) if text]


def instant(value: object) -> datetime | None:
    """An instant of the file (RFC 3339, UTC where it names no zone); None where it is no time."""
    if not isinstance(value, str):
        return None
    try:
        at = datetime.fromisoformat(value)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def strictest_tlp(words: list[str]) -> Tlp | None:
    """The strictest of the markings named; TLP 1 `white` is CLEAR."""
    named = [w.lower().removeprefix("tlp:").replace("white", "clear").upper() for w in words]
    known = [Tlp(word) for word in named if word in set(Tlp)]
    return max(known, key=lambda tlp: tlp.rank, default=None)


def strictest_pap(words: list[str]) -> Pap | None:
    """The strictest of the permissible actions named."""
    order = list(Pap)
    named = [w.lower().removeprefix("pap:").replace("white", "clear").upper() for w in words]
    known = [Pap(word) for word in named if word in set(Pap)]
    return max(known, key=order.index, default=None)


def marking_lines(tlp: Tlp | None, pap: Pap | None, parts: int) -> list[Line]:
    """What is said about the markings of a file."""
    lines = []
    if tlp is None:
        lines.append(
            Line(N_("The file names no TLP; TLP:AMBER+STRICT is put until you choose another."))
        )
    elif parts > 1:
        lines.append(
            Line(
                N_("The file carries several markings; the strictest, TLP:%(tlp)s, is taken."),
                {"tlp": tlp},
            )
        )
    if pap is None:
        lines.append(Line(N_("The file names no PAP; PAP:AMBER is put until you choose another.")))
    return lines


def left_lines(left: Counter[str]) -> list[Line]:
    """What is left behind, counted by sort."""
    return [
        Line(N_("%(n)s × %(sort)s: not taken."), {"n": count, "sort": sort})
        for sort, count in sorted(left.items())
    ]


def enough(signs: list[Sign], left: list[Line]) -> tuple[Sign, ...]:
    """The signs without doubles, at most 5,000; says so when there are more."""
    single = tuple(dict.fromkeys(signs))
    if len(single) > MOST_SIGNS:
        left.append(
            Line(
                N_("Only the first %(n)s of %(all)s indicators are taken."),
                {"n": MOST_SIGNS, "all": len(single)},
            )
        )
    return single[:MOST_SIGNS]
