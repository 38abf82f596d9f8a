"""Reading and comparing what people write takes time in proportion to its size, whatever it is.

Measured in CPU time of this process, twice as much text against once: no clock of a wall, and wide
margins, so that a slow or busy machine passes as well.
"""

import random
import time
from collections.abc import Callable

import pytest

from portal import comparing
from portal.comparing import lines, words
from portal.texts import as_html

FULL = 64 * 1024
SHAPES: dict[str, str] = {
    "brackets": "[",
    "pictures": "![",
    "open links": "[a](",
    "closed links": "](",
    "pairs": "[]",
    "quotes": "> ",
    "lists": "- ",
    "quoted lists": "> - ",
    "numbers": "1. ",
    "stars": "*",
    "emphasis": "*_",
    "strong words": "**a ",
    "mixed": "*a **b ",
    "backticks": "`",
    "fences": "~~~\n",
    "less": "<",
    "comments": "<!--",
    "ampersands": "&",
    "autolinks": "<http://a>",
    "headings": "# a\n",
    "underlined": "a\n-\n",
    "lines": "a\n",
    "items": "- a\n",
    "quoted lines": ">a\n",
    "definitions": "[a]: b\n",
    "escapes": "\\a",
    "tabs": "\t",
    "prose": "Lorem ipsum dolor **sit** amet, [x](https://a.example) `c`.\n",
}
WHOLE: dict[str, Callable[[int], str]] = {
    "a wide table": lambda n: "a|" * (n // 8) + "\n" + "-|" * (n // 8) + "\n" + "a|" * (n // 4),
    "a long table": lambda n: "|a|b|\n|-|-|\n" + "|x|y|\n" * (n // 6),
    "short rows": lambda n: "|a" * 2000 + "\n" + "|-" * 2000 + "\n" + "a\n" * (n // 2),
    "ticks": lambda n: "".join("`" * i + " " for i in range(1, int((2 * n) ** 0.5))),
    "steps": lambda n: "".join(" " * (2 * i) + "- a\n" for i in range(int(n**0.5))),
    "deep quotes": lambda n: "".join(">" * i + "a\n" for i in range(int((2 * n) ** 0.5))),
    "one definition": lambda n: f"[a]: /{'x' * (n // 2)}\n\n" + "[a]" * (n // 6),
}
ALL = WHOLE | {
    name: (lambda n, unit=unit: unit * (n // len(unit))) for name, unit in SHAPES.items()
}


def cpu(act: Callable[[], object]) -> float:
    """The least CPU time of three tries, in seconds."""

    def once() -> float:
        began = time.process_time()
        act()
        return time.process_time() - began

    return min(once() for _ in range(3))


def test_what_no_page_can_be_is_shown_as_typed_and_long_prose_is_not() -> None:
    table = "| what | who | when |\n|-|-|-|\n" + "| a longer cell | somebody | 3 May |\n" * 1000
    for long in (SHAPES["prose"] * 1600, table, "- an item of a long list\n" * 4000):
        assert len(long) > 30_000
        assert as_html(long).count("<") > 5000
    for shape in ("headings", "ampersands", "underlined", "escapes"):
        dense = SHAPES[shape] * (FULL // len(SHAPES[shape]))
        assert as_html(dense).count("<") == 2, shape


@pytest.mark.parametrize("shape", ALL)
def test_markdown_is_read_in_proportion_to_its_size(shape: str) -> None:
    half, full = ALL[shape](FULL // 2), ALL[shape](FULL)
    assert cpu(lambda: as_html(full)) < 0.02 + 4 * cpu(lambda: as_html(half))
    assert cpu(lambda: as_html(full)) < 1, "some 20 times what it takes on a quiet machine"
    assert len(as_html(full)) < 12 * len(full) + 20_000


def test_prose_of_64_kb_takes_a_blink() -> None:
    """50 ms are the bound on a quiet core, and twice as much is granted to a busy one."""
    assert cpu(lambda: as_html(ALL["prose"](FULL))) < 0.1


def honest(size: int, seed: int = 1) -> tuple[str, str]:
    """A text, and the same with one word in twenty said otherwise."""
    chance = random.Random(seed)
    vocabulary = [f"word{n}" for n in range(3000)]
    often = [1 / (n + 1) for n in range(3000)]
    text = ""
    while len(text) < size:
        text += " ".join(chance.choices(vocabulary, often, k=400)) + ".\n"
    other = text.split(" ")
    for _ in range(len(other) // 20):
        other[chance.randrange(len(other))] = f"changed{chance.randrange(1000)}"
    return text, " ".join(other)


def numbered(start: int, size: int) -> str:
    return "\n".join(str(n) for n in range(start, start + size // 6))


def on_one_line(size: int) -> tuple[str, str]:
    one, other = honest(size)
    return one.replace("\n", " "), other.replace("\n", " ")


PAIRS: dict[str, Callable[[int], tuple[str, str]]] = {
    "honest": honest,
    "unrelated": lambda n: (honest(n, 2)[0], honest(n, 3)[0]),
    "equal lines": lambda n: ("\n" * n, "\n" * (n - 9) + "x"),
    "two lines in turn": lambda n: ("a\n" * (n // 2), "b\na\n" * (n // 4)),
    "alternating words": lambda n: ("a b\n" * (n // 4), "b a\n" * (n // 4)),
    "no equal line": lambda n: (numbered(0, n), numbered(100_000, n)),
    "one line": lambda n: ("x" * n, "y" * n),
    "one line of words": lambda n: ("a b " * (n // 4), "b a c " * (n // 6)),
    "one line of numbers": on_one_line,
    "reversed": lambda n: (numbered(0, n), "\n".join(numbered(0, n).splitlines()[::-1])),
    "nothing": lambda n: ("", numbered(0, n)),
}


@pytest.mark.parametrize("compare", [words, lines])
@pytest.mark.parametrize("shape", PAIRS)
def test_two_texts_are_compared_in_proportion_to_their_size(
    shape: str, compare: Callable[[str, str], tuple[tuple[str, str], ...]]
) -> None:
    half, full = PAIRS[shape](FULL // 2), PAIRS[shape](FULL)
    # The budget of cells is spent by both: it is no growth.
    assert cpu(lambda: compare(*full)) < 0.03 + 4 * cpu(lambda: compare(*half))
    assert cpu(lambda: compare(*full)) < 1, "some 20 times what it takes on a quiet machine"


@pytest.mark.parametrize("shape", PAIRS)
def test_a_comparison_gives_both_texts_back(shape: str) -> None:
    before, after = PAIRS[shape](FULL // 4)
    parts = words(before, after)
    assert "".join(text for mark, text in parts if mark != "new") == before
    assert "".join(text for mark, text in parts if mark != "gone") == after
    rows = lines(before, after)
    assert [text for mark, text in rows if mark != "new"] == before.splitlines()
    assert [text for mark, text in rows if mark != "gone"] == after.splitlines()


def test_an_honest_change_is_shown_by_its_words() -> None:
    before, after = honest(FULL // 4)
    same = sum(len(text) for mark, text in words(before, after) if mark == "same")
    assert same > 0.9 * len(before)
    few = words("The port stays open until May.", "The port stays shut until June.")
    assert [text for mark, text in few if mark == "new"] == ["shut", "June."]


def test_never_more_cells_are_looked_at_than_the_budget_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = 0
    as_before = comparing._cell_by_cell

    def counted(old: list[str], new: list[str]) -> object:
        nonlocal looked
        looked += len(old) * len(new)
        return as_before(old, new)

    monkeypatch.setattr(comparing, "_cell_by_cell", counted)
    for pair in PAIRS.values():
        looked = 0
        words(*pair(FULL))
        assert looked <= 2 * comparing.CELLS
