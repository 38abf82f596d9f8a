"""Fills an empty database with many notices, in bulk, on SQLite and PostgreSQL."""

import sys
import time
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, text

from portal.db import make_sessions, writing
from portal.schema import upgrade
from tools.bench import cast as people
from tools.bench.rows import COLUMNS, Maker

COUNTED = ("notices", "recipients", "comments", "audit_events", "organisations", "sharing_groups")


def seed(engine: Engine, total: int, now: datetime) -> None:
    """Migrate, bring in the cast and so many notices; progress goes to standard error."""
    upgrade(engine)
    with writing(make_sessions(engine)) as session:
        cast = people.plant(session, now)
    maker, done, began = Maker(cast, total, now), 0, time.monotonic()
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if sqlite:
            _hurry(connection)
        for batch in maker.batches():
            with engine.execution_options(writes=True).begin() if not sqlite else connection.begin():
                pass
    _finish(engine, maker)
