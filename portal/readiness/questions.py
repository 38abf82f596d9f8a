"""All questions of the self-check, by key and by whom they are for."""

from typing import Final

from portal.readiness.delegations import DELEGATIONS
from portal.readiness.personal import PERSONAL
from portal.readiness.shapes import Question
from portal.readiness.teams import TEAMS

QUESTIONS: Final[tuple[Question, ...]] = (*PERSONAL, *DELEGATIONS, *TEAMS)


def asked_of(scope: str) -> tuple[Question, ...]:
    """The questions of one scope, in the order of their effect."""
    return tuple(sorted((q for q in QUESTIONS if q.scope == scope), key=lambda q: q.effect))
