"""What a reminder is about, asked again just before it goes: the deadline, or that it is settled.

Between its writing and its going lie seconds, or the days that a mail server is away. Of several
deadlines on one resource (action items, evidence, decisions) it is about the one for which its rung
was written, and about no other; and where a higher rung has passed since, that one speaks alone.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Integer, String, bindparam, cast, select
from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.stakeholders import Membership, Person
from portal.catalogue import LADDERS
from portal.ladders import Ladder, by_rung, in_time, instants
from portal.parameters import KEY, YES, at_most, parameters_of, ready

WHOSE: Final[BindParameter[int]] = bindparam("whose", type_=Integer())
RUNG: Final[BindParameter[str]] = bindparam("rung", type_=String())
ROUND: Final[BindParameter[str]] = bindparam("round", type_=String())


def is_reminder(row: OutboxEmail) -> bool:
    """Whether a ladder has written it: an e-mail tells its ladder."""
    return (row.template, row.resource_type) in QUESTIONS


def deadline_of(session: Session, row: OutboxEmail, now: datetime) -> datetime | None:
    """The deadline that a reminder is about; None where it is settled, gone or another by now."""
    asked, names, verb = QUESTIONS[row.template, row.resource_type]
    # The cause of a reminder: noun, key, verb and rung, round, whose it is.
    step, turn = row.cause.split(":")[2:4]
    told_apart = {RUNG.key: step.removeprefix(f"{verb}-"), ROUND.key: turn}
    values = {KEY.key: row.resource_id, WHOSE.key: row.for_id or row.person_id} | told_apart
    found: datetime | None = session.scalar(asked, instants(names, now) | values)
    return found


def _question(ladder: Ladder) -> Any:
    model: Any = ladder.resource_type.model
    deadline = select(ladder.since.label("deadline")).select_from(model)
    if ladder.rows is not None:
        deadline = deadline.join(*ladder.rows)
    deadline = deadline.join(Person, YES)
    if ladder.homes:
        at_home = (Membership.person_id == Person.id, Membership.organisation_id.in_(ladder.homes))
        deadline = deadline.where(select(Membership.id).where(*at_home).exists())
    return (
        deadline.where(model.id == KEY, Person.id == WHOSE, cast(ladder.round, String) == ROUND)
        .where(by_rung(ladder, lambda rung: rung.name) == RUNG)
        .where(*in_time(ladder), *ladder.first, *ladder.only)
        .order_by(ladder.since)
        .limit(at_most(1))
    )


def _built(ladder: Ladder) -> tuple[Any, tuple[str, ...], str]:
    asked = ready(_question(ladder))
    return asked, parameters_of(asked), ladder.verb


_BUILT: Final = {ladder: _built(ladder) for ladder in LADDERS}
QUESTIONS: Final = {
    (rung.template, ladder.resource_type.name): _BUILT[ladder]
    for ladder in LADDERS
    for rung in ladder.rungs
}
