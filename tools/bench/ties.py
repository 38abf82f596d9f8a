"""On what the commitments of the bench hang, so that each could be in the state that it is in."""

import random
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

from models.commitments import CommitmentState, ConditionType
from tools.bench.courses import DAY, OVER, Course

ALSO = 0.02
Row = tuple[Any, ...]


def _fulfilled(other: Course) -> bool:
    return other.state == CommitmentState.FULFILLED


def _stopped(other: Course) -> bool:
    return other.ended_at is not None and not _fulfilled(other)


def _keeps_on(other: Course) -> bool:
    runs = other.state == CommitmentState.IN_FORCE and other.due in ("", "soon", "reported")
    return runs and other.due_at is not None


class Ties:
    """Ties each commitment to one of the few before it, where it has a condition."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.before: deque[Course] = deque(maxlen=80)

    def of(self, course: Course) -> list[Row]:
        """The condition of this one, as a row: the accepted and suspended ones all have one."""
        state, rows = course.state, []
        if course.due == "turned":
            rows = self._on(course, ConditionType.AFTER, _fulfilled)
        elif state == CommitmentState.ACCEPTED:
            rows = self._on(course, ConditionType.AFTER, _keeps_on)
        elif state == CommitmentState.SUSPENDED or course.due == "broken":
            rows = self._on(course, ConditionType.WHILE, _stopped)
        elif self.chance.random() < ALSO and state == CommitmentState.IN_FORCE:
            rows = self._on(course, ConditionType.WHILE, _keeps_on)
        elif self.chance.random() < ALSO and state in (*OVER, CommitmentState.IN_FORCE):
            rows = self._on(course, ConditionType.AFTER, _fulfilled)
        elif self.chance.random() < ALSO and state in OVER:
            rows = self._on(course, ConditionType.WHILE, _stopped)
        self.before.append(course)
        return rows

    def _on(
        self, course: Course, condition_type: ConditionType, fits: Callable[[Course], bool]
    ) -> list[Row]:
        others = [other for other in self.before if fits(other)]
        if not others:
            return []
        other = self.chance.choice(others)
        days = self.chance.choice((3, 5, 10)) if _keeps_on(other) else 0
        since = self._decides(other, condition_type)
        turns = since + days * DAY if since else None
        decides = (
            CommitmentState.IN_FORCE
            if condition_type == ConditionType.WHILE
            else CommitmentState.ACCEPTED
        )
        return [(course.key, other.key, str(condition_type), days, turns, course.state == decides)]

    def _decides(self, other: Course, condition_type: ConditionType) -> datetime | None:
        if condition_type == ConditionType.AFTER:
            return other.ended_at if _fulfilled(other) else None
        return other.ended_at or other.due_at
