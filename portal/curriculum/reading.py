"""The file of a unit as a unit: TOML between two lines of `+++`, then Markdown.

Each heading of the second level begins a section. What is not exactly as it should be raises
UnitFault with the place, since a unit with a hole in it is worse than a portal that does not start.
"""

import hashlib
import re
import tomllib
from datetime import date
from typing import Any, Final

from portal.curriculum.shapes import Choice, Question, Section, Source, Unit
from portal.days import EVERY
from portal.norms import VERIFICATIONS

FRONT: Final = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
HEADING: Final = re.compile(r"^## +(.+?)[ \t]*$", re.MULTILINE)
FIELDS: Final = {
    "title": str,
    "summary": str,
    "minutes": int,
    "lasts": str,
    "edition": date,
    "questions": list,
    "sources": list,
}
MINUTES: Final = range(1, 31)
FEWEST_CHOICES: Final = 2


class UnitFault(Exception):
    """The file of a unit is not as it should be; says which and where."""


def read_unit(text: str, key: str, language: str) -> Unit:
    """The unit of a file; raises UnitFault."""
    parts = FRONT.match(text)
    if parts is None:
        raise UnitFault(f"{key}: no front matter between lines of +++")
    try:
        front = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as fault:
        raise UnitFault(f"{key}: {fault}") from fault
    return unit_from(front, parts[2], key, language)


def unit_from(front: Any, markdown: str, key: str, language: str, number: int = 0) -> Unit:
    """The unit of these fields and this text; raises UnitFault."""
    _check_fields(key, "front matter", front, FIELDS)
    if front["minutes"] not in MINUTES or front["lasts"] not in EVERY:
        raise UnitFault(f"{key}: minutes or lasts is out of range")
    sections = sections_of(markdown)
    if not sections:
        raise UnitFault(f"{key}: no section")
    return Unit(
        key=key,
        language=language,
        title=front["title"],
        summary=front["summary"],
        minutes=front["minutes"],
        lasts=front["lasts"],
        edition=front["edition"],
        sections=sections,
        questions=_questions(key, front["questions"]),
        sources=tuple(_source(key, source) for source in front["sources"]),
        number=number,
    )


def sections_of(markdown: str) -> tuple[Section, ...]:
    """The sections of a text; what stands before the first heading has none, and is left out."""
    _before, *rest = HEADING.split(markdown)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return tuple(Section(title, body.strip()) for title, body in pairs)


def _check_fields(key: str, place: str, found: Any, fields: dict[str, type]) -> None:
    if not isinstance(found, dict) or set(found) != set(fields):
        raise UnitFault(f"{key}: {place} needs exactly {', '.join(sorted(fields))}")
    for name, kind in fields.items():
        if type(found[name]) is not kind or found[name] in ("", []):
            raise UnitFault(f"{key}: {place}: {name} is empty or not a {kind.__name__}")


def _questions(key: str, found: list[Any]) -> tuple[Question, ...]:
    return tuple(_question(key, f"q{number}", said) for number, said in enumerate(found, 1))


def _question(key: str, name: str, said: Any) -> Question:
    _check_fields(key, name, said, {"asks": str, "choices": list})
    for choice in said["choices"]:
        _check_fields(key, name, choice, {"text": str, "right": bool, "why": str})
    if len(said["choices"]) < FEWEST_CHOICES or sum(c["right"] for c in said["choices"]) != 1:
        raise UnitFault(f"{key}: {name} needs two choices or more, exactly one of them right")
    choices = tuple(
        Choice(f"a{number}", choice["text"], choice["right"], choice["why"])
        for number, choice in enumerate(sorted(said["choices"], key=_shuffled), 1)
    )
    return Question(name, said["asks"], choices)


def _shuffled(choice: dict[str, Any]) -> bytes:
    # An order that is the same each time, and that no writer has chosen: the right answer tends to
    # be written in the middle.
    return hashlib.sha256(choice["text"].encode()).digest()


def _source(key: str, said: Any) -> Source:
    if isinstance(said, dict):
        said = {"address": "-"} | said
    _check_fields(key, "sources", said, {"text": str, "address": str, "verification": str})
    if said["verification"] not in VERIFICATIONS:
        raise UnitFault(f"{key}: sources: {said['verification']} is no verification")
    return Source(said["text"], said["address"].removeprefix("-"), said["verification"])
