"""The list of processes that a person knows of: what is under way first, then by last change."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.processes import Phase, Process, Seat
from models.stakeholders import Membership, Organisation
from portal.access import Actor, readable
from portal.parameters import ME, NOW, at_most, ready
from portal.rules import PROCESSES
from portal.tickets import own_ticket

MOST = 200


def listing(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The processes in which the person has a seat, closed ones last."""
    return list(session.execute(LISTED, {ME.key: actor.person_id, NOW.key: now}))


def _could_know() -> Select[int]:
    # A cheap first look by the indexes of seats, so that the policy is asked of few: it alone
    # decides.
    homes = select(Membership.organisation_id).where(Membership.person_id == ME)
    near = or_(Seat.person_id == ME, Seat.organisation_id.in_(homes))
    return select(Seat.process_id).where(near)


def _listed() -> Select[*tuple[Any, ...]]:
    columns = (Process.ref, Process.cover_name, Process.state, Process.changed_at)
    beside = (Organisation.name.label("body"), own_ticket(Process.ref, ME))
    return (
        readable(PROCESSES, *columns, *beside)
        .join(Organisation, Organisation.id == Process.organisation_id)
        .where(Process.id.in_(_could_know()))
        .order_by(Process.state == Phase.CLOSED, Process.changed_at.desc(), Process.id.desc())
        .limit(at_most(MOST))
    )


LISTED: Final = ready(_listed())
