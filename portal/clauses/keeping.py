"""Keeping the library: clauses are added, changed, taken out of use and back into it."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from models.base import new_reference
from models.norms import Clause, ClauseState
from portal.access import Actor
from portal.clauses.text import ClauseText
from portal.errors import TooLate, refuse
from portal.ledger import create, transition
from portal.rules import ADD_CLAUSE, CLAUSES, EDIT, OFFICE, RESTORE, RETIRE

OFFICE_REF: Final = "OFFICE"


def add_clause(session: Session, actor: Actor, text: ClauseText, now: datetime) -> Clause:
    """Put a clause into the library; raises Invalid with a message for each bad field."""
    with transition(session, actor, ADD_CLAUSE, OFFICE, OFFICE_REF, now):
        refuse(text.problems())
        clause = Clause(
            ref=new_reference(CLAUSES.prefix, now.year), state=ClauseState.ACTIVE, changed_at=now
        )
        text.write_into(clause)
        create(session, actor, ADD_CLAUSE, CLAUSES, clause, now)
    return clause


def edit(
    session: Session, actor: Actor, ref: str, *, text: ClauseText, version: int, now: datetime
) -> None:
    """Change a clause; `version` is the one the writer had before their eyes.

    Raises TooLate when somebody saved another version meanwhile, Invalid for bad fields.
    Commitments that were started from it keep their words.
    """
    with transition(session, actor, EDIT, CLAUSES, ref, now) as clause:
        if clause.version != version:
            raise TooLate(EDIT)
        refuse(text.problems())
        text.write_into(clause)
        clause.changed_at = now


def retire(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Take a clause out of use: it stays readable, and no commitment starts from it any more."""
    with transition(session, actor, RETIRE, CLAUSES, ref, now) as clause:
        clause.changed_at = now


def restore(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Take a retired clause back into use."""
    with transition(session, actor, RESTORE, CLAUSES, ref, now) as clause:
        clause.changed_at = now
