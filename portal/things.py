"""What hangs on a matter, whatever it is, in the same columns: so that one query brings all of it.

Each sort of thing says which columns it fills, and what `flag` and `mine` mean for it.
"""

from typing import Any

from sqlalchemy import Boolean, case, func, literal, select, union_all
from sqlalchemy.orm import Session

from models.base import Moment

NOTHING = literal("")
COLUMNS = (
    ("key", literal(0)),
    ("place", literal(0)),
    ("of", literal(0)),
    ("at", literal(None, Moment())),
    ("until", literal(None, Moment())),
    ("text", NOTHING),
    ("kind", NOTHING),
    ("who", NOTHING),
    ("person", NOTHING),
    ("ref", NOTHING),
    ("more", NOTHING),
    ("link", NOTHING),
    ("size", literal(0)),
    ("tlp", NOTHING),
)


def thing(what: str, flag: Any = None, mine: Any = None, **values: Any) -> Any:
    """A question for one sort of things; columns that it does not name are empty."""
    columns = (values.get(name, nothing).label(name) for name, nothing in COLUMNS)
    flags = (_yes(flag).label("flag"), _yes(mine).label("mine"))
    return select(literal(what).label("what"), *columns, *flags)


def _yes(flag: Any) -> Any:
    said = literal(False, Boolean()) if flag is None else case((flag, literal(True, Boolean())))
    return func.coalesce(said, literal(False, Boolean()))


def brought(session: Session, parts: list[Any], most: int) -> dict[str, list[Any]]:
    """The rows of all parts by their word, by place and key; at most so many of each part."""
    every = union_all(*(select(*part.limit(most).subquery().c) for part in parts))
    things: dict[str, list[Any]] = {}
    for row in session.execute(every.order_by("what", "place", "key")):
        things.setdefault(row.what, []).append(row)
    return things
