"""Walks along an audience index in any of its orders, page by page; each question is built once.

The index proposes, the policy decides: what a walk gives are keys, of which the caller asks READ. A
walk that is filtered looks through a bounded number of rows and says where it ended, so that a rare
filter among a million resources costs no more than a common one. Where the filter itself names
few, as a norm that a dozen resources are linked to, these are looked up instead, all of them.
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
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
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
    Mark,
    merged,
)
from portal.parameters import LENGTHS, ME, NOW, at_most, padded, ready

# How many keys are asked for, and how many rows of the index are looked through for them: a sixth
# at first, which is enough for a filter that much fits.
ASKED: Final[BindParameter[int]] = bindparam("asked", type_=Integer())
WALKED: Final[BindParameter[int]] = bindparam("walked", type_=Integer())
FEW: Final[BindParameter[int]] = bindparam("few", type_=Integer())
SIXTH: Final = 6
# How many resources a filter may name for them to be looked up one by one.
NAMED: Final = 1000
SOUGHT: Final = "sought_places"
FOREVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
# What most lists are narrowed to: an organisation (key, or 0), and no change since then.
PARTY: Final[BindParameter[int]] = bindparam("party", type_=Integer())
QUIET_SINCE: Final[BindParameter[datetime]] = bindparam("quiet_since", type_=Moment())
FOUND_BY: Final[BindParameter[str]] = bindparam("found_by", type_=String(), expanding=True)


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


@dataclass(frozen=True)
class Named:
    """What a filter names by an index of its own: a question for `key`; and whether it is asked."""

    keys: Any
    asked: Any


class Walks:
    """The walks of one noun.

    `orders` are the columns of the index that a list can be sorted by; `always` narrows every walk,
    `within` and `fits` a filtered one: `fits` by the row of the noun, whose key is `of`, and
    `within` of that what the column of an order tells as well, so that the walk begins or ends
    there. A column of another order is not asked: it would be looked up row by row. What they
    compare with are parameters. `named` are the keys of what a filter names by an index of its
    own, none where it names nothing; all that fits is among them.
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
        named: Named,
    ) -> None:
        self._principal, self._key, self._orders = principal, key, orders
        self._always, self._within, self._fits, self._of = always, within, fits, of
        self._named = named
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
                self._among_hits[engine, order] = ready(self._among(engine, order, keys))

    def walk(self, session: Session, asked: "Walk", mark: Mark, size: Size) -> Walked:
        """What the principals of a walk find behind the mark."""
        engine, who = session.get_bind().dialect.name, padded(asked.names, "")
        given = {MARK_AT.key: mark.at, MARK_KEY.key: mark.key, ASKED.key: size.asked}
        bounded = asked.filtered or asked.hits is not None
        given |= {WALKED.key: size.walked, FEW.key: size.walked // SIXTH} if bounded else {}
        if asked.hits is not None:
            given |= {FOUND_BY.key: who, **asked.hits.values}
            question = self._among_hits.get((engine, asked.order))
            if question is None:
                question = self._among(engine, asked.order, asked.hits.keys)
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
        names = [bindparam(f"name_{n}", type_=String()) for n in range(kind.many)]
        within = self._within.get(kind.order.by, ()) if kind.filtered else ()
        walks = [self._places(kind.order, self._principal == name, *within) for name in names]

        def first(size: Any, of_each: Any = None) -> Any:
            oldest_first = not kind.order.latest_first
            return merged(kind.engine, walks, size, of_each=of_each, oldest_first=oldest_first)

        if not kind.filtered:
            return first(ASKED)
        there = self._behind(kind.order, self._principal.in_(names), *within)
        return self._few_first(first, there, kind)

    def _few_first(
        self, first: Callable[[Any, Any], Any], there: tuple[Any, ...], kind: Variant
    ) -> Any:
        # What the filter names where it names few; else a look at few rows, and at all of them only
        # where that does not fill the page.
        sought = self._named.keys.limit(at_most(NAMED + 1)).cte("sought")
        many = select(func.count()).select_from(sought).scalar_subquery()
        named = and_(self._named.asked, many <= NAMED)
        begun = first(case((named, 0), else_=FEW), FEW).subquery("few")
        few = self._fits_of(begun, kind).cte("among_few")
        enough = select(func.count()).select_from(few).scalar_subquery() >= ASKED
        walked = first(case((or_(named, enough), 0), else_=WALKED), WALKED)
        return union_all(
            self._looked_up(sought, named, there, kind),
            _found(few).where(enough),
            *self._fitting(walked, kind),
        )

    def _looked_up(self, sought: Any, named: Any, there: tuple[Any, ...], kind: Variant) -> Any:
        # Where each of the keys stands, if the principals find it: by the index, key for key.
        place = select(self._orders[kind.order.by]).where(self._key == sought.c.key, *there)
        at = place.limit(at_most(1)).correlate(sought).scalar_subquery()
        keys = select(at.label("at"), sought.c.key.label("key")).where(named).distinct()
        # With a limit, so that SQLite looks none up a second time to see whether it is there.
        places = keys.limit(at_most(NAMED)).cte("looked_up")
        fitting = self._fits_of(select(places).where(places.c.at.is_not(None)).cte(SOUGHT), kind)
        return _found(fitting.cte("among_named"))

    def _among(self, engine: str, order: Order, keys: Any) -> Any:
        found = (self._principal.in_(FOUND_BY), self._key.in_(keys))
        places = self._places(order, *found, *self._within.get(order.by, ())).distinct()
        columns = places.selected_columns.values()
        walked = places.order_by(*sorted_by(columns, order)).limit(WALKED)
        return union_all(*self._fitting(walked, Variant(engine, 0, order, filtered=True)))

    def _places(self, order: Order, *narrowing: Any) -> Any:
        found = select(self._orders[order.by].label("at"), self._key.label("key"))
        return found.where(*self._behind(order, *narrowing))

    def _behind(self, order: Order, *narrowing: Any) -> tuple[Any, ...]:
        place, mark = tuple_(self._orders[order.by], self._key), tuple_(MARK_AT, MARK_KEY)
        return (*self._always, *narrowing, place < mark if order.latest_first else place > mark)

    def _fits_of(self, walked: Any, kind: Variant) -> Any:
        # A look at each resource from its index row, never the other way round: a walk stays one.
        fits = select(as_column(self._fits)).where(self._of == walked.c.key)
        keys = select(walked.c.at, walked.c.key).where(fits.correlate(walked).scalar_subquery())
        return keys.order_by(*_still_sorted(walked, kind)).limit(ASKED)

    def _fitting(self, walked: Any, kind: Variant) -> tuple[Any, Any]:
        walked = walked.cte("walked")
        fitting = self._fits_of(walked, kind).cte("fitting")
        every = select(walked.c.at, walked.c.key).order_by(*_still_sorted(walked, kind))
        last = every.offset(WALKED - 1).limit(at_most(1)).subquery()
        return _found(fitting), _found(last, ends=1)


def common_values(who: int, now: datetime, party: int, quiet: int) -> dict[str, Any]:
    """The values that most lists ask with; `quiet` is for how many days without a change."""
    since = now - timedelta(days=quiet) if quiet else FOREVER
    return {ME.key: who, NOW.key: now, PARTY.key: party, QUIET_SINCE.key: since}


def sorted_by(columns: Any, order: Order) -> tuple[Any, Any]:
    """The two columns of a place, as an order sorts by them."""
    at, key = columns if isinstance(columns, list) else (columns.at, columns.key)
    return (at.desc(), key.desc()) if order.latest_first else (at, key)


def _found(places: Any, ends: int = 0) -> Any:
    return select(places.c.at, places.c.key, literal(ends).label("ends"))


def _still_sorted(walked: Any, kind: Variant) -> tuple[Any, ...]:
    # SQLite gives the rows of a question within a question as that sorts them; told to sort them
    # again, it would look at every resource before it gives the first. PostgreSQL knows the order.
    in_order = kind.engine == "sqlite" and walked.name != SOUGHT
    return () if in_order else sorted_by(walked.c, kind.order)


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
