"""The policy as elements of a statement: one captures a predicate's text, one renders it in place.

Nothing is cut out of a statement: `compiled_text` captures the text where SQLAlchemy renders it,
and `PolicyPredicate` renders that text wherever a question has it, with the person and the moment
as values. Decision 0030 has the measurements.
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

from models.base import Keys, Moment
from models.stakeholders import Person
from portal.among import held_in

# Boolean words are those that both engines know.
DIALECT: Final = DefaultDialect(paramstyle="named")
DIALECT.supports_native_boolean = True
# Where a text takes the person's key and the moment, and keys that the person has.
WHO: Final[ColumnElement[int]] = literal_column(":policy_who", Integer())
NOW: Final[ColumnElement[datetime]] = literal_column(":policy_now", Moment())
# The same person, where what is asked of them apart from the resource is given: lists of keys.
KNOWN: Final[ColumnElement[int]] = literal_column(":policy_who", Integer())
KNOWN_AS: Final = "policy_known_"
PLACE: Final = re.compile(r":policy_(who|now)\b")
KNOWN_PLACE: Final = re.compile(rf"IN :{KNOWN_AS}(\w+)")
QUOTED: Final = re.compile(r"'[^']*'")
NAMED: Final = re.compile(r"(?<!:)\b(\w+)\.\w+")
PLACES: Final = re.compile(r":(\w+)")
FROM_LISTS: Final = re.compile(r"(?<!DISTINCT )\bFROM\s+(.*?)(?=\s+WHERE\b|\))", re.DOTALL)
OWN_ROW: Final = re.compile(r"\w+ AS policy_\w+")


class UnclearPredicate(Exception):
    """A predicate whose text would not mean what its expression means."""


class CapturedPredicate(ColumnElement[bool]):
    """A predicate that captures its text when it is rendered."""

    inherit_cache = False
    type = Boolean()

    def __init__(self, predicate: ColumnElement[bool]) -> None:
        self.predicate, self.text = predicate, ""


class PolicyPredicate(ColumnElement[bool]):
    """A compiled predicate of the policy, about one person and one moment.

    Statements with the same texts are compiled once. The person and the moment are values, each
    with a name of its own, so that a statement may ask about two people; or they are parameters,
    of a statement that is built once. What is known of the person is a parameter for each fact,
    and a statement that is not given it is refused by the library.
    """

    type = Boolean()
    _traverse_internals = [
        ("text", InternalTraversal.dp_string),
        ("who", InternalTraversal.dp_clauseelement),
        ("now", InternalTraversal.dp_clauseelement),
    ]

    def __init__(
        self,
        text: str,
        who: int | BindParameter[int] | None,
        now: datetime | BindParameter[datetime],
    ) -> None:
        """`who` is None where the text names the column of people."""
        self.text = text
        self.who: BindParameter[int] = (
            who if isinstance(who, BindParameter) else bindparam("who", who, Integer(), unique=True)
        )
        self.now: BindParameter[datetime] = (
            now if isinstance(now, BindParameter) else bindparam("now", now, Moment(), unique=True)
        )

    def self_group(self, against: Any = None) -> "PolicyPredicate":
        """The text has brackets of its own, and is a condition on both engines."""
        return self


@compiles(CapturedPredicate)
def _capture(element: CapturedPredicate, compiler: SQLCompiler, **options: Any) -> str:
    element.text = compiler.process(element.predicate, **options)
    return element.text


@compiles(PolicyPredicate)
def _render(element: PolicyPredicate, compiler: SQLCompiler, **options: Any) -> str:
    values: dict[str, str] = {}

    def value(place: re.Match[str]) -> str:
        name = place[1]
        if name not in values:
            values[name] = compiler.process(getattr(element, name), **options)
        return values[name]

    def given(place: re.Match[str]) -> str:
        # One parameter a statement for each fact: the library goes through all of them each time.
        keys = keys_known(place[1])
        return held_in(compiler, compiler.binds.get(keys.key, keys), **options)

    return KNOWN_PLACE.sub(given, PLACE.sub(value, element.text))


def keys_known(fact: str) -> BindParameter[list[int]]:
    """The parameter for the keys of a fact that a person has."""
    return bindparam(f"known_{fact}", type_=Keys())


def compiled_text(resource: Any, predicate: ColumnElement[bool]) -> str:
    """The text of a predicate inside a question over a resource and people, in brackets.

    Raises UnclearPredicate where it names anything but these two and rows of its own.
    """
    captured = CapturedPredicate(predicate)
    question: Select[Any] = select(literal_column("1")).select_from(resource, Person)
    question.where(captured).compile(dialect=DIALECT, compile_kwargs={"literal_binds": True})
    _check(inspect(resource).selectable.name, captured.text)
    return f"({captured.text})"


def _check(resource: str, text: str) -> None:
    # A predicate is about the resource and the person of the question around it (one that has the
    # person as a value knows no column of people); all else it looks for under names of its own.
    names = QUOTED.sub("''", text)
    around = {resource} if ":policy_who" in names else {resource, Person.__tablename__}
    strange = {name for name in NAMED.findall(names) if not name.startswith("policy_")} - around
    places = {place for place in PLACES.findall(names) if not place.startswith(KNOWN_AS)}
    strange |= places - {"policy_who", "policy_now"}
    strange |= {"%"} & set(text)  # drivers read it as a place for a value
    rows = {row for found in FROM_LISTS.findall(names) for row in found.split(", ")}
    strange |= {row for row in rows if not OWN_ROW.fullmatch(row)}
    if strange:
        raise UnclearPredicate(f"the predicate names {', '.join(sorted(strange))}: {text}")
