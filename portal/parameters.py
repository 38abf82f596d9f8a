"""Who asks and when, as parameters: a statement that names these is built once for everybody.

Building a long question anew for each page costs more than its answer. What threads share is
complete before they come (decision 0014): `ready` completes a statement where it is made.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    Subquery,
    bindparam,
    cast,
    false,
    literal_column,
    null,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import FromClause, SelectBase
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeEngine

from models.base import Base, Keys, Moment

# How many values a list has that is given to a statement; four times as many where it has more.
LENGTHS: Final = (8, 32)
Q = TypeVar("Q", bound=SelectBase)
T = TypeVar("T")

ME: Final[BindParameter[int]] = bindparam("me", type_=Integer())
NOW: Final[BindParameter[datetime]] = bindparam("now", type_=Moment())
# The reference, or the key, of the resource that a page is about.
REF: Final[BindParameter[str]] = bindparam("ref", type_=String())
KEY: Final[BindParameter[int]] = bindparam("key", type_=Integer())
# Up to when what is due is due soon, and since when what is over was lately: 14 days from now.
NEAR: Final = timedelta(days=14)
SOON: Final[BindParameter[datetime]] = bindparam("soon", type_=Moment())
LATELY: Final[BindParameter[datetime]] = bindparam("lately", type_=Moment())
# The sign-in of the person, 0 where there is none.
SIGNIN: Final[BindParameter[int]] = bindparam("signin", type_=Integer())
# What the audience indexes know the person as; and the keys among it of organisations, groups,
# processes.
PRINCIPALS: Final[BindParameter[list[str]]] = bindparam("principals", type_=Keys(String()))
HOMES: Final[BindParameter[list[int]]] = bindparam("homes", type_=Keys())
CIRCLES: Final[BindParameter[list[int]]] = bindparam("circles", type_=Keys())
SEATS: Final[BindParameter[list[int]]] = bindparam("seats", type_=Keys())


def ready(statement: Q) -> Q:
    """The same statement, with all that the library would fill at its first use: columns.

    To compile it would fill them as well, in five times the time.
    """
    for element in _parts_of(statement):
        if isinstance(element, FromClause):
            _ = element.c
    return statement


def parameters_of(statement: SelectBase) -> tuple[str, ...]:
    """The names of the parameters of a statement, without compiling it."""
    parts = _parts_of(statement)
    return tuple({part.key: None for part in parts if isinstance(part, BindParameter)})


def _parts_of(statement: SelectBase) -> Iterator[Any]:
    # Each once; kept until the end, so that no other gets the identity of one that was met.
    met: dict[int, Any] = {}
    left: list[Any] = [statement]
    while left:
        element = left.pop()
        if id(element) not in met:
            met[id(element)] = element
            yield element
            left += element.get_children()


class Arms:
    """Questions with the same columns, by name; all of them together are one statement, built once.

    Each is a subquery.
    """

    def __init__(self, arms: Mapping[str, Subquery]) -> None:
        self._arms, self._every = dict(arms), ready(_together(arms.values()))

    def of(self, names: Collection[str]) -> CompoundSelect[Any] | None:
        """One statement over those of these names; None where there is none."""
        wanted = [arm for name, arm in self._arms.items() if name in names]
        if len(wanted) == len(self._arms):
            return self._every
        return _together(wanted) if wanted else None


def _together(arms: Iterable[Subquery]) -> CompoundSelect[Any]:
    return union_all(*(select(*arm.c) for arm in arms))


class AtMost(ColumnElement[int]):
    """A number of rows that stands in a statement's text."""

    type = Integer()
    _traverse_internals = [("rows", InternalTraversal.dp_string)]

    def __init__(self, rows: int) -> None:
        self.rows = str(rows)


@compiles(AtMost)
def _known(element: AtMost, _compiler: SQLCompiler, **_options: Any) -> str:
    return element.rows


@compiles(AtMost, "sqlite")
def _as_a_sum(element: AtMost, _compiler: SQLCompiler, **_options: Any) -> str:
    return f"{element.rows} + 0"


def at_most(rows: int) -> ColumnElement[int]:
    """A number of rows for LIMIT that PostgreSQL knows when it plans, and SQLite does not.

    Of one that is given as a value PostgreSQL expects a tenth of the table, and reads all of it
    where it would have looked up twenty rows by their keys. SQLite, which knows no more than that
    an index exists, follows one from end to end so as not to sort, where it would have started
    from the few rows that fit; it takes a sum for a number that it does not know.
    """
    return AtMost(rows)


NOTHING: Final[ColumnElement[str]] = literal_column("''", String())
YES: Final[ColumnElement[bool]] = true()
NO: Final[ColumnElement[bool]] = false()


def missing(kind: TypeEngine[T]) -> ColumnElement[T]:
    """No value, of a type that PostgreSQL can compare; as the three above it stands in the text.

    What is always the same and yet given as a value costs at each execution: a page of twenty parts
    hands over hundreds of them.
    """
    return cast(null(), kind)


def there_is(row: type[Base], *where: Any) -> ColumnElement[bool]:
    """Whether there is such a row, looked up by its index for each row around it.

    Asked with EXISTS, PostgreSQL may answer it for all rows at once: to show twenty it reads all
    that the person could ever find. A value is looked up each time.
    """
    found: Select[Any] = (
        select(literal_column("1")).where(*where).limit(at_most(1)).correlate_except(row)
    )
    return found.scalar_subquery().is_not(None)


def padded(values: Iterable[Any], nothing: Any) -> list[Any]:
    """Values for a parameter that is a list, filled up with one that fits nothing.

    So lists have few lengths (8, 32, 128 …): a statement has a text for each length, and both the
    library and the database keep what they made of a text.
    """
    found, length = list(values), LENGTHS[0]
    while length < len(found):
        length *= 4
    return found + [nothing] * (length - len(found))
