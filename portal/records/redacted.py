"""What a redacted version says: the adopted text without the passages and words taken out.

Passages are named by their place in the adopted text, which does not change any more. Where several
beside one another are taken out, one bar stands for them all: their number is not told either.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from portal.bars import BAR, shows, take_out

LISTS: Final = ("positions", "decisions", "actions")
ANSWERS: Final = "answers"
# What stands in place of a passage that is taken out as a whole.
GONE: Final[dict[str, dict[str, Any]]] = {
    "positions": {"delegation": BAR, "words": BAR},
    "decisions": {
        "question": BAR, "stands": "", "outcome": "", "put_at": "", "closed_at": "",
        "review_on": "", "counts": {}, "answers": [],
    },
    "actions": {"organisation": BAR, "to": BAR, "text": BAR, "due_on": ""},
    "points": {"title": BAR, "notes": "", "positions": [], "decisions": [], "actions": []},
}  # fmt: skip
UNTOLD: Final = ("put_at", "closed_at")  # when exactly people met is no matter of the record
# Values of the portal's own, in which no word of a person can stand.
OWN: Final = ("stands", "stance", "counts", "due_on", "review_on")


@dataclass(frozen=True)
class Marks:
    """What a writer takes out: passages by name, and words wherever they stand."""

    passages: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A part of a record that can be taken out as a whole; `type` is the type of its row."""

    name: str
    type: str
    title: str
    words: str


def passages_of(text: dict[str, Any]) -> list[Passage]:
    """All passages of an adopted text, in its order, each point before its parts."""
    return list(_passages(text))


def _passages(text: dict[str, Any]) -> Iterator[Passage]:
    for n, point in enumerate(text["points"]):
        title = f"{point['number']}. {point['title']}"
        yield Passage(f"{n}", "points", title, "")
        if point["notes"]:
            yield Passage(f"{n}.notes", "notes", title, point["notes"])
        for sort in LISTS:
            for k, row in enumerate(point[sort]):
                yield Passage(f"{n}.{sort}.{k}", sort, title, _line(sort, row))
    for k, row in enumerate(text["decisions"]):
        yield Passage(f"decisions.{k}", "decisions", "", _line("decisions", row))


def _line(sort: str, row: dict[str, Any]) -> str:
    if sort == "positions":
        return f"{row['delegation']}: {row['words']}"
    if sort == "actions":
        return f"{row['organisation']} → {row['to']}: {row['text']}"
    return f"{row['question']} {row['outcome']}".strip()


def redacted_text(
    text: dict[str, Any], marks: Marks, *, title: str, tlp: str, ref: str
) -> dict[str, Any]:
    """The adopted text less what is marked, under a title and marking of its own.

    Of its source it names the reference and the SHA-256, of the dialogue nothing but the rule.
    """
    clean = partial(_clean, words=marks.words)
    points = _merged("points", text["points"], marks, "", partial(_point, marks=marks))
    return {
        "title": title,
        "tlp": tlp,
        "rule": text["rule"],
        "redacted": True,
        "source": {"ref": ref},
        "points": points,
        "decisions": _merged("decisions", text["decisions"], marks, "decisions.", clean),
    }


def _point(point: dict[str, Any], name: str, marks: Marks) -> dict[str, Any]:
    gone = f"{name}.notes" in marks.passages
    return {
        "title": take_out(point["title"], marks.words),
        "notes": BAR if gone else take_out(point["notes"], marks.words),
        **{
            sort: _merged(
                sort, point[sort], marks, f"{name}.{sort}.", partial(_clean, words=marks.words)
            )
            for sort in LISTS
        },
    }


def _merged(
    sort: str, rows: list[Any], marks: Marks, prefix: str, shown: Callable[..., dict[str, Any]]
) -> list[dict[str, Any]]:
    """The rows that stay, and one in place of each run of those that go; numbered anew."""
    kept: list[dict[str, Any]] = []
    for n, row in enumerate(rows):
        name = f"{prefix}{n}"
        one = GONE[sort] if name in marks.passages else shown(row, name)
        if one is not GONE[sort] or not kept or kept[-1] is not one:
            kept.append(one)
    numbered = sort != "positions"
    return [({"number": n} if numbered else {}) | row for n, row in enumerate(kept, 1)]


def _clean(row: Any, _name: str = "", *, words: Iterable[str]) -> Any:
    """The same with words taken out of every text, and without keys and times of the source."""
    if isinstance(row, str):
        return take_out(row, words)
    if isinstance(row, list):
        return [_clean(one, words=words) for one in row]
    if not isinstance(row, dict):
        return row
    said = {
        name: value if name in OWN else _clean(value, words=words)
        for name, value in row.items()
        if name != "number"
    }
    return said | {name: "" for name in UNTOLD if name in row}


def still_shown(text: dict[str, Any], words: tuple[str, ...]) -> list[str]:
    """Titles of points in which a reader would still see one of the words, by some mark-up."""
    return [
        f"{point['number']}. {point['title']}"
        for point in text["points"]
        if any(shows(words_of, words) for words_of in _texts(point))
    ]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
