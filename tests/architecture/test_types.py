"""The way to change a resource knows its type: a column that does not exist is found by mypy."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.files import ROOT

SERVICE = """
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.stakeholders import Person
from portal.access import Actor, authorize
from portal.ledger import transition
from portal.related import load_together, related
from portal.rules import COMMITMENTS, NOTICES
from portal.rules.verbs import EDIT, READ


def service(session: Session, actor: Actor, ref: str, now: datetime) -> str:
    with transition(session, actor, EDIT, NOTICES, ref, now) as notice:
        notice.title = "written as the model has it"
        notice.titel = "misspelled"
        notice.due_on = "a column of another table"
        notice.title = now
    commitment = authorize(session, actor, READ, COMMITMENTS, ref, now)
    return commitment.ref + commitment.reff


@dataclass(frozen=True)
class PersonRow:
    id: int
    name: str
    zone: datetime


def rows(session: Session) -> list[str]:
    part = related(PersonRow, select(Person.id, Person.name, Person.zone))
    return [row.nam for row in load_together(session, [part], 10)[PersonRow]]
"""
WRONG = [
    ("19", "attr-defined"),
    ("20", "attr-defined"),
    ("21", "assignment"),
    ("23", "attr-defined"),
    ("34", "arg-type"),
    ("35", "attr-defined"),
]


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_misspelled_column_is_a_type_error(tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.py"
    spoiled.write_text(SERVICE)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", str(spoiled)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"spoiled\.py:(\d+): error: .*\[([\w-]+)\]", done.stdout)
    # Of a column that does not exist the rest of its sentence is unknown too.
    assert [one for one in found if one[1] != "no-any-return"] == WRONG, done.stdout
