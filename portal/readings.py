"""What people read goes into the trail after the page is drawn, and before it leaves.

It is written in a transaction of its own, so that nothing is drawn while others wait to write.
Where nothing can be written, the readings wait beside the database, and reading goes on (decision
0019).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, Final

from flask import current_app
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from portal.db import is_away, writing
from portal.ledger import append_readings
from portal.spool import Drained, Line

PATIENCE: Final = 2000  # milliseconds that a page waits for other writers before it goes on without
TURN: Final = Lock()


@contextmanager
def going_on() -> Iterator[None]:
    """Go on where the database takes nothing for now: what is read needs no more than reading."""
    try:
        yield
    except SQLAlchemyError as error:
        if not is_away(error):
            raise
        current_app.logger.warning("nothing can be written for now", exc_info=error)


def record_readings(lines: list[dict[str, Any]]) -> None:
    """Append readings to the trail, or keep them for later; raises Unkept where neither can be."""
    with going_on():
        _append(lines)
        return
    current_app.extensions["spool"].keep(lines)


def collect_readings() -> Drained:
    """Append to the trail what waits beside the database; how many readings that were.

    What it can never take is put aside, and named in the log: whoever comes by has another errand,
    and is kept from it by nothing that waits there.
    """
    spool = current_app.extensions["spool"]
    if not spool.waits():
        return Drained(0, 0)
    drained: Drained = spool.drain(_take)
    if drained.aside:
        current_app.logger.error("readings that the trail cannot take: %s put aside", drained.aside)
    return drained


def _take(lines: list[Line]) -> list[Line]:
    """Append them, and give back those that never can be: of a person of another database, say."""
    try:
        _append(lines)
    except (IntegrityError, DataError, LookupError, TypeError, ValueError):
        half = len(lines) // 2
        return _take(lines[:half]) + _take(lines[half:]) if half else lines
    return []


def _append(lines: list[dict[str, Any]]) -> None:
    sessions = current_app.extensions["sessions"]
    with _turn(), writing(sessions, PATIENCE) as short:
        append_readings(short, lines)


@contextmanager
def _turn() -> Iterator[None]:
    # Whoever waits for SQLite asks again after a while, and whoever came later may be luckier: with
    # many threads some wait ten times as long as most. So the threads of a process take turns.
    if current_app.extensions["engine"].dialect.name != "sqlite":
        yield
    elif TURN.acquire(timeout=PATIENCE / 1000):
        try:
            yield
        finally:
            TURN.release()
    else:
        raise PoolTimeout("other readings wait to be written")
