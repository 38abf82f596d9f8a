"""Alternates named: by whoever will be away, or by an administrator of their organisation.

Nothing holds before the alternate accepts. Of two whose days and scopes meet one is refused, so
that there is never a question of whom to ask.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from models.alternates import Alternate, AlternateState
from models.base import new_reference
from models.contacts import PURPOSES
from models.ledger import AuditEvent
from models.processes import Process
from portal.access import Actor, visible
from portal.days import day_of, end_of, known_zone
from portal.db import in_state
from portal.errors import Invalid
from portal.ledger import create, transition, write_to
from portal.relations import both_belong
from portal.rules import (
    ALTERNATES,
    APPOINT_ALTERNATE,
    DECLARE_ALTERNATE,
    ORGANISATIONS,
    PROCESSES,
)
from portal.words import N_

DAY: Final = timedelta(days=1)
# An absence ends; a lasting change is a change of roles.
LONGEST: Final = timedelta(days=366)
MEETS: Final = N_(
    "Another alternate is named for some of these days. End that one first, or choose other days."
)


@dataclass(frozen=True)
class Chosen:
    """Who acts, for what (one process, one purpose of contact points, or all), on which days."""

    person_id: int
    begins_on: date | None
    ends_on: date | None
    zone: str
    process_id: int | None = None
    purpose: str = ""
    red: bool = False


def declare_alternate(
    session: Session, actor: Actor, organisation_ref: str, chosen: Chosen, now: datetime
) -> Alternate:
    """Ask a colleague to act for oneself; raises Invalid with a message for each bad field."""
    with transition(
        session, actor, DECLARE_ALTERNATE, ORGANISATIONS, organisation_ref, now
    ) as home:
        row = _made(session, actor, home.id, actor.person_id, chosen, now)
        event = create(session, actor, DECLARE_ALTERNATE, ALTERNATES, row, now, away=row.for_id)
        write_to(session, event, row.person_id, now)
    return row


def appoint_alternate(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    chosen: Chosen,
    *,
    for_id: int,
    now: datetime,
) -> Alternate:
    """Ask somebody to act for another, as an administrator; that person is notified and may end it.

    Raises Invalid with a message for each bad field. What is TLP:RED stays with whoever is away.
    """
    with transition(
        session, actor, APPOINT_ALTERNATE, ORGANISATIONS, organisation_ref, now
    ) as home:
        if chosen.red:
            raise Invalid({"red": N_("Only the person who is away can include TLP:RED.")})
        row = _made(session, actor, home.id, for_id, chosen, now)
        event = create(session, actor, APPOINT_ALTERNATE, ALTERNATES, row, now, away=row.for_id)
        _notify_both(session, actor, event, row, now)
    return row


def _notify_both(
    session: Session, actor: Actor, event: AuditEvent, row: Alternate, now: datetime
) -> None:
    if row.person_id != actor.person_id:
        write_to(session, event, row.person_id, now, template=DECLARE_ALTERNATE)
    if row.for_id != actor.person_id:
        write_to(session, event, row.for_id, now)


def _made(
    session: Session, actor: Actor, home_id: int, for_id: int, chosen: Chosen, now: datetime
) -> Alternate:
    people = {"person_id": chosen.person_id, "for_id": for_id}
    problems = _of_people(session, home_id, people, now) | _of_scope(session, actor, chosen, now)
    if chosen.person_id == for_id:
        problems["person_id"] = N_("Choose somebody else: nobody is their own alternate.")
    begins, ends = _days(chosen, now, problems)
    row = Alternate(
        ref=new_reference(ALTERNATES.prefix, now.year),
        organisation_id=home_id,
        for_id=for_id,
        person_id=chosen.person_id,
        process_id=chosen.process_id,
        purpose=chosen.purpose,
        red=chosen.red,
        zone=chosen.zone,
        begins_at=end_of(begins - DAY, chosen.zone),
        ends_at=end_of(ends, chosen.zone),
        declared_by_id=actor.person_id,
        state=AlternateState.DECLARED,
        created_at=now,
    )
    if meets_another(session, row, now, AlternateState.DECLARED, AlternateState.ACCEPTED):
        raise Invalid({"begins_on": MEETS})
    return row


def _days(chosen: Chosen, now: datetime, problems: dict[str, str]) -> tuple[date, date]:
    """The first and the last day; raises Invalid with what else is wrong and with what is here."""
    begins, ends = chosen.begins_on, chosen.ends_on
    if not known_zone(chosen.zone):
        problems["zone"] = N_("Choose a time zone from the list.")
    elif begins is not None and begins < day_of(now, chosen.zone):
        problems["begins_on"] = N_("Give a first day that is not over.")
    if begins is None:
        problems["begins_on"] = N_("Give a first day that is not over.")
    if ends is None or (begins is not None and ends < begins):
        problems["ends_on"] = N_("Give a last day that is not before the first.")
    elif begins is not None and ends - begins > LONGEST:
        problems["ends_on"] = N_("An alternate acts for one year at the most.")
    if problems or begins is None or ends is None:
        raise Invalid(problems)
    return begins, ends


def _of_scope(session: Session, actor: Actor, chosen: Chosen, now: datetime) -> dict[str, str]:
    known = visible(PROCESSES, actor, now, Process.id).where(Process.id == chosen.process_id)
    hidden = chosen.process_id is not None and session.scalar(known) is None
    if hidden or (chosen.purpose and chosen.purpose not in PURPOSES):
        return {"scope": N_("Choose one from the list.")}
    return {}


def _of_people(
    session: Session, home_id: int, people: Mapping[str, int], now: datetime
) -> dict[str, str]:
    # Asked of the policy's own sentence, of a row that is not kept.
    def belongs(person_id: int) -> bool:
        one = Alternate(organisation_id=home_id, for_id=person_id, person_id=person_id)
        return bool(session.scalar(select(both_belong.at(one, None, now))))

    return {
        field: N_("Choose somebody who belongs to the organisation.")
        for field, person_id in people.items()
        if not belongs(person_id)
    }


def meets_another(session: Session, row: Alternate, now: datetime, *states: str) -> bool:
    """Whether somebody else acts for the same person for the same on some of these days."""
    other = exists().where(
        Alternate.for_id == row.for_id,
        Alternate.organisation_id == row.organisation_id,
        Alternate.id != (row.id or 0),
        or_(*(in_state(Alternate, state) for state in states)),
        Alternate.begins_at < row.ends_at,
        Alternate.ends_at > max(row.begins_at, now),
        or_(*_same_scope(row)),
    )
    return bool(session.scalar(select(other)))


def _same_scope(row: Alternate) -> list[ColumnElement[bool]]:
    # All meets everything; one process meets itself, and so does one purpose.
    everything: Any = and_(Alternate.process_id.is_(None), Alternate.purpose == "")
    if row.process_id is None and not row.purpose:
        return [Alternate.id > 0]
    if row.process_id is not None:
        return [everything, Alternate.process_id.is_not(None)]
    return [everything, Alternate.purpose == row.purpose]
