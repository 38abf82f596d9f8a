"""Words fit their room: nothing is wider, nothing is lost before the mark that something is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.text_width import parts_in_lines, plain, shortened, width_of, wrapped

ROOM = 170.0
texts = st.text(max_size=120)


@given(texts, st.integers(1, 4))
def test_no_line_is_wider_than_the_room(text: str, most: int) -> None:
    lines = wrapped(text, ROOM, most)
    assert len(lines) <= most
    assert all(width_of(line) <= ROOM for line in lines)


@given(texts)
def test_with_lines_enough_nothing_is_lost(text: str) -> None:
    lines = wrapped(text, ROOM, 200)
    assert "".join(lines).replace(" ", "") == plain(text).replace(" ", "")
    assert all(line for line in lines)


@given(texts, st.integers(1, 3))
def test_what_is_cut_says_so(text: str, most: int) -> None:
    whole, lines = wrapped(text, ROOM, 200), wrapped(text, ROOM, most)
    if len(whole) > most:
        assert lines[-1].endswith("…")
        assert lines[:-1] == whole[: most - 1]
    else:
        assert lines == whole


def test_about_twenty_two_letters_fit_a_line_of_a_box() -> None:
    line, *_rest = wrapped("Publish the list of updates of the year", ROOM, 3)
    assert line == "Publish the list of"
    assert 20 <= len(shortened("abcdefghij klmnopq rstuvw xyz", ROOM)) <= 26


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", ()),
        ("  \n ", ()),
        ("one", ("one",)),
        ("Response teams left alone", ("Response teams left", "alone")),
        ("Supercalifragilisticexpialidocious", ("Supercalifragilisticexpia", "lidocious")),
    ],
)
def test_words_break_at_spaces_and_long_ones_anywhere(text: str, lines: tuple[str, ...]) -> None:
    assert wrapped(text, ROOM, 3) == lines


def test_wide_letters_take_more_room() -> None:
    assert width_of("調停の約束") > width_of("abcde")
    assert width_of("WWWWW") > width_of("iiiii")
    assert width_of("é") == width_of("e\u0301"), "a mark above takes none"


def test_what_no_picture_may_hold_is_left_out() -> None:
    assert plain("a\x00b\u0007 \t\n c\ud800") == "ab c"
    assert plain("\u200fشبكة") == "\u200fشبكة", "what turns a text around stays"


@pytest.mark.parametrize(
    ("parts", "sizes"),
    [
        (("a long title that takes three lines of a box and more",), [3]),
        (("a long title that takes three lines of a box and more", "Telco"), [2, 1]),
        (("a short one", "a long second part that takes more than a line"), [1, 2]),
        (("one", "two", "three", "four"), [1, 1, 1]),
        (("", "one", " "), [1]),
        ((), []),
    ],
)
def test_each_part_begins_a_line_and_the_first_gets_what_is_left(
    parts: tuple[str, ...], sizes: list[int]
) -> None:
    assert [len(lines) for lines in parts_in_lines(parts, ROOM, 3)] == sizes
