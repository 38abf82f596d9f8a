"""Ways to write rows: on trial, and where the row may be there already."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


@contextmanager
def trial(session: Session) -> Iterator[None]:
    """A part of a transaction that is tried, and undone at its end: nothing of it is kept."""
    with session.begin_nested() as tried:
        yield
        tried.rollback()


def inserting(session: Session, model: Any) -> Any:
    """An insert that may say what is done on a conflict, in the words of the session's engine."""
    engine = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    return engine.insert(model)
