"""What a question is cut into, and where its words stand in a text that was found."""

import html
import re
import unicodedata
from collections.abc import Iterator

from markupsafe import Markup

from models.marks import MARKS, PLAIN
from portal.texts import as_plain

MOST_WORDS = 10
LONGEST = 64  # characters of a word
AROUND = 90
READ = 400  # characters on either side of the first word that are read as Markdown
BETWEEN = " · "  # passages of a text
ENDS = (".", "!", "?", ":", ";", ",", "…", "。", "؟", "।")
LETTER = r"[^\W_]"
NO_LETTER = f"(?!{LETTER})"
WORD = re.compile(f"{LETTER}+")
SHOWN = re.compile(f"{LETTER}(?:{LETTER}|[{MARKS}])*")  # a word of a text, with its marks


def printable(asked: str) -> str:
    """A question with a space for what is invisible: the index ends a word there."""
    return "".join(c if c.isprintable() else " " for c in asked).strip()


def words_of(asked: str) -> list[str]:
    """The words of a question as they are compared: small letters, no marks above them."""
    plain = unicodedata.normalize("NFKD", asked).lower()
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return [word[:LONGEST] for word in WORD.findall(bare.translate(PLAIN))][:MOST_WORDS]


def pieces_of(asked: str) -> list[str]:
    """The words of a question as they were typed, with all marks of their letters.

    Of signs alone, such as №, those that they stand for.
    """
    spaced = "".join(c if WORD.match(c) or _is_mark(c) else " " for c in asked)
    return [word[:LONGEST] for word in spaced.split()][:MOST_WORDS] or words_of(asked)


def as_kept(asked: str) -> str:
    """A question in small letters, as SQLite keeps texts: й and 한 stay one sign."""
    plain = unicodedata.normalize("NFC", asked).translate(PLAIN)
    return "".join(map(_bare_if_latin, plain))


def _bare_if_latin(sign: str) -> str:
    small = sign.casefold() if len(sign.casefold()) == 1 else sign.lower()
    apart = unicodedata.normalize("NFD", small)
    return apart[0] if len(apart) > 1 and apart[0].isascii() else small


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign).startswith("M")


class Sought:
    """The words of one question, and where they stand in texts.

    The last word may be the beginning of one. Of a word that fills the index's length nobody knows
    how it goes on.
    """

    def __init__(self, words: list[str]) -> None:
        *self._whole, self._begun = words
        ends = [f"{word}{'' if len(word) == LONGEST else NO_LETTER}" for word in self._whole]
        fitting = "|".join([*ends, self._begun])
        self._fitting = re.compile(f"(?<!{LETTER})(?:{fitting})(?:{LETTER})*")

    def spans(self, said: str) -> Iterator[tuple[int, int]]:
        """Where each of the words begins and ends in a text."""
        if said.isascii():
            # As below, but the words that do not fit are passed over at once.
            for match in self._fitting.finditer(said.lower()):
                yield match.span()
            return
        for match in SHOWN.finditer(said):
            word = match.group()
            # Most words have no marks, and are one word in the index as well.
            plain = word.lower()[:LONGEST] if word.isascii() else "".join(words_of(word))
            if plain in self._whole or plain.startswith(self._begun):
                yield match.span()

    def first(self, said: str) -> int | None:
        """Where the first of the words begins; None where a text has none."""
        return next((begin for begin, _end in self.spans(said)), None)

    def snippet(self, *texts: str) -> Markup:
        """Of the first Markdown text that has a word, else of the first, the part around it.

        It is plain text with each of the words in a `mark`; empty where there is no text.
        """
        firsts = ((said, self.first(said)) for said in texts)
        said, first = next((one for one in firsts if one[1] is not None), (texts[0], 0))
        return _marked(self._pieces(said, first or 0))

    def _pieces(self, said: str, first: int) -> list[tuple[str, bool]]:
        # Of the part around a place in a Markdown text: each piece is a searched word or not.
        start = max(0, first - READ)
        # From the beginning of a line, where there is one: signs mean something there.
        start = max(start, said.find("\n", start, first) + 1) if start else 0
        goes_on = first + READ < len(said)
        plain = _in_one_line(as_plain(said[start : first + READ]))
        first, last = next(self.spans(plain), (0, 0))
        # Words are left whole, where there are blanks between them.
        begin = plain.find(" ", first - AROUND, first) + 1 if first > AROUND else 0
        begin = begin or max(0, first - AROUND)
        end = first + 2 * AROUND
        if end < len(plain):
            goes_on, end = True, max(plain.rfind(" ", last, end), 0) or end
        part = plain[begin:end].strip(BETWEEN)
        found, done = [("… ", False)] if start or begin else [], 0
        for left, right in self.spans(part):
            found += [(part[done:left], False), (part[left:right], True)]
            done = right
        return [*found, (f"{part[done:]} …" if goes_on else part[done:], False)]


def _in_one_line(plain: str) -> str:
    # A heading or an entry of a list has no full stop: what follows would be read as its end.
    said = ""
    for line in filter(None, (" ".join(line.split()) for line in plain.split("\n"))):
        said += f"{' ' if said.endswith(ENDS) else BETWEEN}{line}" if said else line
    return said


def _marked(pieces: list[tuple[str, bool]]) -> Markup:
    texts = ((html.escape(said), hit) for said, hit in pieces)
    drawn = "".join(f"<mark>{text}</mark>" if hit else text for text, hit in texts)
    return Markup(drawn)  # noqa: S704  # nosec B704
