"""Alternates named: by whoever will be away, or by an administrator of their organisation.

Nothing holds before the alternate accepts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.alternates import Alternate, AlternateState
from models.base import new_reference
from models.ledger import AuditEvent
from portal.access import Actor
from portal.alternates.scopes import has_role, known_purpose, knows_process, meets_another
from portal.days import day_of, end_of, known_zone
from portal.errors import Invalid
from portal.ledger import create, transition, write_to
from portal.relations import both_belong
from portal.rules import (
    ALTERNATES,
    APPOINT_ALTERNATE,
    DECLARE_ALTERNATE,
    ORGANISATIONS,
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
    """Who acts, for what (one process, purpose of contact points or role; or all), which days."""

    person_id: int
    begins_on: date | None
    ends_on: date | None
    zone: str
    process_id: int | None = None
    purpose: str = ""
    role: str = ""
    red: bool = False


def declare_alternate(
    session: Session, actor: Actor, organisation_ref: str, chosen: Chosen, now: datetime
) -> Alternate:
    """Ask a colleague to act for oneself; raises Invalid with a message for each bad field."""
    with transition(
        session, actor, DECLARE_ALTERNATE, ORGANISATIONS, organisation_ref, now
    ) as home:
        row = _made(session, actor, home.id, actor.person_id, chosen, now)
        event = _created(session, actor, DECLARE_ALTERNATE, row, now)
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
        event = _created(session, actor, APPOINT_ALTERNATE, row, now)
        _notify_both(session, actor, event, row, now)
    return row


def _created(
    session: Session, actor: Actor, verb: str, row: Alternate, now: datetime
) -> AuditEvent:
    # A process is not said here: its cover name is for its seats alone.
    role = {"role": row.role} if row.role else {}
    return create(session, actor, verb, ALTERNATES, row, now, away=row.for_id, **role)


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
    problems = _of_people(session, home_id, people, now)
    problems |= _of_scope(session, actor, home_id, for_id, chosen, now)
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
        role=chosen.role,
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


def _of_scope(
    session: Session, actor: Actor, home_id: int, for_id: int, chosen: Chosen, now: datetime
) -> dict[str, str]:
    process, purpose, role = chosen.process_id, chosen.purpose, chosen.role
    if role and not has_role(session, home_id, for_id, role, now):
        return {"scope": N_("Choose a role that the person has in the organisation.")}
    hidden = process is not None and not knows_process(session, actor, process, now)
    several = [process is not None, bool(purpose), bool(role)].count(True) > 1
    if hidden or several or (purpose and not known_purpose(purpose)):
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
