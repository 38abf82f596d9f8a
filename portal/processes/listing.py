"""The list of processes that a person knows of: what is under way first, then by last change."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from models.processes import Phase, Process, Seat
from models.stakeholders import Membership, Organisation
from portal.access import Actor, visible
from portal.rules import PROCESSES

MOST = 200


def listing(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The processes in which the person has a seat, closed ones last."""
    columns = (Process.ref, Process.cover_name, Process.state, Process.changed_at)
    rows = session.execute(
        visible(PROCESSES, actor, now, *columns, Organisation.name.label("body"))
        .join(Organisation, Organisation.id == Process.organisation_id)
        .where(Process.id.in_(_could_know(actor)))
        .order_by(Process.state == Phase.CLOSED, Process.changed_at.desc(), Process.id.desc())
        .limit(MOST)
    )
    return list(rows)


def _could_know(actor: Actor) -> Select[int]:
    # A cheap first look by the indexes of seats, so that the policy is asked of few: it alone
    # decides.
    homes = select(Membership.organisation_id).where(Membership.person_id == actor.person_id)
    near = or_(Seat.person_id == actor.person_id, Seat.organisation_id.in_(homes))
    return select(Seat.process_id).where(near)
