"""Taking words out of a text: a bar of one length stands in their place, whatever stood there.

Words are found whatever their case, accents, hyphens, spaces and invisible letters; from four
letters on also within a longer word, which then goes as a whole: "Telco" takes "Telcos" along.
Pure functions; what they leave behind holds nothing of what was taken out.
"""

import re
import unicodedata
from collections.abc import Iterable
from html import unescape
from itertools import pairwise
from typing import Final

from portal.texts import as_html

BAR: Final = "▇▇▇"
SHORT: Final = 3  # letters: "UN" is taken out of no "fund"
DASHES: Final = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
ALIKE: Final = {"ı": "i"} | dict.fromkeys(DASHES, "-")
UNSEEN: Final = frozenset(("Mn", "Me", "Cf"))  # accents, and what is there without being seen
# Scripts that set no spaces between words: a word there ends where it was said to end.
UNSPACED: Final = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
TAGS: Final = re.compile(r"<[^>]*>")
BLOCKS: Final = re.compile(r"</(?:p|li|h\d|td|th|pre|blockquote)>|<br ?/?>")


def folded(text: str) -> tuple[str, list[int]]:
    """The text as it is searched, and for each letter of it the place that it comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        plain = unicodedata.normalize("NFKD", letter).casefold()
        for one in unicodedata.normalize("NFKD", plain):
            if one.isspace():
                one = " "
                if letters and letters[-1] == " ":
                    continue
            elif unicodedata.category(one) in UNSEEN:
                continue
            letters.append(ALIKE.get(one, one))
            places.append(place)
    return "".join(letters), places


def take_out(text: str, words: Iterable[str]) -> str:
    """The text with a bar in the place of each of the words; bars beside one another are one."""
    plain, places = folded(text)
    after = dict(pairwise([*dict.fromkeys(places), len(text)]))
    found = sorted(
        (places[start], after[places[end - 1]])
        for word in words
        for start, end in _places(plain, folded(word)[0].strip())
    )
    parts: list[str] = []
    done = 0
    for start, end in found:
        if start < done:
            done = max(done, end)
            continue
        between = text[done:start]
        if not parts or between.strip():
            parts.append(between)
        done = end
    return BAR.join([*parts, text[done:]]) if found else text


def _places(plain: str, word: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = plain.find(word) if word else -1
    while start >= 0:
        first, end = start, start + len(word)
        while first > 0 and _goes_on(plain, first - 1, first):
            first -= 1
        while end < len(plain) and _goes_on(plain, end - 1, end):
            end += 1
        alone = (first, end) == (start, start + len(word))
        if alone or len(word) > SHORT:
            found.append((first, end))
        start = plain.find(word, start + 1)
    return found


def _goes_on(plain: str, left: int, right: int) -> bool:
    """Whether a word goes on from one place to the next."""
    return all(plain[n].isalnum() and not _unspaced(plain[n]) for n in (left, right))


def _unspaced(letter: str) -> bool:
    return any(first <= ord(letter) <= last for first, last in UNSPACED)


def shows(text: str, words: Iterable[str]) -> bool:
    """Whether a reader of this Markdown text would still see one of the words."""
    seen = unescape(TAGS.sub("", BLOCKS.sub("\n", as_html(text))))
    return take_out(seen, words) != seen


def taken(before: str, after: str) -> list[str] | None:
    """What a bar stands for at each place, the text before being known; None if it does not fit.

    Where several ways fit, what is given back covers the same places all the same.
    """
    first, *rest = after.split(BAR)
    if not rest:
        return [] if before == after else None
    if not before.startswith(first):
        return None
    found, place = [], len(first)
    for part in rest[:-1]:
        where = before.find(part, place + 1)
        if where < 0:
            return None
        found.append(before[place:where])
        place = where + len(part)
    where = len(before) - len(rest[-1])
    if where <= place or not before.endswith(rest[-1]):
        return None
    return [*found, before[place:where]]
