"""What a question is cut into, and where its words stand in a text that was found."""

import re
import unicodedata
from collections.abc import Iterator

from portal.texts import as_plain

MOST_WORDS = 10
LONGEST = 64  # characters of a word
AROUND = 90
READ = 400  # characters on either side of the first word that are read as Markdown
LETTER = r"[^\W_]"
NO_LETTER = f"(?!{LETTER})"
WORD = re.compile(f"{LETTER}+")


def words_of(asked: str) -> list[str]:
    """The words of a question as the index keeps words: small letters, no marks above them."""
    plain = unicodedata.normalize("NFKD", asked).lower()
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return [word[:LONGEST] for word in WORD.findall(bare)][:MOST_WORDS]


def holds(said: str, words: list[str]) -> bool:
    """Whether a text holds any of the words; the last may be the beginning of one."""
    return _first(said, words) is not None


def pieces(said: str, words: list[str]) -> tuple[tuple[str, bool], ...]:
    """The part of a Markdown text around its first searched word, as plain text in pieces.

    Each piece is a searched word or not.
    """
    first = _first(said, words) or 0
    start = max(0, first - READ)
    # From the beginning of a line, where there is one: signs mean something there.
    start = max(start, said.find("\n", start, first) + 1) if start else 0
    plain = " ".join(as_plain(said[start : first + READ]).split())
    first = _first(plain, words) or 0
    begin = max(0, first - AROUND)
    part = plain[begin : first + 2 * AROUND].strip()
    found, done = [("… ", False)] if start or begin else [], 0
    for start, stop in _spans(part, words):
        found += [(part[done:start], False), (part[start:stop], True)]
        done = stop
    return (*found, (part[done:], False))


def _spans(said: str, words: list[str]) -> Iterator[tuple[int, int]]:
    if said.isascii():
        # As below, but the words that do not fit are passed over at once.
        for match in _fitting(words).finditer(said.lower()):
            yield match.span()
        return
    *whole, begun = words
    for match in WORD.finditer(said):
        word = match.group()
        # Most words have no marks, and are one word in the index as well.
        plain = word.lower()[:LONGEST] if word.isascii() else "".join(words_of(word))
        if plain in whole or plain.startswith(begun):
            yield match.span()


def _fitting(words: list[str]) -> re.Pattern[str]:
    # Of a word that fills the index's length nobody knows how it goes on.
    *whole, begun = words
    ends = [f"{word}{'' if len(word) == LONGEST else NO_LETTER}" for word in whole]
    return re.compile(f"(?<!{LETTER})(?:{'|'.join([*ends, begun])})(?:{LETTER})*")


def _first(said: str, words: list[str]) -> int | None:
    return next((begin for begin, _end in _spans(said, words)), None)
