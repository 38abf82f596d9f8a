"""What a page asks the database, and which tables SQLite would read from end to end for it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from flask import Flask
from sqlalchemy import Engine, event

UNCOUNTED: Final = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SAVEPOINT", "RELEASE")

# One that is read along an index ends with the page; one whose rows come newest first is read along
# its own keys, which the plan tells in no other words.
SCANNED: Final = re.compile(r"^SCAN (\w+)( USING .*)?$")
# Lines of recipient lists have no order that a page follows: along an index all of them are read.
IN_NO_ORDER: Final = {"recipients"}
ALONG_KEYS: Final = re.compile(r"ORDER BY (\w+)\.id DESC\s+LIMIT")
RENAMED: Final = re.compile(r"\b(?:FROM|JOIN|,) (\w+) AS (\w+)")


@contextmanager
def counting(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    """The statements that the application sends meanwhile with their values, but no BEGIN."""
    sent: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if not statement.lstrip().upper().startswith(UNCOUNTED):
            sent.append((statement, values))

    event.listen(app.extensions["engine"], "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        event.remove(app.extensions["engine"], "before_cursor_execute", keep)


def read_whole(engine: Engine, statement: str, values: Any) -> set[str]:
    """The tables, by their own names, that a statement reads from end to end; none elsewhere."""
    if engine.dialect.name != "sqlite" or not statement.startswith(("SELECT", "WITH")):
        return set()
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    names = {name: table for table, name in RENAMED.findall(statement)}
    scans = [match for row in plan if (match := SCANNED.match(row[-1]))]
    found = [(names.get(scan[1], scan[1]), scan[2]) for scan in scans]
    whole = {name for name, index in found if not index or name in IN_NO_ORDER}
    return whole - set(ALONG_KEYS.findall(statement))
