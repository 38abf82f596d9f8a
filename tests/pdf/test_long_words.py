"""Words of thousands of letters: broken to fit, all there, and without a square of their length.

To break a word of a cell anywhere, the library lays out what is left of it for each letter: one of
4,000 took a minute of the processor, one of 10,000 longer than anybody waits.
"""

from typing import Any

import pytest

pytest.importorskip("portal.printing", reason="PDF needs Pango")

from weasyprint import HTML

from portal import printing
from tests.pdf.test_pdf import Page, reader, texts

pytestmark = pytest.mark.laid_out
LETTERS = "0123456789abcdef"


def prepared(body: str) -> Any:
    page = HTML(string=f"<!doctype html><html><body>{body}</body></html>").etree_element
    printing._prepare(page)
    return page


def table(*words: str) -> str:
    cells = "".join(f"<td><p>{word}</p></td>" for word in words)
    return f"<table><tr><th>When</th>{cells}</tr></table>"


def classes(page: Any, tag: str) -> list[str]:
    return [str(part.get("class") or "").strip() for part in page.iter(tag)]


def test_a_table_of_short_and_long_words_breaks_the_long_ones() -> None:
    page = prepared(table("short", LETTERS * 4))
    assert classes(page, "table") == [""]
    assert classes(page, "td") == ["", "go-long"]


@pytest.mark.parametrize("words", [[LETTERS * 250], [LETTERS * 6] * 25], ids=["one", "many"])
def test_where_that_would_take_long_the_columns_are_fixed(words: list[str]) -> None:
    page = prepared(table(*words))
    assert classes(page, "table") == ["go-fixed"]
    assert set(classes(page, "td")) == {""}


def test_each_table_is_judged_for_itself() -> None:
    page = prepared(table(LETTERS * 250) + table(LETTERS * 4))
    assert classes(page, "table") == ["go-fixed", ""]
    assert classes(page, "td") == ["", "go-long"]


@pytest.mark.parametrize(
    ("word", "loosened"),
    [(LETTERS * 125, True), (LETTERS * 124, False), ("\u6f22" * 2000, False), ("ab " * 900, False)],
)
def test_an_endless_word_gets_places_to_be_broken_at(word: str, loosened: bool) -> None:
    (paragraph,) = prepared(f"<p>{word}</p>").iter("p")
    assert (printing.ZERO_WIDTH_SPACE in paragraph.text) == loosened
    assert paragraph.text.replace(printing.ZERO_WIDTH_SPACE, "") == word
    runs = paragraph.text.split(printing.ZERO_WIDTH_SPACE)
    assert not loosened or max(map(len, runs)) == printing.PIECE


def test_none_of_its_letters_is_lost_on_paper(page: Page) -> None:
    word = LETTERS * 250
    said = "".join(texts(reader(page(rows=1, said=word, text=word))))
    letters = said.replace("\n", "").replace(printing.ZERO_WIDTH_SPACE, "")
    assert letters.count(LETTERS) >= 2 * 240, "but for what the feet of pages part"
