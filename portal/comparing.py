"""What one text says otherwise than another: field by field, prose by lines or by words.

Linear in the size of the texts, whatever they are: equal beginnings and ends are taken off, then
what stands exactly once in both (a line, a word) holds the two together (patience diff, after Bram
Cohen), and only the short stretches between are compared cell by cell, within a budget for all of
them. Beyond it a stretch is gone as a whole and new as a whole: true, only coarser.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

PROSE: Final = frozenset({"summary", "body", "how_known"})
WORDS: Final = re.compile(r"\S+|\s+")
SAME, GONE, NEW = "same", "gone", "new"
CELLS: Final = 30_000  # pairs of a line or a word that are looked at one by one, in all
LARGEST: Final = 64_000  # characters in lines that differ whose words are compared
DEPTH: Final = 6  # how often a stretch is cut at what stands once in it

Part = tuple[str, str]


@dataclass(frozen=True)
class Change:
    """One field that two texts say otherwise.

    Prose comes in parts marked same, gone or new: lines of it, or words where `by_words`.
    """

    field: str
    before: Any
    after: Any
    parts: tuple[Part, ...] = ()
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


def lines(before: str, after: str) -> tuple[Part, ...]:
    """Two texts line by line."""
    return tuple(_Comparison().parts(before.splitlines(), after.splitlines()))


def words(before: str, after: str) -> tuple[Part, ...]:
    """Two texts word by word; neighbours of one mark are joined, white space is kept.

    Lines are compared first, and words within the lines that differ; where those are more than
    `LARGEST` characters, the rest of them stays whole lines.
    """
    by_lines, by_words = _Comparison(), _Comparison()
    left = LARGEST
    joined: list[tuple[str, list[str]]] = []
    for same, old, new in _stretches(by_lines.parts(_lines(before), _lines(after))):
        left -= len(old) + len(new)
        fine = left >= 0 and bool(old and new)
        said: Iterable[Part] = ((SAME, same), (GONE, old), (NEW, new))
        if fine:
            said = ((SAME, same), *by_words.parts(WORDS.findall(old), WORDS.findall(new)))
        for mark, part in said:
            if joined and joined[-1][0] == mark:
                joined[-1][1].append(part)
            elif part:
                joined.append((mark, [part]))
    return tuple((mark, "".join(parts)) for mark, parts in joined)


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _stretches(parts: Iterable[Part]) -> Iterator[tuple[str, str, str]]:
    # What is the same, and what is gone and new after it, again and again.
    said: dict[str, list[str]] = {SAME: [], GONE: [], NEW: []}
    for mark, part in parts:
        if mark == SAME and (said[GONE] or said[NEW]):
            yield "".join(said[SAME]), "".join(said[GONE]), "".join(said[NEW])
            said = {SAME: [], GONE: [], NEW: []}
        said[mark].append(part)
    yield "".join(said[SAME]), "".join(said[GONE]), "".join(said[NEW])


class _Comparison:
    """One comparison of two texts; `left` is what remains of its budget of cells."""

    def __init__(self) -> None:
        self.left = CELLS

    def parts(
        self, before: Sequence[str], after: Sequence[str], depth: int = DEPTH
    ) -> Iterator[Part]:
        """Both texts as parts: in each stretch first what is gone, then what is new."""
        start, end = _ends(before, after)
        yield from ((SAME, part) for part in before[:start])
        old, new = before[start : len(before) - end], after[start : len(after) - end]
        yield from self._between(old, new, depth)
        yield from ((SAME, part) for part in before[len(before) - end :])

    def _between(self, old: Sequence[str], new: Sequence[str], depth: int) -> Iterator[Part]:
        if len(old) * len(new) <= min(self.left, CELLS // 4):
            self.left -= len(old) * len(new)
            yield from _cell_by_cell(old, new)
            return
        anchors = _anchors(old, new) if depth else []
        if not anchors:
            yield from ((GONE, part) for part in old)
            yield from ((NEW, part) for part in new)
            return
        i = j = 0
        for k, m in [*anchors, (len(old), len(new))]:
            yield from self.parts(old[i:k], new[j:m], depth - 1)
            yield from ((SAME, part) for part in old[k : k + 1])
            i, j = k + 1, m + 1


def _ends(before: Sequence[str], after: Sequence[str]) -> tuple[int, int]:
    shorter = min(len(before), len(after))
    start = 0
    while start < shorter and before[start] == after[start]:
        start += 1
    end = 0
    while end < shorter - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return start, end


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    # What stands once on either side, as far as it stands in the same order on both: the longest
    # rising row of places, by piles.
    once, other = Counter(old), Counter(new)
    places = {part: m for m, part in enumerate(new) if other[part] == 1 and once[part] == 1}
    pairs = [(k, places[part]) for k, part in enumerate(old) if part in places]
    tops: list[int] = []
    rows: list[int] = []
    before = [-1] * len(pairs)
    for n, (_k, m) in enumerate(pairs):
        pile = bisect_left(tops, m)
        if pile == len(tops):
            tops.append(m)
            rows.append(n)
        else:
            tops[pile], rows[pile] = m, n
        before[n] = rows[pile - 1] if pile else -1
    found, n = [], rows[-1] if rows else -1
    while n >= 0:
        found.append(pairs[n])
        n = before[n]
    return found[::-1]


def _cell_by_cell(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    # The longest common row of both: how long it is from each pair of places to the end.
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below = longest[i], longest[i + 1]
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if old[i] == new[j] else max(below[j], row[j + 1])
    i = j = 0
    gone: list[Part] = []
    fresh: list[Part] = []
    while i < len(old) or j < len(new):
        if i < len(old) and j < len(new) and old[i] == new[j]:
            yield from (*gone, *fresh, (SAME, old[i]))
            gone, fresh, i, j = [], [], i + 1, j + 1
        elif j == len(new) or (i < len(old) and longest[i + 1][j] >= longest[i][j + 1]):
            gone.append((GONE, old[i]))
            i += 1
        else:
            fresh.append((NEW, new[j]))
            j += 1
    yield from (*gone, *fresh)
