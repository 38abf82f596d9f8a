"""One-line and many-line texts: what of them is kept, decided here for forms, imports and tables.

A title, a name or a tag that turns its direction or hides letters shows another text than it holds,
in lists, in e-mails and in the programs that take it along (Unicode TR36, 2.10).
"""

import re
from typing import Any, Final

from sqlalchemy import String, event
from sqlalchemy.orm import ColumnProperty

from models.base import Base

# Invisible, but part of a word: in Persian and Indic scripts, and in emoji made of several.
JOINERS: Final = frozenset("\u200c\u200d")
SOFT_HYPHEN: Final = "\u00ad"
# Controls, ends of lines, marks and changes of direction, blanks of no width, tags, halves of
# letters. What has no character yet stays: the next version of Unicode may give it one.
UNSEEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff"
    r"\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# A joiner with no letter before it that it could join: none of ASCII is joined.
ASTRAY: Final = re.compile(r"(?<![^\x00-\x7f\s\u200c\u200d])[\u200c\u200d]")
OTHER_ENDS: Final = re.compile(r"\r(?!\n)|[\x85\u2028\u2029]")
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Unicode Bidirectional Algorithm (UAX 9): what turns text until it is ended, and what ends it.
EMBEDS, ISOLATES = frozenset("\u202a\u202b\u202d\u202e"), frozenset("\u2066\u2067\u2068")
END_OF_EMBEDDING, END_OF_ISOLATE = "\u202c", "\u2069"
TURNING: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069]")


def on_one_line(text: str) -> str:
    """A text on one line, without what is invisible; words neither run together nor fall apart.

    What ends a line, controls the text or turns its direction leaves a blank; joiners stay inside
    words of the scripts that have them. A text in which nothing is to be changed comes back itself.
    """
    if not text.isprintable():
        text = ASTRAY.sub("", UNSEEN.sub(" ", text.replace(SOFT_HYPHEN, "")))
    line = " ".join(text.split())
    return text if line == text else line


def in_lines(text: str) -> str:
    """A text of many lines without controls, each of its turns of direction ended in its own line.

    The ends of lines that browsers send stay as they are; all others become one of them.
    """
    if text.isascii() and text.isprintable():
        return text
    text = CONTROLS.sub("", OTHER_ENDS.sub("\n", text))
    if TURNING.search(text) is None:
        return text
    return "\n".join(map(_ended, text.split("\n")))


def _ended(line: str) -> str:
    """A line without turns that it does not end, and without ends of what it does not begin."""
    astray: set[int] = set()
    begun: list[int] = []
    for turn in TURNING.finditer(line):
        at, sign = turn.start(), turn.group()
        if sign in EMBEDS or sign in ISOLATES:
            begun.append(at)
        elif sign == END_OF_EMBEDDING and begun and line[begun[-1]] in EMBEDS:
            begun.pop()
        elif sign == END_OF_ISOLATE and any(line[one] in ISOLATES for one in begun):
            while line[begun.pop()] in EMBEDS:  # an isolate ends what was begun inside it
                pass
        else:
            astray.add(at)
    astray.update(begun)
    return "".join(letter for at, letter in enumerate(line) if at not in astray)


class Line(String):
    """A column of one-line texts that people or files bring: whatever is set is cleaned first."""


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _keep_on_one_line(_model: type[Base], _name: str, attribute: Any) -> None:
    known = getattr(attribute, "property", None)
    if isinstance(known, ColumnProperty) and isinstance(known.columns[0].type, Line):
        event.listen(attribute, "set", _cleaned, retval=True)


def _cleaned(_row: Base, value: Any, _before: Any, _by: Any) -> Any:
    return on_one_line(value) if isinstance(value, str) else value
