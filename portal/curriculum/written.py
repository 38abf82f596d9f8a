"""A unit as a steward writes it: fields of a form; text, questions and sources as Markdown.

What is wrong is said with its field and line, and all of it at once; what is right becomes a unit
by the same reader as the units that come with the portal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, Final, NamedTuple

from portal.curriculum.reading import FEWEST_CHOICES, MINUTES, unit_from
from portal.curriculum.shapes import Unit
from portal.errors import Said
from portal.norms import VERIFICATIONS
from portal.words import N_

LONGEST: Final = {
    "title": 120,
    "summary": 500,
    "body": 20_000,
    "questions": 12_000,
    "sources": 4_000,
}
LASTS: Final = {"month": N_("One month"), "quarter": N_("Three months"), "year": N_("A year")}
LANGUAGE: Final = re.compile(r"[a-z]{2}")
LINE: Final = 500  # characters of a heading, an answer, a reason or a source
MOST_SECTIONS, MOST_QUESTIONS, MOST_CHOICES = 20, 12, 6
IMAGE: Final = re.compile(r"!\[")
ASKS: Final = re.compile(r"##[ \t]+(\S.*?)[ \t]*")
CHOICE: Final = re.compile(r"[-*][ \t]+\[([ xX])\][ \t]+(\S.*?)[ \t]*")
ALMOST: Final = re.compile(r"\s*[-*]\s*\[.{0,3}\].*")
SOURCE: Final = re.compile(
    r"(?:[-*][ \t]+)?(?:\[(?P<linked>[^\]]+)\]\((?P<address>[^)\s]*)\)|(?P<text>[^|]+?))"
    r"[ \t]*\|[ \t]*(?P<verification>[a-z]+)[ \t]*"
)
ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*")
TOO_LONG: Final = N_("Line %(line)s: this is too long, at most 500 characters.")
MISSING: Final = {
    "title": N_("Give the unit a title."),
    "summary": N_("Say in one or two sentences what the unit is about."),
    "body": N_("Write the text of the unit."),
    "questions": N_("Write at least one question."),
    "sources": N_("Name at least one source. “Our own experience | project” is one."),
}


class Fault(NamedTuple):
    """What is wrong in a field, as a message."""

    field: str
    message: Said


@dataclass(frozen=True)
class Written:
    """What was typed. `minutes` is 0 where it was no number."""

    title: str
    summary: str
    minutes: int
    lasts: str
    language: str
    body: str
    questions: str
    sources: str

    def faults(self) -> list[Fault]:
        """All that cannot be taken, in the order of the fields and their lines."""
        found = list(self._of_fields())
        blocked = {fault.field for fault in found}
        for name, check in (
            ("body", _body_faults),
            ("questions", _question_faults),
            ("sources", _source_faults),
        ):
            if name not in blocked:
                found += (Fault(name, said) for said in check(getattr(self, name)))
        return found

    def problems(self) -> dict[str, str]:
        """The first fault of each field."""
        first: dict[str, str] = {}
        for fault in self.faults():
            first.setdefault(fault.field, fault.message)
        return first

    def _of_fields(self) -> Iterator[Fault]:
        for name, longest in LONGEST.items():
            said = getattr(self, name)
            if not said.strip():
                yield Fault(name, Said(MISSING[name]))
            elif len(said) > longest:
                too_long = N_("This is too long: at most %(most)s characters.")
                yield Fault(name, Said(too_long, most=str(longest)))
        if self.minutes not in MINUTES:
            yield Fault("minutes", Said(N_("Give a number of minutes from 1 to 30.")))
        if self.lasts not in LASTS:
            yield Fault("lasts", Said(N_("Choose from the list.")))
        if not LANGUAGE.fullmatch(self.language):
            yield Fault("language", Said(N_("Choose from the list.")))

    def unit(self, key: str, day: date, number: int) -> Unit:
        """The unit of this text, which has no faults; raises UnitFault where it has."""
        front = {
            "title": self.title,
            "summary": self.summary,
            "minutes": self.minutes,
            "lasts": self.lasts,
            "edition": day,
            "questions": [asked.said() for asked in _asked(self.questions)[0]],
            "sources": [said for said in map(_source, _lines(self.sources)) if said],
        }
        return unit_from(front, _plain(self.body), key, self.language, number)


@dataclass
class _Choice:
    line: int
    text: str
    right: bool
    why: list[str] = field(default_factory=list)


@dataclass
class _Asked:
    line: int
    asks: str
    choices: list[_Choice] = field(default_factory=list)

    def said(self) -> dict[str, Any]:
        """As the reader of units takes it."""
        return {
            "asks": self.asks,
            "choices": [
                {"text": one.text, "right": one.right, "why": " ".join(one.why)}
                for one in self.choices
            ],
        }


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(text: str) -> list[str]:
    # Not splitlines: it would count a line where a browser shows none.
    return [line.rstrip() for line in _plain(text).split("\n")]


def _at(line: int, message: str) -> Said:
    return Said(message, line=str(line))


def _body_faults(text: str) -> Iterator[Said]:
    lines = _lines(text)
    headings = [n for n, line in enumerate(lines, 1) if line.startswith("## ")]
    first = next(n for n, line in enumerate(lines, 1) if line)
    if first not in headings:
        yield _at(first, N_("Line %(line)s: begin with a section: “## ” and its title."))
    for begins, ends in pairwise([*headings, len(lines) + 1]):
        if len(lines[begins - 1]) > LINE:
            yield _at(begins, TOO_LONG)
        if not any(lines[begins : ends - 1]):
            yield _at(begins, N_("Line %(line)s: this section has no text."))
    if len(headings) > MOST_SECTIONS:
        yield _at(headings[MOST_SECTIONS], N_("Line %(line)s: a unit has at most 20 sections."))
    for n, line in enumerate(lines, 1):
        if IMAGE.search(line):
            no_image = N_("Line %(line)s: images are not shown. Describe it, or link to it.")
            yield _at(n, no_image)


def _asked(text: str) -> tuple[list[_Asked], list[Said]]:
    # The questions of a text, and the lines that are none of it.
    found, faults = list[_Asked](), list[Said]()
    for n, line in enumerate(_lines(text), 1):
        if not line:
            continue
        if len(line) > LINE:  # before the patterns, which take their time with a long line
            faults.append(_at(n, TOO_LONG))
        elif asks := ASKS.fullmatch(line):
            found.append(_Asked(n, asks[1]))
        elif not found:
            faults.append(_at(n, N_("Line %(line)s: begin with a question: “## ” and its text.")))
        elif choice := CHOICE.fullmatch(line):
            found[-1].choices.append(_Choice(n, choice[2], choice[1] != " "))
        elif ALMOST.fullmatch(line):
            almost = N_(
                "Line %(line)s: begin an answer with “- [ ] ”, and the correct one with “- [x] ”."
            )
            faults.append(_at(n, almost))
        elif not found[-1].choices:
            no_answer = N_("Line %(line)s: after a question come its answers, each with “- [ ] ”.")
            faults.append(_at(n, no_answer))
        else:
            found[-1].choices[-1].why.append(line.strip())
    return found, faults


def _question_faults(text: str) -> Iterator[Said]:
    asked, faults = _asked(text)
    yield from faults
    for question in asked:
        yield from _faults_of(question)
    if len(asked) > MOST_QUESTIONS:
        line = asked[MOST_QUESTIONS].line
        yield _at(line, N_("Line %(line)s: a unit has at most 12 questions."))


def _faults_of(question: _Asked) -> Iterator[Said]:
    choices, line = question.choices, question.line
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        yield _at(line, N_("Line %(line)s: a question needs two to six answers."))
    elif sum(one.right for one in choices) != 1:
        one_right = N_("Line %(line)s: a question needs exactly one correct answer, with “- [x] ”.")
        yield _at(line, one_right)
    for n, one in enumerate(choices):
        if one.text in [before.text for before in choices[:n]]:
            yield _at(one.line, N_("Line %(line)s: this answer stands there already."))
        if not one.why:
            why = N_("Line %(line)s: say on the next line why this answer is correct or not.")
            yield _at(one.line, why)
        if len(" ".join(one.why)) > LINE:
            yield _at(one.line, TOO_LONG)


def _source(line: str) -> dict[str, str] | None:
    found = SOURCE.fullmatch(line)
    if found is None or found["verification"] not in VERIFICATIONS:
        return None
    said = {"text": found["linked"] or found["text"], "verification": found["verification"]}
    return said | ({"address": found["address"]} if found["linked"] else {})


def _source_faults(text: str) -> Iterator[Said]:
    for n, line in enumerate(_lines(text), 1):
        if not line:
            continue
        if len(line) > LINE:
            yield _at(n, TOO_LONG)
            continue
        said = _source(line)
        if said is None:
            shape = N_(
                "Line %(line)s: write “Title | how far verified” or "
                "“[Title](https://…) | how far verified”, with one of: verified, secondary, "
                "memory, project."
            )
            yield _at(n, shape)
        elif not ADDRESS.fullmatch(said.get("address", "https://none")):
            yield _at(n, N_("Line %(line)s: an address begins with https:// or http://."))
