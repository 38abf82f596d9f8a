"""What the jobs ask in each round, timed apart, and what an event of the trail costs."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import commitments
from portal.db import make_sessions, open_session
from portal.ledger import append_readings, audit
from portal.reminders import remind
from portal.rules import NOTICES, READ
from tools.bench.counting import counting

TIMES = 7
MANY = 100


@dataclass(frozen=True)
class Round:
    """How long one question of the jobs takes (ms, the median), and what it finds."""

    name: str
    statements: int
    found: int
    wall: float
    cpu: float


def rounds(engine: Engine, now: datetime) -> list[Round]:
    """The questions of a round of the jobs, and what an event costs; all writing is rolled back."""
    return [
        _timed(engine, "what is due for the system user", lambda s: len(_due(s, now))),
        _timed(engine, "whom to remind", lambda s: remind(s, now)),
        _timed(engine, "whom to remind, when all is written", lambda s: remind(s, now), anew=True),
        _timed(engine, "100 acts appended to the trail", lambda s: _acts(s, now)),
        _timed(engine, "100 readings appended to the trail", lambda s: _readings(s, now)),
    ]


def _due(session: Session, now: datetime) -> list[str]:
    return commitments.due_for_the_system(session, now)


def _acts(session: Session, now: datetime) -> int:
    for _ in range(MANY):
        audit(session, None, READ, NOTICES, None, now)
    return MANY


def _readings(session: Session, now: datetime) -> int:
    said = {"at": now.isoformat(), "person_id": None, "verb": READ, "resource_type": NOTICES.name}
    said |= {"resource_id": None, "ref": "", "edition": None, "signin_id": None, "detail": {}}
    for _ in range(MANY):
        append_readings(session, [said])
    return MANY


def _timed(
    engine: Engine, name: str, ask: Callable[[Session], int], *, anew: bool = False
) -> Round:
    walls, cpus, found = [], [], 0
    for _ in range(TIMES):
        with open_session(make_sessions(engine), writes=True) as session:
            if anew:
                ask(session)
            with counting(engine) as sent:
                wall, cpu = time.perf_counter(), time.process_time()
                found = ask(session)
                cpus.append(1000 * (time.process_time() - cpu))
                walls.append(1000 * (time.perf_counter() - wall))
            session.rollback()
    return Round(name, len(sent), found, median(walls), median(cpus))
