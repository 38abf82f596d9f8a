"""How the commitments of the bench went: state, due days, ends; what is due does not grow."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

from models.commitments import CommitmentState
from portal.days import end_of

DAY = timedelta(days=1)
# Of a hundred commitments; a good fifth is in force.
SHARES = {
    CommitmentState.FULFILLED: 50.0,
    CommitmentState.NOT_MET: 7.0,
    CommitmentState.RELEASED: 6.0,
    CommitmentState.DECLINED: 5.0,
    CommitmentState.LAPSED: 4.0,
    CommitmentState.WITHDRAWN: 3.0,
    CommitmentState.IN_FORCE: 20.0,
    CommitmentState.PROPOSED: 2.0,
    CommitmentState.ACCEPTED: 1.5,
    CommitmentState.SUSPENDED: 1.0,
    CommitmentState.DRAFT: 0.5,
}
# What time has come for, or comes for in two weeks: so many of each, however many there are in all.
DUE = {
    "late": (300, CommitmentState.IN_FORCE),
    "soon": (300, CommitmentState.IN_FORCE),
    "reported": (100, CommitmentState.IN_FORCE),
    "asked": (40, CommitmentState.PROPOSED),
    "unanswered": (20, CommitmentState.PROPOSED),
    "turned": (20, CommitmentState.ACCEPTED),
    "round": (20, CommitmentState.IN_FORCE),
    "broken": (20, CommitmentState.IN_FORCE),
}
ENOUGH = 5000
BEGAN = (
    CommitmentState.IN_FORCE,
    CommitmentState.SUSPENDED,
    CommitmentState.FULFILLED,
    CommitmentState.NOT_MET,
    CommitmentState.RELEASED,
)
OVER = tuple(SHARES)[:6]
ends = cache(end_of)


@dataclass(frozen=True)
class DueDay:
    """A due day: when it is, when it was reported and found to be met."""

    on: date
    reported_at: datetime | None = None
    met_at: datetime | None = None

    @property
    def at(self) -> datetime:
        """The end of the day."""
        return ends(self.on, "UTC")


@dataclass
class Course:
    """How one went, from the moment `at` when it was proposed (or drafted)."""

    key: int
    state: CommitmentState
    due: str
    at: datetime
    days: list[DueDay] = field(default_factory=list)
    every: str = ""
    answer_by_on: date | None = None
    began_at: datetime | None = None
    suspended_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def due_at(self) -> datetime | None:
        """The end of the first due day that is neither met nor reported in full."""
        open_days = (day for day in self.days if day.met_at is None and day.reported_at is None)
        return min((day.at for day in open_days), default=None)

    @property
    def turns_at(self) -> datetime | None:
        """Where the list has it: at that day, or at the first that is not met."""
        unmet = (day.at for day in self.days if day.met_at is None)
        return self.due_at or min(unmet, default=None)


class Courses:
    """Decides how each of so many went, the same way each time."""

    def __init__(self, chance: random.Random, total: int, now: datetime) -> None:
        self.chance, self.total, self.now, self.today = chance, total, now, now.date()
        share = min(1.0, total / ENOUGH)
        due = [name for name, (many, _state) in DUE.items() for _ in range(int(many * share))]
        chance.shuffle(due)
        self.due = {int((n + 0.5) * total / len(due)): name for n, name in enumerate(due)}
        self.states, self.weights = zip(*SHARES.items(), strict=True)

    def of(self, key: int, at: datetime) -> Course:
        """How the one with this key went."""
        due = self.due.get(key, "")
        state = DUE[due][1] if due else self.chance.choices(self.states, self.weights)[0]
        course = Course(key, state, due, at)
        if state in BEGAN:
            course.began_at = at
        if state in OVER:
            left = (self.now - at) * self.chance.random()
            course.ended_at = at + min(self._days(10, 300), left)
            course.days = self._past(course)
        elif state in BEGAN:
            self._run(course)
        else:
            course.days = [DueDay(self.today + self._days(90, 500))]
        if state == CommitmentState.SUSPENDED:
            course.suspended_at = at
        if state == CommitmentState.PROPOSED:
            away = {"asked": (1, 5), "unanswered": (-9, -2)}.get(due, (9, 60))
            course.answer_by_on = self.today + self._days(*away)
        return course

    def _days(self, first: int, last: int) -> timedelta:
        return DAY * self.chance.randint(first, last)

    def _past(self, course: Course) -> list[DueDay]:
        end = course.ended_at or self.now
        if course.state == CommitmentState.FULFILLED:
            days = [end - 20 * n * DAY for n in range(self._steps())]
            return [DueDay(day.date(), day, day) for day in reversed(days)]
        count, first = self._steps(), course.at + self._days(20, 200)
        days = [first + 30 * n * DAY for n in range(count)]
        met = count > 1 and course.state in BEGAN and self.chance.random() < 0.3
        reported = end if course.state in BEGAN and self.chance.random() < 0.2 else None
        return [
            DueDay(day.date(), reported, end if met and n == 0 else None)
            for n, day in enumerate(days)
        ]

    def _run(self, course: Course) -> None:
        if course.due == "round":
            past = self.today - self._days(2, 5)
            course.every, course.days = "month", [DueDay(past, self.now - DAY, self.now - DAY)]
            return
        if not course.due and self.chance.random() < 0.05:
            return
        away = {"late": (-200, -1), "soon": (0, 12)}.get(course.due, (20, 620))
        first = self.today + self._days(*away)
        count = self._steps()
        met = self.chance.randrange(count)
        if not course.due and self.chance.random() < 0.05:
            course.every, count = "month", met + 1
        before = [first - 30 * (met - n) * DAY for n in range(met)]
        done = [min(ends(day, "UTC"), self.now - DAY) for day in before]
        course.days = [DueDay(day, at, at) for day, at in zip(before, done, strict=True)]
        reported = self.now - self._days(1, 40) if course.due == "reported" else None
        course.days.append(DueDay(first, reported))
        course.days += [DueDay(first + 45 * n * DAY) for n in range(1, count - met)]

    def _steps(self) -> int:
        return self.chance.choice((1, 1, 2, 3))
