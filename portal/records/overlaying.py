"""What was taken out of a redacted version, found by laying it over its source: kept nowhere else.

Where several answers fit, what is given back takes out at least as much as the version does.
"""

from dataclasses import dataclass
from typing import Any

from portal.bars import BAR, taken
from portal.records.redacted import GONE, LISTS, OWN, UNTOLD, Marks


def marks_of(text: dict[str, Any], redacted: dict[str, Any]) -> Marks:
    """The marks that make this version of the adopted text."""
    found = _Found(set(), {})
    for sort, prefix in (("points", ""), ("decisions", "decisions.")):
        found.lay(sort, text[sort], redacted[sort], prefix)
    words = (" ".join(word.split()) for word in found.words)
    return Marks(frozenset(found.passages), tuple(dict.fromkeys(words)))


@dataclass
class _Found:
    passages: set[str]
    words: dict[str, None]

    def lay(self, sort: str, rows: list[Any], shown: list[Any], prefix: str) -> None:
        """Lay what is shown over the rows, and keep what is missing."""
        for n, place in enumerate(_aligned(sort, rows, shown) or ()):
            if place is None:
                self.passages.add(f"{prefix}{n}")
            elif sort == "points":
                self._point(rows[n], shown[place], f"{prefix}{n}")
            else:
                self.words |= dict.fromkeys(_gaps(rows[n], shown[place]) or ())

    def _point(self, point: dict[str, Any], shown: dict[str, Any], name: str) -> None:
        whole = shown["notes"] == BAR and point["notes"] != BAR
        fields = ("title",) if whole else ("title", "notes")
        if whole:
            self.passages.add(f"{name}.notes")
        for one in fields:
            self.words |= dict.fromkeys(taken(point[one], shown[one]) or ())
        for sort in LISTS:
            self.lay(sort, point[sort], shown[sort], f"{name}.{sort}.")


def _aligned(sort: str, rows: list[Any], shown: list[Any]) -> list[int | None] | None:
    """For each row where it is shown, None where it is taken out; None if they do not fit."""
    dead: set[tuple[int, int]] = set()

    def rest(n: int, k: int) -> list[int | None] | None:
        if n == len(rows) and k == len(shown):
            return []
        if n == len(rows) or k == len(shown) or (n, k) in dead:
            return None
        if _is_gone(sort, shown[k]):
            for end in range(len(rows), n, -1):
                if (found := rest(end, k + 1)) is not None:
                    return [None] * (end - n) + found
        elif _fits(sort, rows[n], shown[k]) and (found := rest(n + 1, k + 1)) is not None:
            return [k, *found]
        dead.add((n, k))
        return None

    return rest(0, 0)


def _is_gone(sort: str, row: dict[str, Any]) -> bool:
    return {name: value for name, value in row.items() if name != "number"} == GONE[sort]


def _fits(sort: str, row: dict[str, Any], shown: dict[str, Any]) -> bool:
    if sort != "points":
        return _gaps(row, shown) is not None
    notes = shown["notes"] == BAR or taken(row["notes"], shown["notes"]) is not None
    return (
        notes
        and taken(row["title"], shown["title"]) is not None
        and all(_aligned(one, row[one], shown[one]) is not None for one in LISTS)
    )


def _gaps(row: Any, shown: Any) -> list[str] | None:
    """All that is taken out of the texts of a row; None where the two do not fit."""
    if isinstance(row, str):
        return taken(row, shown)
    if isinstance(row, list):
        pairs = list(zip(row, shown, strict=False)) if len(row) == len(shown) else None
    elif isinstance(row, dict):
        skip = {"number", *UNTOLD}
        if any(row[name] != shown[name] for name in OWN if name in row):
            return None
        pairs = [(value, shown[name]) for name, value in row.items() if name not in (*skip, *OWN)]
    else:
        return [] if row == shown else None
    if pairs is None:
        return None
    every = [_gaps(one, other) for one, other in pairs]
    return None if None in every else [gap for gaps in every if gaps for gap in gaps]
