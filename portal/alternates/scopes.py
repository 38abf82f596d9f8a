"""For what an alternate can be named, and which of these could be the same duty.

Of two for the same person whose days and scopes meet one is refused, so that there is never a
question of whom to ask.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.contacts import PURPOSES
from models.processes import Process
from models.stakeholders import Role
from portal.access import Actor, visible
from portal.db import in_state
from portal.relations import role_held
from portal.rules import CONTACTS, PROCESSES, WORK_OF
from portal.words import N_

# What each role means to whoever chooses it: the duties that `BY_ALTERNATE` says are its work.
ROLES: Final[dict[Role, str]] = {
    Role.LIAISON: N_("Work as liaison: acknowledgements of notices"),
    Role.MEDIATOR: N_("Work as mediator: invitations and polls of dialogues, and minutes"),
    Role.COORDINATOR: N_("Work as coordinator: invitations and polls of dialogues, and minutes"),
}


def knows_process(session: Session, actor: Actor, process_id: int, now: datetime) -> bool:
    """Whether whoever names the alternate may read the process."""
    known = visible(PROCESSES, actor, now, Process.id).where(Process.id == process_id)
    return session.scalar(known) is not None


def has_role(session: Session, home_id: int, for_id: int, role: str, now: datetime) -> bool:
    """Whether the person has the role in the organisation now, and it has work to pass on."""
    one = Alternate(organisation_id=home_id, for_id=for_id, role=role)
    return role in WORK_OF and bool(session.scalar(select(role_held.at(one, None, now))))


def known_purpose(purpose: str) -> bool:
    """Whether contact points have this purpose."""
    return purpose in PURPOSES


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
    # All meets everything, and each scope what could be the same duty. A role meets also where it
    # was taken away meanwhile: it can be given again.
    everything: Any = and_(
        Alternate.process_id.is_(None), Alternate.purpose == "", Alternate.role == ""
    )
    if row.role:
        return [everything, *_meets_role(WORK_OF.get(Role(row.role), frozenset()))]
    if row.process_id is not None:
        return [everything, Alternate.process_id.is_not(None), _has_work(_of_process)]
    if row.purpose:
        return [everything, Alternate.purpose == row.purpose, _has_work(_of_purpose)]
    return [Alternate.id > 0]


def _meets_role(duties: frozenset[tuple[str, str]]) -> Iterable[ColumnElement[bool]]:
    yield _has_work(duties.__contains__)
    if any(map(_of_process, duties)):
        yield Alternate.process_id.is_not(None)
    if any(map(_of_purpose, duties)):
        yield Alternate.purpose != ""


def _has_work(of: Callable[[tuple[str, str]], bool]) -> ColumnElement[bool]:
    return Alternate.role.in_([role for role, duties in WORK_OF.items() if any(map(of, duties))])


def _of_purpose(duty: tuple[str, str]) -> bool:
    return duty[0] == CONTACTS.name


def _of_process(duty: tuple[str, str]) -> bool:
    return not _of_purpose(duty)
