"""Walks along an audience index in any of its orders, page by page; each question is built once.

The index proposes, the policy decides: what a walk gives are keys, of which the caller asks READ. A
walk that is filtered looks through a bounded number of rows and says where it ended, so that a rare
filter among a million resources costs no more than a common one.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BindParameter,
    Integer,
    String,
    bindparam,
    case,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session

from models.base import Moment
from portal.access import as_column
from portal.paging import (
    MARK_AT,
    MARK_KEY,
    NEWEST,
    OLDEST,
    Mark,
    Page,
    merged,
    read_mark,
    write_mark,
)
from portal.parameters import LENGTHS, ME, NOW, at_most, padded, ready

# How many keys are asked for, and how many rows of the index are looked through for them: a sixth
# at first, which is enough for a filter that much fits.
ASKED: Final[BindParameter[int]] = bindparam("asked", type_=Integer())
WALKED: Final[BindParameter[int]] = bindparam("walked", type_=Integer())
FEW: Final[BindParameter[int]] = bindparam("few", type_=Integer())
SIXTH: Final = 6
# A walk goes on where the policy refuses much: so often at most, and with so many keys at once.
TURNS: Final = 50
FEW_TURNS: Final = 3
FURTHEST: Final = 5000
FOREVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
# What most lists are narrowed to: an organisation (key, or 0), and no change since then.
PARTY: Final[BindParameter[int]] = bindparam("party", type_=Integer())
QUIET_SINCE: Final[BindParameter[datetime]] = bindparam("quiet_since", type_=Moment())
FOUND_BY: Final[BindParameter[str]] = bindparam("found_by", type_=String(), expanding=True)


# Of these keys the rows that the policy allows, by key.
RowsOf = Callable[[list[int]], dict[int, Any]]


class Order(NamedTuple):
    """By which column of the index, and whether the latest come first."""

    by: str
    latest_first: bool


class Variant(NamedTuple):
    """Which question a walk asks: for which engine, of how many principals, in which order."""

    engine: str
    many: int
    order: Order
    filtered: bool


@dataclass(frozen=True)
class Walked:
    """The keys that a walk proposes, each with its place; and its end, None at that of the list."""

    keys: tuple[Mark, ...]
    end: Mark | None


@dataclass(frozen=True)
class Size:
    """How many keys a walk gives at most, and through how many rows a filtered one looks."""

    asked: int
    walked: int


@dataclass(frozen=True)
class Hits:
    """What has certain words: a question for its keys, and the values of that."""

    keys: Any
    values: Mapping[str, Any]


class Walks:
    """The walks of one noun.

    `orders` are the columns of the index that a list can be sorted by; `always` narrows every walk,
    `within` and `fits` a filtered one: `fits` by the row of the noun, whose key is `of`, and
    `within` of that what the column of an order tells as well, so that the walk begins or ends
    there. A column of another order is not asked: it would be looked up row by row. What they
    compare with are parameters.
    """

    def __init__(
        self,
        *,
        principal: Any,
        key: Any,
        orders: Mapping[str, Any],
        always: Sequence[Any],
        within: Mapping[str, Sequence[Any]],
        fits: Any,
        of: Any,
    ) -> None:
        self._principal, self._key, self._orders = principal, key, orders
        self._always, self._within, self._fits, self._of = always, within, fits, of
        self.orders = tuple(Order(*each) for each in product(orders, (True, False)))
        self._questions: dict[Variant, Any] = {}
        self._among_hits: dict[tuple[str, Order], Any] = {}

    def prepare(self, engine: str, keys: Any) -> None:
        """Build the questions for an engine, before an application serves (decision 0014).

        `keys` are those of `Hits`. Without it, as in commands, each walk builds its own.
        """
        for kind in (
            Variant(*it) for it in product((engine,), LENGTHS, self.orders, (False, True))
        ):
            if kind not in self._questions:
                self._questions[kind] = ready(self._question(kind))
        for order in self.orders:
            if (engine, order) not in self._among_hits:
                self._among_hits[engine, order] = ready(self._among(order, keys))

    def walk(self, session: Session, asked: "Walk", mark: Mark, size: Size) -> Walked:
        """What the principals of a walk find behind the mark."""
        engine, who = session.get_bind().dialect.name, padded(asked.names, "")
        given = {MARK_AT.key: mark.at, MARK_KEY.key: mark.key, ASKED.key: size.asked}
        bounded = asked.filtered or asked.hits is not None
        given |= {WALKED.key: size.walked, FEW.key: size.walked // SIXTH} if bounded else {}
        if asked.hits is not None:
            given |= {FOUND_BY.key: who, **asked.hits.values}
            question = self._among_hits.get((engine, asked.order))
            question = self._among(asked.order, asked.hits.keys) if question is None else question
        else:
            kind = Variant(engine, len(who), asked.order, asked.filtered)
            question = self._questions.get(kind)
            question = self._question(kind) if question is None else question
            given |= {f"name_{n}": name for n, name in enumerate(who)}
        found = session.execute(question, {**asked.values, **given}).all()
        if bounded:
            return _ended(found, asked.order, size)
        marks = tuple(Mark(row[0], row[1]) for row in found)
        return Walked(marks, marks[-1] if len(marks) == size.asked else None)

    def _question(self, kind: Variant) -> Any:
        names = (bindparam(f"name_{n}", type_=String()) for n in range(kind.many))
        within = self._within.get(kind.order.by, ()) if kind.filtered else ()
        walks = [self._places(kind.order, self._principal == name, *within) for name in names]

        def first(size: Any) -> Any:
            return merged(kind.engine, walks, size, oldest_first=not kind.order.latest_first)

        return self._few_first(first, kind.order) if kind.filtered else first(ASKED)

    def _few_first(self, first: Callable[[Any], Any], order: Order) -> Any:
        # A look at few rows, and at all of them only where that does not fill the page.
        few = self._fits_of(first(FEW).cte("few"), order).cte("among_few")
        enough = select(func.count()).select_from(few).scalar_subquery() >= ASKED
        walked = first(case((enough, 0), else_=WALKED))
        found = select(few.c.at, few.c.key, literal(0).label("ends")).where(enough)
        return union_all(found, *self._fitting(walked, order))

    def _among(self, order: Order, keys: Any) -> Any:
        found = (self._principal.in_(FOUND_BY), self._key.in_(keys))
        places = self._places(order, *found, *self._within.get(order.by, ())).distinct()
        columns = places.selected_columns.values()
        walked = places.order_by(*sorted_by(columns, order)).limit(WALKED)
        return union_all(*self._fitting(walked, order))

    def _places(self, order: Order, *narrowing: Any) -> Any:
        column = self._orders[order.by]
        place, mark = tuple_(column, self._key), tuple_(MARK_AT, MARK_KEY)
        behind = place < mark if order.latest_first else place > mark
        found = select(column.label("at"), self._key.label("key"))
        return found.where(*self._always, *narrowing, behind)

    def _fits_of(self, walked: Any, order: Order) -> Any:
        # A look at each resource from its index row, never the other way round: a walk stays one.
        fits = select(as_column(self._fits)).where(self._of == walked.c.key)
        keys = select(walked.c.at, walked.c.key).where(fits.correlate(walked).scalar_subquery())
        return keys.order_by(*sorted_by(walked.c, order)).limit(ASKED)

    def _fitting(self, walked: Any, order: Order) -> tuple[Any, Any]:
        walked = walked.cte("walked")
        fitting = self._fits_of(walked, order).cte("fitting")
        every = select(walked.c.at, walked.c.key).order_by(*sorted_by(walked.c, order))
        last = every.offset(WALKED - 1).limit(at_most(1)).subquery()
        return (
            select(fitting.c.at, fitting.c.key, literal(0).label("ends")),
            select(last.c.at, last.c.key, literal(1).label("ends")),
        )


def common_values(who: int, now: datetime, party: int, quiet: int) -> dict[str, Any]:
    """The values that most lists ask with; `quiet` is for how many days without a change."""
    since = now - timedelta(days=quiet) if quiet else FOREVER
    return {ME.key: who, NOW.key: now, PARTY.key: party, QUIET_SINCE.key: since}


def sorted_by(columns: Any, order: Order) -> tuple[Any, Any]:
    """The two columns of a place, as an order sorts by them."""
    at, key = columns if isinstance(columns, list) else (columns.at, columns.key)
    return (at.desc(), key.desc()) if order.latest_first else (at, key)


def _ended(found: Sequence[Any], order: Order, size: Size) -> Walked:
    # Where the walk gave all keys that were asked for it ended there, else where its rows ended.
    marks = sorted(Mark(row.at, row.key) for row in found if not row.ends)
    marks = marks[::-1] if order.latest_first else marks
    last = next((Mark(row.at, row.key) for row in found if row.ends), None)
    return Walked(tuple(marks), marks[-1] if len(marks) == size.asked else last)


@dataclass(frozen=True)
class Walk:
    """A walk of somebody: by which principals, in which order, with which values and sizes."""

    walks: Walks
    names: Collection[str]
    order: Order
    values: Mapping[str, Any]
    size: Size
    filtered: bool
    hits: Hits | None = None

    def page(self, session: Session, after: str, rows_of: RowsOf, most: int) -> Page:
        """The page behind the mark of an address: of what is found, what `rows_of` lets through.

        Mostly one round: another is walked where the policy refuses much of what is proposed.
        """
        mark, size = begin(after, self.order), self.size
        shown: list[tuple[Mark, Any]] = []
        for _turn in range(FEW_TURNS if self.filtered else TURNS):
            walked = self.walks.walk(session, self, mark, size)
            rows = rows_of([place.key for place in walked.keys]) if walked.keys else {}
            shown += [(place, rows[place.key]) for place in walked.keys if place.key in rows]
            if len(shown) > most:
                end = shown[most - 1][0]
                return Page(tuple(row for _mark, row in shown[:most]), write_mark(*end))
            if walked.end is None or (self.filtered and len(rows) == len(walked.keys)):
                break  # at the end of the list, or of what may be looked through for a page
            mark, size = walked.end, Size(min(4 * size.asked, FURTHEST), size.walked)
        rest = write_mark(*walked.end) if walked.end else ""
        return Page(tuple(row for _mark, row in shown), rest)


def begin(after: str, order: Order) -> Mark:
    """The mark of an address, else that before the first row of an order."""
    return read_mark(after) or (NEWEST if order.latest_first else OLDEST)
