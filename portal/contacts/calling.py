"""Whom to call now, of each organisation: who is on duty, and who is next."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from sqlalchemy import BindParameter, Integer, bindparam, or_, select
from sqlalchemy.orm import Session

from models.contacts import ContactPoint
from models.processes import Process, Seat
from portal.access import Actor, beside_read, readable
from portal.contacts.absences import absent_of
from portal.contacts.duty import chain, next_opening
from portal.contacts.listing import MOST, PARTY, PURPOSE, Filter, as_on_call, rows_in_use
from portal.parameters import ME, NOW, at_most, ready
from portal.rules import PROCESSES, READ_MEMBERS

PROCESS: Final[BindParameter[int]] = bindparam("part_of", type_=Integer())


@dataclass(frozen=True)
class Call:
    """Whom of one organisation to call for a purpose: the first of `rows`, then the next.

    Where nobody is on duty there are none, and `next_at` is when somebody is.
    """

    organisation: str
    organisation_ref: str
    purpose: str
    rows: tuple[Any, ...]
    next_at: datetime | None


def who_to_call(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    purpose: str = "",
    language: str = "",
    party: int = 0,
    process: int = 0,
) -> list[Call]:
    """By organisation and purpose, those with somebody on duty first; one query.

    With `process`, the key of one whose members the person may know, of its organisations alone.
    """
    asked = Filter(purpose=purpose, party=party).values(actor, now)
    rows = session.execute(CALLED, asked | {PROCESS.key: process}).all()
    groups = groupby(rows, lambda row: (row.organisation, row.purpose))
    calls = [_call(tuple(each), language, now) for _group, each in groups]
    return sorted(calls, key=lambda call: not call.rows)


def _call(rows: tuple[Any, ...], language: str, now: datetime) -> Call:
    rota = {as_on_call(row, absent_of(row)): row for row in rows}
    there = tuple(rota[entry] for entry in chain(rota, now, language))
    openings = [at for entry in rota if (at := next_opening(entry, now)) is not None]
    first = rows[0]
    return Call(
        first.organisation,
        first.organisation_ref,
        first.purpose,
        there,
        None if there else min(openings, default=None),
    )


def _called() -> Any:
    known = readable(PROCESSES, Process.id).where(
        Process.id == PROCESS, beside_read(PROCESSES, READ_MEMBERS, ME, NOW)
    )
    seated = select(Seat.organisation_id).where(
        Seat.process_id.in_(known), Seat.organisation_id.is_not(None)
    )
    convening = select(Process.organisation_id).where(Process.id.in_(known))
    of_process = or_(
        ContactPoint.organisation_id.in_(seated), ContactPoint.organisation_id.in_(convening)
    )
    return (
        rows_in_use()
        .where(
            or_(PURPOSE == "", ContactPoint.purpose == PURPOSE),
            or_(PARTY == 0, ContactPoint.organisation_id == PARTY),
            or_(PROCESS == 0, of_process),
        )
        .order_by("organisation", ContactPoint.purpose, ContactPoint.place, ContactPoint.id)
        .limit(at_most(MOST))
    )


CALLED: Final = ready(_called())
