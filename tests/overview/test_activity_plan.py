"""How PostgreSQL plans what is recent: once, whatever the values."""

import re

from sqlalchemy.dialects import postgresql

from portal.overview.activity import LOOKED_AT, NEWEST


def test_it_knows_how_many_rows_are_looked_at() -> None:
    text = str(NEWEST.compile(dialect=postgresql.dialect()))
    limits = re.findall(r"LIMIT\s+([^\s),]+)", text)
    assert set(limits) == {"1", str(LOOKED_AT)}, "none is a value, of which a tenth is expected"
