"""What one text says otherwise than another: field by field, prose by lines or by words."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

PROSE: Final = frozenset({"summary", "body", "how_known"})
WORDS: Final = re.compile(r"\S+|\s+")
MARKS: Final = {" ": "same", "-": "gone", "+": "new"}


@dataclass(frozen=True)
class Change:
    """One field that two texts say otherwise.

    Prose comes in parts marked same, gone or new: lines of it, or words where `by_words`.
    """

    field: str
    before: Any
    after: Any
    parts: tuple[tuple[str, str], ...] = ()
    by_words: bool = False


def changes(
    before: dict[str, Any], after: dict[str, Any], *, by_words: bool = False
) -> list[Change]:
    """The fields in which two texts differ, in the order of the text."""
    compare = words if by_words else lines
    return [
        Change(
            name,
            before.get(name),
            value,
            compare(before.get(name) or "", value or "") if name in PROSE else (),
            by_words,
        )
        for name, value in after.items()
        if before.get(name) != value
    ]


def lines(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Two texts line by line."""
    return _marked(before.splitlines(), after.splitlines())


def words(before: str, after: str) -> tuple[tuple[str, str], ...]:
    """Two texts word by word; neighbours of one mark are joined, white space is kept."""
    joined: list[tuple[str, str]] = []
    for mark, word in _marked(WORDS.findall(before), WORDS.findall(after)):
        if joined and joined[-1][0] == mark:
            joined[-1] = (mark, joined[-1][1] + word)
        else:
            joined.append((mark, word))
    return tuple(joined)


def _marked(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, str], ...]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)

    def parts() -> Iterable[tuple[str, str]]:
        for tag, i, k, j, m in matcher.get_opcodes():
            if tag == "equal":
                yield from ((MARKS[" "], part) for part in before[i:k])
            else:
                yield from ((MARKS["-"], part) for part in before[i:k])
                yield from ((MARKS["+"], part) for part in after[j:m])

    return tuple(parts())
