"""A mediator links a notice to a norm, beside what its author says, and marked as theirs."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.processes import MediatorLink
from models.stakeholders import Organisation
from portal.access import Actor, predicate
from portal.coverage.tying import LONGEST
from portal.errors import NotFound, TooLate, refuse
from portal.ledger import transition
from portal.norms import NORMS
from portal.parameters import at_most
from portal.recipients import audience_of
from portal.rules import ANNOTATE, NOTICES, OPEN_PROCESS, ORGANISATIONS
from portal.words import N_


def annotate(
    session: Session, actor: Actor, ref: str, *, norm: str, reason: str, now: datetime
) -> None:
    """Say for one's mediation body that a notice is relevant to a norm, and why.

    Raises Invalid for a norm that is not in the registry or is linked already, and for a bad
    reason.
    """
    reason = reason.strip()
    with transition(session, actor, ANNOTATE, NOTICES, ref, now, norm=norm, linked=True) as notice:
        body = _body(session, actor, now)
        found = {}
        if norm not in NORMS:
            found["norm"] = N_("Choose a norm from the list.")
        elif session.scalar(select(exists().where(*_link(notice, norm, body)))):
            found["norm"] = N_("Your organisation has already linked it to this norm.")
        if not reason:
            found["reason"] = N_("Explain in one sentence why the norm is relevant.")
        if len(reason) > LONGEST:
            found["reason"] = N_("This is too long.")
        refuse(found)
        values = {"notice_id": notice.id, "norm": norm, "body_id": body, "reason": reason}
        values["audience_id"] = audience_of(session, notice)
        session.add(MediatorLink(**values, by_id=actor.person_id, at=now))
        try:
            session.flush()
        except IntegrityError as taken:
            raise TooLate(ANNOTATE) from taken


def unannotate(session: Session, actor: Actor, ref: str, *, norm: str, now: datetime) -> None:
    """Remove a link that one's mediation body made; raises NotFound where there is none."""
    with transition(session, actor, ANNOTATE, NOTICES, ref, now, norm=norm, linked=False) as notice:
        mine = _link(notice, norm, _body(session, actor, now))
        if session.scalar(delete(MediatorLink).where(*mine).returning(MediatorLink.id)) is None:
            raise NotFound(norm)


def _link(notice: Any, norm: str, body: int | None) -> tuple[Any, ...]:
    return (
        MediatorLink.notice_id == notice.id,
        MediatorLink.norm == norm,
        MediatorLink.body_id == body,
    )


def _body(session: Session, actor: Actor, now: datetime) -> int | None:
    # Whoever may open a process for a body mediates or coordinates there.
    mine = predicate(ORGANISATIONS, OPEN_PROCESS, actor.person_id, now)
    return session.scalar(
        select(Organisation.id).where(mine).order_by(Organisation.id).limit(at_most(1))
    )
