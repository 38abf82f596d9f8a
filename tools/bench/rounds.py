"""What the jobs ask in each round, timed apart: what is due for the system, whom to remind."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import commitments
from portal.db import make_sessions, open_session
from portal.reminders import remind
from tools.bench.counting import counting

TIMES = 7


@dataclass(frozen=True)
class Round:
    """How long one question of the jobs takes (ms, the median), and what it finds."""

    name: str
    statements: int
    found: int
    wall: float
    cpu: float


def rounds(engine: Engine, now: datetime) -> list[Round]:
    """The questions of a round of the jobs; what they write is rolled back."""
    return [
        _timed(engine, "what is due for the house", lambda s: len(_due(s, now))),
        _timed(engine, "whom to remind", lambda s: remind(s, now)),
    ]


def _due(session: Session, now: datetime) -> list[str]:
    return commitments.due_for_the_system(session, now)


def _timed(engine: Engine, name: str, ask: Callable[[Session], int]) -> Round:
    walls, cpus, found = [], [], 0
    for _ in range(TIMES):
        with open_session(make_sessions(engine), writes=True) as session:
            with counting(engine) as sent:
                wall, cpu = time.perf_counter(), time.process_time()
                found = ask(session)
                cpus.append(1000 * (time.process_time() - cpu))
                walls.append(1000 * (time.perf_counter() - wall))
            session.rollback()
    return Round(name, len(sent), found, median(walls), median(cpus))
