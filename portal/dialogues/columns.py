"""The columns that every thing on a dialogue has, whatever it is: so that one query brings all."""

from typing import Any

from sqlalchemy import Boolean, case, func, literal, select

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


def _yes(flag: Any) -> Any:
    said = literal(False, Boolean()) if flag is None else case((flag, literal(True, Boolean())))
    return func.coalesce(said, literal(False, Boolean()))


def thing(what: str, flag: Any = None, mine: Any = None, **values: Any) -> Any:
    """A question for one sort of things; columns that it does not name are empty."""
    columns = (values.get(name, nothing).label(name) for name, nothing in COLUMNS)
    flags = (_yes(flag).label("flag"), _yes(mine).label("mine"))
    return select(literal(what).label("what"), *columns, *flags)
