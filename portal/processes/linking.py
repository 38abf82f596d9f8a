"""The mediating team links a notice to its process; the link gives access to neither end."""

from datetime import datetime

from sqlalchemy import delete, exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.processes import MediatorLink
from portal.access import Actor, authorize
from portal.errors import Invalid, NotFound, TooLate
from portal.ledger import transition
from portal.rules import LINK, NOTICES, PROCESSES, READ
from portal.words import N_


def link(session: Session, actor: Actor, ref: str, *, notice: str, now: datetime) -> None:
    """Link the notice with this reference, which the person may read, to the process.

    Raises Invalid (field `notice`) where it is not known to the person or is linked already.
    """
    with transition(
        session, actor, LINK, PROCESSES, ref, now, notice=notice, linked=True
    ) as process:
        try:
            other = authorize(session, actor, READ, NOTICES, notice, now)
        except NotFound as unknown:
            raise Invalid(
                {"notice": N_("This is not in the portal, or not shared with you.")}
            ) from unknown
        there = exists().where(
            MediatorLink.process_id == process.id, MediatorLink.notice_id == other.id
        )
        if session.scalar(select(there)):
            raise Invalid({"notice": N_("It is already linked to this process.")})
        session.add(
            MediatorLink(
                notice_id=other.id,
                process_id=process.id,
                body_id=process.organisation_id,
                by_id=actor.person_id,
                at=now,
            )
        )
        try:
            session.flush()
        except IntegrityError as taken:
            raise TooLate(LINK) from taken


def unlink(session: Session, actor: Actor, ref: str, *, notice: str, now: datetime) -> None:
    """Remove the link; raises NotFound where there is none to a notice that the person may read."""
    with transition(
        session, actor, LINK, PROCESSES, ref, now, notice=notice, linked=False
    ) as process:
        other = authorize(session, actor, READ, NOTICES, notice, now)
        gone = (
            delete(MediatorLink)
            .where(MediatorLink.process_id == process.id, MediatorLink.notice_id == other.id)
            .returning(MediatorLink.id)
        )
        if session.scalar(gone) is None:
            raise NotFound(notice)
