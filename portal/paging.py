"""Long lists page by page: a page starts behind the last row of the one before, however deep it is.

A list is in the order of an instant and a key; both make the mark of a page, which an address
carries. What is garbled there marks nothing: the list starts anew.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    bindparam,
    select,
    tuple_,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from models.base import Moment
from portal.parameters import at_most, ready
from portal.parsing import LARGEST, whole

PAGE: Final = 25
ENGINES: Final = ("sqlite", "postgresql")


class Mark(NamedTuple):
    """The place of a row in its list."""

    at: datetime
    key: int


# Behind the one is all of a list that is newest first, behind the other all that is oldest first.
NEWEST: Final = Mark(datetime(9999, 1, 1, tzinfo=UTC), LARGEST)
OLDEST: Final = Mark(datetime(1, 1, 2, tzinfo=UTC), 0)
MARK_AT: Final[BindParameter[datetime]] = bindparam("mark_at", type_=Moment())
MARK_KEY: Final[BindParameter[int]] = bindparam("mark_key", type_=Integer())


@dataclass(frozen=True)
class Page:
    """One page of a list, and the mark of the next one; empty at the end."""

    rows: tuple[Any, ...]
    after: str


def write_mark(at: datetime | None, key: int) -> str:
    """The mark of a row, for an address; of no row it is empty."""
    return f"{at.isoformat()}_{key}" if at else ""


def read_mark(after: str) -> Mark | None:
    """The mark that an address carries; None where it carries none."""
    text, _, number = after.rpartition("_")
    key = whole(number)
    try:
        at = datetime.fromisoformat(text)
        return Mark(at.astimezone(UTC), key) if at.tzinfo and key is not None else None
    except (ValueError, OverflowError):
        return None


def merged(
    engine: str,
    walks: Iterable[Select[datetime, int]],
    size: Any,
    *,
    of_each: Any = None,
    oldest_first: bool = False,
) -> Any:
    """The first keys of several walks along an index, each once, in the order of their two columns.

    The engine follows all walks side by side and ends with the last key. SQLite does so for the
    parts of a UNION that have no order and no limit of their own, PostgreSQL for those of a UNION
    ALL that have both, of which DISTINCT drops what is repeated: of one that has not, it takes the
    principal for a part of the order, and reads and sorts all that the person could ever find.
    `size` is a number or SQL; `of_each` is for that of each walk, where it is a plainer one.
    """
    most = at_most(size) if isinstance(size, int) else size

    def first(question: Any, place: Any, rows: Any = most) -> Any:
        return question.order_by(*(it if oldest_first else it.desc() for it in place)).limit(rows)

    if engine == "sqlite":
        every = union(*walks)
        return first(every, every.selected_columns.values())
    each = most if of_each is None else of_each
    firsts = (first(walk, walk.selected_columns.values(), each) for walk in walks)
    found = union_all(*firsts).subquery().c.values()
    return first(select(*found).distinct(), found)


class NewestFirst:
    """A list, newest first, whose question is built once: a select that shows both columns."""

    def __init__(self, question: Select[*tuple[Any, ...]], at: Any, key: Any) -> None:
        place = tuple_(at, key) < tuple_(MARK_AT, MARK_KEY)
        ordered = question.where(place).order_by(at.desc(), key.desc())
        self._question, self._names = ready(ordered.limit(at_most(PAGE + 1))), (at.key, key.key)

    def page(self, session: Session, values: Mapping[str, Any], after: str) -> Page:
        """The page behind the mark, for these values of the parameters."""
        mark = read_mark(after) or NEWEST
        marked = {MARK_AT.key: mark.at, MARK_KEY.key: mark.key}
        found = session.execute(self._question, {**values, **marked}).all()
        at, key = self._names
        return cut(found, PAGE, lambda row: write_mark(getattr(row, at), getattr(row, key)))


def cut(rows: Sequence[Any], size: int, mark: Callable[[Any], str]) -> Page:
    """The page of these rows, of which one more than its size was asked for."""
    return Page(tuple(rows[:size]), mark(rows[size - 1]) if len(rows) > size else "")
