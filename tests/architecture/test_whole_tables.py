"""Pages start from indexes: what they cost does not grow with what is over, or is somebody else's.

SQLite says how it goes about a question; the plans of PostgreSQL follow statistics, of which a test
has none.
"""

import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from portal.catalogue import NOUNS
from portal.related import Together
from portal.tasks import Task, Tasks

DIALECT = create_engine("sqlite://").dialect
# A table is read whole: no list of values, no part of the question itself.
WHOLE = re.compile(r"SCAN (?!json_each|anon_|CONSTANT)(\w+)(?: USING (?:COVERING )?INDEX (\w+))?$")
# Directories, of which there are few: who takes part, and in which processes.
FEW = {"organisations", "people", "processes", "policy_seller", "policy_seated"}
TASKS = [
    pytest.param(task, id=f"{noun.policy.name}-{task.verb}-{task.section}")
    for noun in NOUNS
    if isinstance(noun.tasks, Tasks)
    for task in noun.tasks.each
]


def loaded_together() -> Iterator[Any]:
    """The questions for what pages load beside a list or a record."""
    for name, module in sorted(sys.modules.items()):
        if name.startswith("portal."):
            for constant, value in vars(module).items():
                if isinstance(value, Together):
                    yield pytest.param(value, id=f"{name}.{constant}")


def read_whole(seed: Path, question: Any) -> list[tuple[str, str]]:
    """The tables that SQLite reads whole for a question, and by which index, for any values."""
    asked = re.sub(r"\?|:\w+|__\[\w+\]", "1", str(question.compile(dialect=DIALECT)))
    with closing(sqlite3.connect(f"file:{seed}?mode=ro", uri=True)) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert steps
    return [(found[1], found[2] or "") for step in steps if (found := WHOLE.match(step))]


@pytest.mark.parametrize("task", TASKS)
def test_no_table_is_read_whole_for_what_could_wait(sqlite_seed: Path, task: Task) -> None:
    # By an index it may be one of the few that are open, in the whole portal.
    found = read_whole(sqlite_seed, task.could)
    assert [table for table, index in found if not index] == []


@pytest.mark.parametrize("together", list(loaded_together()))
def test_no_table_is_read_whole_for_what_stands_beside(
    sqlite_seed: Path, together: Together
) -> None:
    found = read_whole(sqlite_seed, together.question)
    assert {table for table, _index in found} <= FEW
