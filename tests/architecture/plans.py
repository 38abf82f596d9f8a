"""Which tables SQLite would read from end to end for a statement: what grows with the portal."""

import re
from typing import Any, Final

from sqlalchemy import Engine

# One that is read along an index ends with the page; one whose rows come newest first is read along
# its own keys, which the plan tells in no other words.
WHOLE: Final = re.compile(r"^SCAN (\w+)$")
ALONG_KEYS: Final = re.compile(r"ORDER BY (\w+)\.id DESC\s+LIMIT")
RENAMED: Final = re.compile(r"\b(?:FROM|JOIN|,) (\w+) AS (\w+)")


def read_whole(engine: Engine, statement: str, values: Any) -> set[str]:
    """The tables, by their own names, that a statement reads from end to end; none elsewhere."""
    if engine.dialect.name != "sqlite" or not statement.startswith(("SELECT", "WITH")):
        return set()
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    names = {name: table for table, name in RENAMED.findall(statement)}
    found = {match[1] for row in plan if (match := WHOLE.match(row[-1]))}
    return {names.get(name, name) for name in found} - set(ALONG_KEYS.findall(statement))
