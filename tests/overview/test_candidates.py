"""What could wait is looked for by indexes: the first page does not grow with what is over.

SQLite says how it goes about a question; the plans of PostgreSQL follow statistics, of which a test
has none.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from portal.catalogue import NOUNS
from portal.tasks import Task, Tasks

EACH = [
    pytest.param(task, id=f"{noun.policy.name}-{task.verb}-{task.section}")
    for noun in NOUNS
    if isinstance(noun.tasks, Tasks)
    for task in noun.tasks.each
]
DIALECT = create_engine("sqlite://").dialect
# A table is read whole: no list of values, no part of the question itself, and by no index.
WHOLE = re.compile(r"SCAN (?!json_each|anon_)\w+$")


def steps(seed: Path, task: Task) -> list[str]:
    """How SQLite answers which resources could wait, whatever the values."""
    question = re.sub(r"\?|__\[\w+\]", "1", str(task.could.compile(dialect=DIALECT)))
    with closing(sqlite3.connect(f"file:{seed}?mode=ro", uri=True)) as connection:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {question}")]


@pytest.mark.parametrize("task", EACH)
def test_no_table_is_read_whole_for_what_could_wait(sqlite_seed: Path, task: Task) -> None:
    found = steps(sqlite_seed, task)
    assert found
    assert [step for step in found if WHOLE.search(step)] == []
