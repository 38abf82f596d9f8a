"""Related rows of one resource: each sort a dataclass with names, all of them in one statement.

A sort of related rows is a frozen dataclass and the select that fills it, whose labels are the
names of its fields. The selects of a page are packed into columns that they share by type and
joined by UNION ALL: a page with twelve sorts of related rows costs one statement, and whoever
reads the rows sees names and types only.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import Field, dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar, Generic, Protocol, TypeVar, TypeVarTuple, cast

from sqlalchemy import (
    Boolean,
    Date,
    Integer,
    Select,
    String,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from models.base import Moment
from portal.parameters import at_most, ready


class IsDataclass(Protocol):
    """An instance of any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]


@dataclass(frozen=True)
class DraftRow:
    """A draft of the person's organisation, beside the list of its noun."""

    ref: str
    title: str
    tlp: str
    changed_at: datetime


R = TypeVar("R", bound=IsDataclass)
Columns = TypeVarTuple("Columns")
# The types by which columns are shared. A row with another one needs it named here.
TYPES = (Boolean, Integer, String, Date, Moment)
EMPTY = [sql_cast(null(), one()) for one in TYPES]


@dataclass(frozen=True)
class Related(Generic[R]):
    """One sort of related rows, made by `related`."""

    row: type[R]
    question: Select[*tuple[Any, ...]]
    order: Callable[[R], Any]

    @property
    def names(self) -> list[str]:
        """The fields of the dataclass, in its order."""
        return [field.name for field in fields(self.row)]


def related(
    row: Callable[[*Columns], R],
    question: Select[*Columns],
    order: Callable[[R], Any] = attrgetter("id"),
) -> Related[R]:
    """A sort of related rows: the dataclass, the select that fills it, and a key to sort rows by.

    The select says the fields in their order; mypy compares the types, and a label that is not its
    field's name raises TypeError. Where more rows are found than are loaded, the select's own order
    says which of them.
    """
    made = Related(cast(type[R], row), question, order)
    labels = question.selected_columns.keys()
    if labels != made.names:
        raise TypeError(f"{made.row.__name__} has {made.names}, its select {labels}")
    return made


class Rows:
    """What was loaded together: `rows[AttendeeRow]` are the rows of that sort, typed and in order.

    A sort that was not asked for has none.
    """

    def __init__(self) -> None:
        self._rows: dict[type, list[Any]] = {}

    def __getitem__(self, row: type[R]) -> list[R]:
        return self._rows.setdefault(row, [])


class Together:
    """All parts by one statement, at most so many rows of each; parts may share a sort.

    Whoever makes one for many requests, with parameters in its parts, makes it where its module is
    imported: it is complete then.
    """

    def __init__(self, parts: Sequence[Related[Any]], most: int) -> None:
        packed = [_Packed(part, most) for part in parts]
        widths = [max(len(one.columns[n]) for one in packed) for n in range(len(TYPES))]
        self._parts = tuple(parts)
        self._made = [(one.row, one.slots(widths)) for one in packed]
        self.question = union_all(*(one.question(n, widths) for n, one in enumerate(packed)))

    def completed(self) -> "Together":
        """The same, with all that the library would fill at its first use."""
        ready(self.question)
        return self

    def load(self, session: Session, values: Mapping[str, Any]) -> Rows:
        """The rows, for these values of the parameters."""
        rows = Rows()
        for found in session.execute(self.question, values):
            row, slots = self._made[found[0]]
            rows[row].append(row(*(found[slot] for slot in slots)))
        for part in self._parts:
            rows[part.row].sort(key=part.order)
        return rows


def load_together(session: Session, parts: Sequence[Related[Any]], most: int) -> Rows:
    """The rows of all parts by one statement that is made for this once."""
    return Together(parts, most).load(session, {})


class _Packed:
    """One part of a statement: its columns by their type, so that all parts can share columns."""

    def __init__(self, part: Related[Any], most: int) -> None:
        self.row: type[Any] = part.row
        self.columns: list[list[Any]] = [[] for _type in TYPES]
        self._places: list[tuple[int, int]] = []
        found = part.question.limit(at_most(most)).subquery().c
        for name in part.names:
            of = _type_of(found[name])
            self._places.append((of, len(self.columns[of])))
            self.columns[of].append(found[name])

    def slots(self, widths: Sequence[int]) -> list[int]:
        """In which column of the statement each field stands; the first tells the part."""
        return [1 + sum(widths[:of]) + n for of, n in self._places]

    def question(self, number: int, widths: Sequence[int]) -> Select[Any]:
        """The part as it stands in the statement: filled up with NULL to the shared widths."""
        columns: list[Any] = []
        for mine, width, empty in zip(self.columns, widths, EMPTY, strict=True):
            columns += mine + [empty] * (width - len(mine))
        return select(literal_column(str(number), Integer()), *columns)


def _type_of(column: Any) -> int:
    for number, one in enumerate(TYPES):
        if isinstance(column.type, one):
            return number
    raise TypeError(f"related rows hold no {column.type!r}: {column.name}")
