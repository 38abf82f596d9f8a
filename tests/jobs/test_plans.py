"""Rounds look every few seconds: each starts from the few rows of an index, not from all there are.

SQLite says how it goes about a question; the plans of PostgreSQL follow statistics, of which a test
has none.
"""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from portal.catalogue import LADDERS
from portal.db import make_engine, make_sessions, reading
from portal.ladders import Ladder
from portal.reminders.planning import plan
from portal.rules import COMMITMENTS
from tests.cast import NOW

OURS = [ladder for ladder in LADDERS if ladder.resource_type is COMMITMENTS]
STARTS = {
    "answer-soon": "ix_commitments_unanswered",
    "report-soon": "ix_milestones_due",
    "verify-late": "ix_milestones_reported",
    "evidence-expires": "ix_evidence_expires",
    "grace-ends": "ix_conditions_while",
}


@pytest.fixture
def sqlite(sqlite_seed: Path, tmp_path: Path) -> Iterator[Engine]:
    """The cast on SQLite."""
    copy = shutil.copy(sqlite_seed, tmp_path / "portal.db")
    engine = make_engine(f"sqlite:///{copy}")
    yield engine
    engine.dispose()


def steps(session: Session, engine: Engine, ladder: Ladder) -> list[str]:
    """How SQLite goes about the question of a ladder, without what the policy asks on the way."""
    asked: list[tuple[str, Any]] = []

    def keep(_c: Any, _cursor: Any, statement: str, values: Any, *_more: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            asked.append((statement, values))

    event.listen(engine, "before_cursor_execute", keep)
    plan(session, ladder, NOW + timedelta(days=1))
    event.remove(engine, "before_cursor_execute", keep)
    ((statement, values),) = asked
    connection = session.connection()
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return [row.detail for row in rows if row.parent == 0]


@pytest.mark.parametrize("ladder", OURS, ids=[ladder.rungs[0].template for ladder in OURS])
def test_a_ladder_starts_from_its_index_and_asks_the_policy_of_few(
    sqlite: Engine, ladder: Ladder
) -> None:
    with reading(make_sessions(sqlite)) as session:
        found = steps(session, sqlite, ladder)
    assert STARTS[ladder.rungs[0].template] in found[0]
    assert not [step for step in found if step.startswith("SCAN")]
    assert any("ix_memberships_organisation_id_person_id" in step for step in found)


def test_every_ladder_of_commitments_asks_once_and_only_about_people_of_the_parties() -> None:
    assert {ladder.rungs[0].template for ladder in OURS} == STARTS.keys()
    assert all(ladder.homes for ladder in OURS)


@pytest.mark.parametrize("ladder", LADDERS, ids=[ladder.rungs[0].template for ladder in LADDERS])
def test_no_ladder_makes_an_index_of_its_own(sqlite: Engine, ladder: Ladder) -> None:
    with reading(make_sessions(sqlite)) as session:
        found = steps(session, sqlite, ladder)
    assert not [step for step in found if "AUTOMATIC" in step]
