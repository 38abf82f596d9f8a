"""How much room words take, and words made to fit it. No font is at hand: widths are guessed.

The guesses are a little wide on purpose: a word that ends too early is better than one that sticks
out of its box. Whoever needs the whole text finds it in the table beside the picture.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final

SIZE: Final = 14.0  # of letters, as static/portal.css has it
LINE: Final = 19.0  # from one baseline to the next
NARROW: Final = frozenset("fijlrtIJ.,:;'’|!()[]/-·\" ")
BROAD: Final = frozenset("mwMW@%&…—→")


def plain(text: str) -> str:
    """A text on one line, without what no picture may hold (control characters, half pairs)."""
    whole = " ".join(str(text).split())
    if whole.isprintable():
        return whole
    return "".join(letter for letter in whole if unicodedata.category(letter) not in ("Cc", "Cs"))


def width_of(text: str, size: float = SIZE) -> float:
    """About how wide a text is."""
    return size * sum(map(_width, text))


def _begins(text: str, room: float, size: float, ending: str = "") -> int:
    """How many letters of a text fit the room, with an ending behind them; reads no further."""
    taken, end = 0.0, width_of(ending, 1)
    for fits, letter in enumerate(text):
        taken += _width(letter)
        if size * (taken + end) > room:
            return fits
    return len(text)


def _width(letter: str) -> float:
    known = WIDTHS.get(letter)
    return _guessed(letter) if known is None else known


def _guessed(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in BROAD:
        return 0.92
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in ("W", "F"):
        return 1.05
    return 0.7 if letter.isupper() else 0.57


# Of the letters that most names are made of, once.
WIDTHS: Final = {letter: _guessed(letter) for letter in map(chr, range(0x250))}


def shortened(text: str, room: float, size: float = SIZE) -> str:
    """A text that fits the room, with … where it was cut."""
    if _begins(text, room, size) == len(text):
        return text
    return f"{text[: _begins(text, room, size, '…')].rstrip()}…"


def wrapped(text: str, room: float, most: int, size: float = SIZE) -> tuple[str, ...]:
    """A text in lines that fit the room; what is left after `most` lines is cut with …."""
    rest, lines = plain(text), list[str]()
    while rest and len(lines) < most - 1:
        line, rest = _broken(rest, room, size)
        lines.append(line)
    if rest and most > 0:
        lines.append(shortened(rest, room, size))
    return tuple(lines)


def _broken(text: str, room: float, size: float) -> tuple[str, str]:
    """The beginning of a text that fills a line, and the rest; a long word is broken anywhere."""
    fits = max(_begins(text, room, size), 1)
    if fits == len(text):
        return text, ""
    at = text.rfind(" ", 1, fits + 1)
    if at > 0:
        return text[:at], text[at + 1 :]
    return text[:fits], text[fits:]


def parts_in_lines(parts: Sequence[str], room: float, most: int) -> list[tuple[str, ...]]:
    """Several texts in lines, each text with a line at least; the first gets what is left over."""
    lines: list[tuple[str, ...]] = []
    texts = [text for part in parts if (text := plain(part))][:most]
    for n, text in enumerate(texts):
        left = most - sum(map(len, lines)) - (len(texts) - n - 1)
        lines.append(wrapped(text, room, left))
    return lines
