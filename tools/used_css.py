"""What of a style sheet pages use: rules for classes that no template, module or script names go.

Tabler has a rule for all that it can draw, 600 kB; pages use a small part. A selector stays when
each class in it is a word of the sources. A word too many only keeps a rule too many.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ("templates/**/*.html", "portal/**/*.py", "blueprints/**/*.py", "static/*.js")
WORD: Final = re.compile(r"[\w-]+")
# The beginning of a class whose end is put in when the page is drawn: alert-{{ ... }}.
BEGINNING: Final = re.compile(r"([a-z][\w-]*-)\{\{")
NAMED: Final = re.compile(r"\.((?:[\w-]|\\.)+)|\[(data-bs-[\w-]+)")
# What is said of other elements, or of one of several classes: it takes nothing away.
OPEN: Final = re.compile(r":(?:not|is|where)\([^()]*\)")
# A declaration of a custom property, up to its semicolon or the end of its block.
PROPERTY: Final = re.compile(
    r"""(?<=[{;])(--[\w-]+):(?:"[^"]*"|\((?:[^()]|\([^()]*\))*\)|[^;{}()"])*(?:;|(?=\}))"""
)
NESTED: Final = ("@media", "@supports", "@layer", "@container")


class Words:
    """The words of the sources, as far as they can be names of classes."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Read them from these texts."""
        self.words: set[str] = set()
        self.beginnings: set[str] = set()
        for text in texts:
            self.words.update(WORD.findall(text))
            self.beginnings.update(BEGINNING.findall(text))

    def has(self, name: str) -> bool:
        """Whether a page can have this class or attribute."""
        plain = name.replace("\\", "")
        return plain in self.words or any(plain.startswith(one) for one in self.beginnings)


def of_sources(root: Path = ROOT) -> Words:
    """The words of templates, modules and scripts."""
    files = (path for pattern in SOURCES for path in sorted(root.glob(pattern)))
    return Words(path.read_text() for path in files)


def used(sheet: str, words: Words, beside: str = "") -> str:
    """The sheet without what no page uses; `beside` is the text of the sheets that stand by it."""
    text = "".join(_kept(sheet, words))
    while (less := _with_asked_properties(text, beside)) != text:
        text = less
    return text


def _blocks(sheet: str) -> Iterator[tuple[str, str | None]]:
    """Each rule as what stands before its braces and within; a statement has nothing within."""
    at = 0
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    while at < len(sheet):
        end = re.compile(r"[{;]").search(sheet, at)
        if end is None:
            return
        before = sheet[at : end.start()].strip()
        if end.group() == ";":
            yield before, None
            at = end.end()
            continue
        depth, place = 1, end.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[place], 0)
            place += 1
        yield before, sheet[end.end() : place - 1]
        at = place


def _kept(sheet: str, words: Words) -> Iterator[str]:
    for before, within in _blocks(sheet):
        if within is None:
            yield f"{before};"
        elif before.startswith(NESTED):
            if inner := "".join(_kept(within, words)):
                yield f"{before}{{{inner}}}"
        elif before.startswith("@"):  # keyframes, a property: what they say has no selectors
            yield f"{before}{{{within}}}"
        elif stay := [one for one in _selectors(before) if _can_match(one, words)]:
            yield f"{','.join(stay)}{{{within}}}"


def _selectors(text: str) -> list[str]:
    """The selectors of a list, which commas part that stand in no brackets."""
    return re.split(r",(?![^()]*\))(?![^\[\]]*\])", text)


def _can_match(selector: str, words: Words) -> bool:
    plain = OPEN.sub("", selector)
    return all(words.has(name or attribute) for name, attribute in NAMED.findall(plain))


def _with_asked_properties(text: str, beside: str) -> str:
    asked = set(re.findall(r"var\(\s*(--[\w-]+)", text + beside))
    return PROPERTY.sub(lambda found: found[0] if found[1] in asked else "", text)
