"""Lists as work surfaces: what an address asks of a list, and how its filters and orders are drawn.

Filters are asked by address. What is garbled narrows nothing, or to nothing where it names what is
not there. They are drawn as plain entries: fields of a form library were the dearest of a list.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode

from markupsafe import Markup, escape

from portal.language import gettext, ngettext, spoken
from portal.parsing import whole
from portal.saved_views import ViewRow
from portal.walks import Order

LONGEST: Final = 100
MOST_DAYS: Final = 365
Type = Literal["select", "key", "words", "days", "tick"]
Entries = Mapping[str, Sequence[tuple[Any, str]]]


@dataclass(frozen=True)
class Field:
    """One filter. `entries` are values with their marked words, `known` a list of names to choose.

    `first` is whether it stands in the one line that is always open, `usual` what no choice is
    called, `strict` whether a value that is no entry counts for nothing. `words` puts an entry into
    the reader's words.
    """

    name: str
    label: str
    type: Type = "select"
    usual: str = ""
    entries: tuple[tuple[str, str], ...] = ()
    known: str = ""
    first: bool = False
    strict: bool = False
    words: Callable[[str], str] = gettext


@dataclass(frozen=True)
class ListSpec:
    """What a list can be narrowed to, sorted and grouped by: by the names that an address has.

    `orders` are the columns to sort by, each with whether the latest come first when it is chosen.
    """

    fields: tuple[Field, ...]
    orders: Mapping[str, bool]
    groups: tuple[tuple[str, str], ...] = ()


class Chip(NamedTuple):
    """A filter that is on: in words, and the address without it."""

    words: str
    address: str


class Drawn(NamedTuple):
    """A filter as the form shows it: its options where it is a list, else its value."""

    field: Field
    options: Markup
    value: str


class View(NamedTuple):
    """A saved view: its row, where it leads for this reader, and whether the list is as it asks."""

    row: ViewRow
    address: str
    is_on: bool


# What an address says that is to open the list by itself, whatever the default view.
BY_ITSELF: Final = "?view=all"


class Head(NamedTuple):
    """The head of a column that can be sorted by: where it leads, and how it is sorted now."""

    address: str
    sort: str


class Asked:
    """What an address asks of a list."""

    def __init__(
        self,
        spec: ListSpec,
        args: Mapping[str, str],
        entries: Entries | Callable[[], Entries],
        home: str = "",
        views: Iterable[ViewRow] | None = None,
    ) -> None:
        """`home` is the path of the list, `views` are those of all lists, where it takes any.

        The entries are the names to choose from, or load them for a page that shows one.
        """
        self.spec, self.home, self._args = spec, home, args
        self.takes_views = views is not None
        self._views = [row for row in views or () if row.list == home.strip("/")]
        values = ((field, args.get(field.name, "").strip()[:LONGEST]) for field in spec.fields)
        self.values = {field.name: value for field, value in values if _counts(field, value)}
        self.group = next((name for name, _words in spec.groups if name == args.get("group")), "")
        sort = args.get("sort", "")
        self.sort = sort if sort.removeprefix("-") in spec.orders else ""
        self.after = args.get("after", "")
        self.all_drafts = args.get("drafts", "") == "all"
        self.is_open = args.get("more", "") == "1"
        self.has_names = not callable(entries) or self._needs_names()
        named = entries() if callable(entries) and self.has_names else entries
        self.entries = {} if callable(named) else named

    def _needs_names(self) -> bool:
        # A saved view as well: whoever opens it may no longer know the name that it holds.
        views = (dict(parse_qsl(row.query.removeprefix("?"))) for row in self._views)
        names = [field.name for field in self.spec.fields if field.known]
        chosen = (whole(values.get(name)) for values in (self.values, *views) for name in names)
        return self.is_open or bool(self.group) or any(chosen)

    def text(self, name: str) -> str:
        """A filter's value, empty where it is off."""
        return self.values.get(name, "")

    def number(self, name: str) -> int:
        """The same as a number: a key or days; 0 where it is off."""
        return whole(self.values.get(name)) or 0

    @property
    def narrowed(self) -> bool:
        """Whether any filter is on."""
        return bool(self.values)

    @property
    def is_plain(self) -> bool:
        """Whether the list stands as it stands by itself."""
        return not self.values and not self.sort and not self.group

    @property
    def order(self) -> Order | None:
        """The order that was chosen; None for that in which the list stands by itself."""
        if not self.sort:
            return None
        return Order(self.sort.removeprefix("-"), self.sort.startswith("-"))

    def query(self, **changes: str) -> str:
        """What stands behind the path, with these changes; an empty value takes a name away."""
        kept = {**self.values, "sort": self.sort, "group": self.group, **changes}
        said = {name: value for name, value in kept.items() if value}
        return f"?{urlencode(said)}" if said else ""

    @property
    def default(self) -> str:
        """Where the list leads by itself: the address of the default view; empty where none is."""
        if self._args:
            return ""
        asked = (self._seen(row.query) for row in self._views if row.is_default)
        return next((self.home + query for query in asked if query), "")

    @property
    def views(self) -> list[View]:
        """The saved views, as they are for this reader."""
        now = self.query()
        seen = ((row, self._seen(row.query) or BY_ITSELF) for row in self._views)
        return [View(row, self.home + query, query == now) for row, query in seen]

    @property
    def everything(self) -> str:
        """The address of the list as it stands without filters or a view."""
        return self.home + (BY_ITSELF if any(row.is_default for row in self._views) else "")

    def _seen(self, query: str) -> str:
        # A name that this reader may not know (any more) is left out: as if nobody had chosen it.
        asked = Asked(self.spec, dict(parse_qsl(query.removeprefix("?"))), self.entries, self.home)
        for field in self.spec.fields:
            value = asked.text(field.name)
            known = value in dict(field.entries) or asked.name_of(field.known, whole(value))
            if field.type == "key" and not known:
                asked.values.pop(field.name, None)
        return asked.query()

    def address(self, **changes: str) -> str:
        """The address of the list with these changes."""
        query = self.query(**changes)
        return self.home + query if query else self.everything

    def only(self, *names: str) -> str:
        """The address behind the path with these filters alone."""
        said = {name: self.values[name] for name in names if name in self.values}
        return f"?{urlencode(said)}" if said else ""

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on."""
        fields = [field for field in self.spec.fields if field.name in self.values]
        return [Chip(self._said(field), self.address(**{field.name: ""})) for field in fields]

    @property
    def first(self) -> list[Drawn]:
        """The filters of the one line that is always open."""
        return [self._drawn(field) for field in self.spec.fields if field.first]

    @property
    def more(self) -> list[Drawn]:
        """All other filters."""
        return [self._drawn(field) for field in self.spec.fields if not field.first]

    def drawn(self, name: str) -> Drawn:
        """One filter, by its name."""
        return next(self._drawn(field) for field in self.spec.fields if field.name == name)

    @property
    def has_more(self) -> bool:
        """Whether there is anything beside the line that is always open."""
        return bool(self.spec.groups) or not all(field.first for field in self.spec.fields)

    @property
    def shows_more(self) -> bool:
        """Whether all of it is shown: where that was asked for, and where any of it is on."""
        on = any(field.name in self.values for field in self.spec.fields if not field.first)
        return self.has_more and (self.is_open or bool(self.group or (on and self.has_names)))

    @property
    def carried(self) -> dict[str, str]:
        """What the form of the filters carries along: the order, and filters that it hides."""
        shown = {field.name for field in self.spec.fields if field.first or self.shows_more}
        kept = {name: value for name, value in self.values.items() if name not in shown}
        return kept | ({"sort": self.sort} if self.sort else {})

    def head(self, name: str, usual: str = "") -> Head:
        """The head of a column; `usual` is how the list is sorted where nothing was chosen."""
        now, latest_first = self.sort or usual, self.spec.orders[name]
        falling, rising = f"-{name}", name
        if now == falling:
            return Head(self.address(sort=rising), "descending")
        if now == rising:
            return Head(self.address(sort=falling), "ascending")
        return Head(self.address(sort=falling if latest_first else rising), "none")

    def groups(
        self, rows: Iterable[Any], by: Mapping[str, Callable[[Any], str]]
    ) -> list[tuple[str, list[Any]]]:
        """The rows of this page under the headings of the chosen group, else under none."""
        if not self.group:
            return [("", list(rows))]
        heading = by[self.group]
        found = groupby(sorted(rows, key=heading), heading)
        return [(name or gettext("None"), list(each)) for name, each in found]

    def name_of(self, known: str, key: int | None) -> str:
        """The name of what the person knows; empty of all else."""
        return self._names(known).get(key or 0, "")

    def _names(self, known: str) -> dict[Any, str]:
        return {key: name for key, name in self.entries.get(known, ()) if key}

    def _said(self, field: Field) -> str:
        value, label = self.values[field.name], gettext(field.label)
        if field.type == "tick":
            return label
        if field.type == "days":
            return ngettext("Quiet for %(num)s day", "Quiet for %(num)s days", whole(value) or 0)
        if field.type == "words":
            return gettext("%(filter)s: %(value)s", filter=label, value=value)
        named = dict(field.entries).get(value)
        said = field.words(named) if named else self.name_of(field.known, whole(value))
        said = said or gettext("not in this portal")
        return gettext("%(filter)s: %(value)s", filter=label, value=said)

    def _drawn(self, field: Field) -> Drawn:
        value = self.text(field.name)
        if field.type not in ("select", "key"):
            return Drawn(field, Markup(), value)
        said = spoken().translated if field.words is gettext else field.words
        pairs = [("", gettext(field.usual)), *((key, said(word)) for key, word in field.entries)]
        pairs += [(str(key), name) for key, name in self.entries.get(field.known, ())]
        option = '<option value="{}"{}>{}</option>'.format
        chosen = ((escape(key), " selected" * (key == value), escape(name)) for key, name in pairs)
        drawn = "".join(option(*one) for one in chosen)
        entries = Markup(drawn)  # noqa: S704  # nosec B704
        return Drawn(field, entries, value)


def _counts(field: Field, value: str) -> bool:
    if field.type == "key":
        return bool(whole(value)) or value in dict(field.entries)
    if field.type == "days":
        return bool(whole(value, MOST_DAYS))
    if field.type == "tick":
        return value == "1"
    return bool(value) and (not field.strict or value in dict(field.entries))
