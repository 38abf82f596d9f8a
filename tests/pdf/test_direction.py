"""Each block of a print has the direction of its own words: WeasyPrint reads no `auto`."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from portal.pdf import without_font
from portal.printing import _direct, direction_of

HEBREW, ARABIC = "נתונים (שנה אחת).", "لا هجمات (أبدًا)!"


def directed(inside: str) -> Element:
    page = fromstring(f'<html dir="ltr"><body>{inside}</body></html>')
    _direct(page)
    return page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEBREW, "rtl"),
        (ARABIC, "rtl"),
        ("(2026) " + HEBREW, "rtl"),
        ("Telco, נתונים", "ltr"),
        ("日本語。", "ltr"),
        ("2026!", ""),
        ("", ""),
    ],
)
def test_the_first_strong_letter_says_it(text: str, said: str) -> None:
    assert direction_of(text) == said


def test_each_block_of_a_text_has_its_own() -> None:
    page = directed(
        f'<div dir="auto"><p>{HEBREW}</p><p>In English (yes).</p><ul><li>{ARABIC}</li>'
        f"<li>One.</li></ul><table><tr><th>{HEBREW}</th><td>2026</td></tr></table></div>"
    )
    div = page.find(".//div")
    assert div is not None
    assert div.get("dir") == "rtl"
    blocks = {tag: [part.get("dir") for part in page.iter(tag)] for tag in ("p", "li", "ul", "th")}
    assert blocks == {"p": ["rtl", "ltr"], "li": ["rtl", "ltr"], "ul": ["rtl"], "th": ["rtl"]}
    assert [cell.get("dir") for cell in page.iter("td")] == [None], "digits go with their table"


def test_a_name_is_set_apart_in_its_own_direction_and_our_words_stay() -> None:
    page = directed(f"<h1><bdi>{HEBREW}</bdi></h1><h2>Commitment</h2><p>2026</p>")
    assert [part.get("dir") for part in page.iter("bdi")] == ["rtl"]
    assert [part.get("dir") for part in page.iter("h2")] == [None]
    assert page.get("dir") == "ltr"


def test_fonts_that_are_there_are_not_said_to_be_missing() -> None:
    assert not {"ar", "he", "ru"} & set(without_font())
