"""The check of unintended consequences before a commitment about an operation is proposed.

Its questions are those of releases (`portal.precautions`). The answers are for the side that writes
the commitment: they are no terms, and no counterpart reads them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.processes import Process
from portal import precautions
from portal.access import Actor, visible
from portal.errors import TooLate, refuse
from portal.ledger import transition
from portal.precautions import UNINTENDED
from portal.rules import COMMITMENTS, EDIT, PROCESSES

# Themes of commitments on what an operation does or does not reach.
OPERATIONS: Final = frozenset({"restraint", "essential-services"})
NONE: Final[Mapping[str, str]] = {}


def questions_of(commitment: Commitment) -> Mapping[str, str]:
    """What has to be answered before it is proposed; nothing where it is about no operation."""
    return UNINTENDED if commitment.theme in OPERATIONS else NONE


def asked_of(commitment: Commitment) -> Mapping[str, str]:
    """What is or was asked: answers stay with it, whatever its theme became."""
    return UNINTENDED if commitment.consequences else questions_of(commitment)


def answer(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    answers: Mapping[str, str],
    version: int,
    now: datetime,
) -> None:
    """Save answers with the draft, as far as there are any; `version` is the one that was read.

    Raises TooLate when somebody saved another version meanwhile, Invalid for what is too long.
    """
    with transition(session, actor, EDIT, COMMITMENTS, ref, now) as commitment:
        if commitment.version != version:
            raise TooLate(EDIT)
        keep_answers(commitment, answers)
        commitment.changed_at = now


def keep_answers(commitment: Commitment, answers: Mapping[str, str]) -> None:
    """Put the answers into the commitment; raises Invalid for what is too long."""
    refuse(precautions.problems(UNINTENDED, answers))
    given = {key: said.strip() for key, said in answers.items() if key in UNINTENDED}
    commitment.consequences = {key: said for key, said in given.items() if said}


def refuse_unanswered(commitment: Commitment) -> None:
    """Raise Invalid while a question on its consequences is open."""
    refuse(precautions.still_open(questions_of(commitment), commitment.consequences))


def process_ref(session: Session, actor: Actor, commitment: Commitment, now: datetime) -> str:
    """The reference of its process, on which harm may be known; empty where they see none."""
    seen = visible(PROCESSES, actor, now, Process.ref).where(Process.id == commitment.process_id)
    return session.scalar(seen) or ""
