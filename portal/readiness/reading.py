"""Reading one's own self-checks: all of them, and one with its advice."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.readiness import CheckState, SelfCheck
from portal.access import Actor, authorize, readable, verbs
from portal.parameters import ME, NOW, at_most, ready
from portal.readiness.answers import answers_of
from portal.readiness.questions import asked_of
from portal.readiness.shapes import Answer, Answers, Question
from portal.rules import READ, READINESS
from portal.sealing import Sealer

MOST: Final = 60  # of one person: a self-check a quarter of each scope, for five years
DRAWN: Final = (Answer.YES, Answer.PARTLY, Answer.NO, Answer.UNKNOWN)
TO_DO: Final = (Answer.NO, Answer.PARTLY, Answer.UNKNOWN)


@dataclass(frozen=True)
class Advice:
    """A question with what was answered, as a step to take."""

    question: Question
    answer: Answer


@dataclass(frozen=True)
class Reading:
    """One self-check as its respondent sees it; `answers` is None where they do not open."""

    check: SelfCheck
    verbs: frozenset[str]
    questions: tuple[Question, ...]
    answers: Answers | None

    @property
    def advice(self) -> tuple[Advice, ...]:
        """What to do, in the order of effect."""
        said = self.answers or {}
        return tuple(
            Advice(question, said[question.key])
            for question in self.questions
            if said.get(question.key) in TO_DO
        )

    @property
    def in_place(self) -> tuple[Question, ...]:
        """What is answered with yes."""
        said = self.answers or {}
        return tuple(q for q in self.questions if said.get(q.key) is Answer.YES)


@dataclass(frozen=True)
class Mine:
    """One of one's self-checks in the list: how many answers of each sort, None if unreadable."""

    check: SelfCheck
    asked: int
    counts: Counter[Answer] | None

    @property
    def answered(self) -> int:
        """How many questions have an answer."""
        return sum((self.counts or {}).values())

    def by_answer(self) -> list[int]:
        """How many of each answer that can change, in the order of `DRAWN`."""
        return [(self.counts or Counter())[answer] for answer in DRAWN]


def mine(session: Session, actor: Actor, sealer: Sealer, now: datetime) -> list[Mine]:
    """One's own self-checks, the newest first."""
    rows = session.scalars(MINE, {ME.key: actor.person_id, NOW.key: now}).all()
    found = []
    for check in rows:
        said = answers_of(sealer, check)
        counts = None if said is None else Counter(said.values())
        found.append(Mine(check, len(asked_of(check.scope)), counts))
    return found


def read(
    session: Session, actor: Actor, ref: str, sealer: Sealer, now: datetime, verb: str = READ
) -> Reading:
    """One self-check with its answers and advice; raises NotFound for anybody else's.

    It is for whoever may do `verb` with it.
    """
    check = authorize(session, actor, verb, READINESS, ref, now)
    mine = verbs(session, actor, READINESS, check.id, now)
    return Reading(check, mine, asked_of(check.scope), answers_of(sealer, check))


MINE: Final = ready(
    readable(READINESS, SelfCheck)
    .where(SelfCheck.person_id == ME, SelfCheck.state != CheckState.ERASED)
    .order_by(SelfCheck.id.desc())
    .limit(at_most(MOST))
)
