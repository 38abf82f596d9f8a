"""The policy as elements of a statement: one gives the text of a sentence, one says it in place.

Neither cuts text out of a statement. `spelled` is given the text where SQLAlchemy renders it, and
`Said` renders that text wherever a question has it, with the person and the moment as values.
Decision 0030 has the measurements.
"""

import re
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    inspect,
    literal_column,
    select,
)
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.visitors import InternalTraversal

from models.base import Moment
from models.stakeholders import Person

# Boolean words are those that both engines know.
DIALECT: Final = DefaultDialect(paramstyle="named")
DIALECT.supports_native_boolean = True
# Where a text takes the person's key and the moment.
WHO: Final[ColumnElement[int]] = literal_column(":policy_who", Integer())
NOW: Final[ColumnElement[datetime]] = literal_column(":policy_now", Moment())
HOLE: Final = re.compile(r":policy_(who|now)\b")
WORDS: Final = re.compile(r"'[^']*'")
NAMED: Final = re.compile(r"(?<!:)\b(\w+)\.\w+")
TAKEN: Final = re.compile(r":(\w+)")
LOOKED_FOR: Final = re.compile(r"(?<!DISTINCT )\bFROM\s+(.*?)(?=\s+WHERE\b|\))", re.DOTALL)
OWN: Final = re.compile(r"\w+ AS policy_\w+")


class Unclear(Exception):
    """A sentence that, as text, would not say what it says as an expression."""


class Spelled(ColumnElement[bool]):
    """A sentence that notes its text when it is rendered."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, sentence: ColumnElement[bool]) -> None:
        self.sentence, self.text = sentence, ""


class Said(ColumnElement[bool]):
    """A compiled sentence about one person and one moment.

    Statements with the same texts are compiled once: the person and the moment are values, each
    with a name of its own, so that a statement may ask about two people.
    """

    type = Boolean()
    _traverse_internals = [
        ("text", InternalTraversal.dp_string),
        ("who", InternalTraversal.dp_clauseelement),
        ("now", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, text: str, who: int | None, now: datetime) -> None:
        """`who` is None where the text names the column of people."""
        self.text = text
        self.who: BindParameter[int] = bindparam("who", who, Integer(), unique=True)
        self.now: BindParameter[datetime] = bindparam("now", now, Moment(), unique=True)

    def self_group(self, against: Any = None) -> "Said":
        """The text has brackets of its own, and is a condition on both engines."""
        return self


@compiles(Spelled)
def _note(element: Spelled, compiler: SQLCompiler, **options: Any) -> str:
    element.text = compiler.process(element.sentence, **options)
    return element.text


@compiles(Said)
def _say(element: Said, compiler: SQLCompiler, **options: Any) -> str:
    values: dict[str, str] = {}

    def value(hole: re.Match[str]) -> str:
        name = hole[1]
        if name not in values:
            values[name] = compiler.process(getattr(element, name), **options)
        return values[name]

    return HOLE.sub(value, element.text)


def spelled(resource: Any, sentence: ColumnElement[bool]) -> str:
    """The text of a sentence inside a question over a resource and people, in brackets.

    Raises Unclear where it names anything but these two and rows of its own.
    """
    said = Spelled(sentence)
    question: Select[Any] = select(literal_column("1")).select_from(resource, Person)
    question.where(said).compile(dialect=DIALECT, compile_kwargs={"literal_binds": True})
    _check(inspect(resource).selectable.name, said.text)
    return f"({said.text})"


def _check(resource: str, text: str) -> None:
    # A sentence is about the resource and the person of the question around it (one that has the
    # person as a value knows no column of people); all else it looks for under names of its own.
    names = WORDS.sub("''", text)
    around = {resource} if ":policy_who" in names else {resource, Person.__tablename__}
    strange = {name for name in NAMED.findall(names) if not name.startswith("policy_")} - around
    strange |= set(TAKEN.findall(names)) - {"policy_who", "policy_now"}
    strange |= {"%"} & set(text)  # drivers read it as a place for a value
    rows = {row for found in LOOKED_FOR.findall(names) for row in found.split(", ")}
    strange |= {row for row in rows if not OWN.fullmatch(row)}
    if strange:
        raise Unclear(f"the sentence names {', '.join(sorted(strange))}: {text}")
