"""The verbs of a unit that stewards write.

Its text is read and checked before anything is written; what is then saved is known to be whole.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import new_reference
from models.units import TrainingUnit, UnitEdition, UnitState
from portal.access import Actor
from portal.curriculum import Unit, Written
from portal.days import day_of
from portal.db import in_state
from portal.errors import TooLate, refuse
from portal.ledger import create, transition
from portal.rules import (
    CORRECT,
    DRAFT_UNIT,
    EDIT,
    ERASE,
    OFFICE,
    PUBLISH,
    UNITS,
    WITHDRAW,
)
from portal.units.ending import end_earlier
from portal.units.reading import MOST, kept_text, text_of
from portal.units.requiring import lift_all
from portal.words import N_

OFFICE_REF: Final = "OFFICE"
LONGEST_REASON: Final = 500
ERASED_TEXT: Final = ("title", "summary", "body", "questions", "sources")


def draft_unit(session: Session, actor: Actor, text: Written, now: datetime) -> TrainingUnit:
    """Begin a unit; raises Invalid with a message for each bad field."""
    read = _checked(text, now)
    with transition(session, actor, DRAFT_UNIT, OFFICE, OFFICE_REF, now):
        unit = TrainingUnit(
            ref=new_reference(UNITS.prefix, now.year),
            state=UnitState.DRAFT,
            created_at=now,
            changed_at=now,
        )
        _write(unit, text, read)
        create(session, actor, DRAFT_UNIT, UNITS, unit, now)
    return unit


def edit(
    session: Session, actor: Actor, ref: str, *, text: Written, version: int, now: datetime
) -> None:
    """Change a draft; `version` is the one the writer had before their eyes.

    Raises TooLate when somebody saved another version meanwhile, Invalid for bad fields.
    """
    read = _checked(text, now)
    with transition(session, actor, EDIT, UNITS, ref, now) as unit:
        _same(unit, version, EDIT)
        _write(unit, text, read)
        unit.changed_at = now


def publish(session: Session, actor: Actor, ref: str, *, version: int, now: datetime) -> None:
    """Offer a draft to everybody, as its first edition."""
    with transition(session, actor, PUBLISH, UNITS, ref, now) as unit:
        _same(unit, version, PUBLISH)
        offered = select(func.count(TrainingUnit.id)).where(
            in_state(TrainingUnit, UnitState.PUBLISHED)
        )
        if (session.scalar(offered) or 0) >= MOST:
            refuse({"version": N_("200 units are published. Withdraw one that is no longer used.")})
        _add_edition(session, actor, unit, now, why="", ends=False)


def correct(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: Written,
    why: str,
    ends: bool | None,
    version: int,
    now: datetime,
) -> None:
    """Publish another edition; `ends` is whether completions of earlier ones end with it.

    Raises TooLate when somebody saved another version meanwhile, Invalid for bad fields.
    """
    read = _checked(text, now)
    problems: dict[str, str] = {}
    if not why.strip() or len(why) > LONGEST_REASON:
        problems["why"] = N_("Say what changed, in at most 500 characters.")
    if ends is None:
        problems["earlier"] = N_("Choose what happens to earlier completions.")
    refuse(problems)
    with transition(session, actor, CORRECT, UNITS, ref, now, ends_earlier=bool(ends)) as unit:
        _same(unit, version, CORRECT)
        _write(unit, text, read)
        _add_edition(session, actor, unit, now, why=why, ends=bool(ends))
        if ends:
            end_earlier(session, unit, now)


def withdraw(session: Session, actor: Actor, ref: str, *, lift: bool, now: datetime) -> None:
    """Offer a unit no longer; where it is required, only if that is lifted as well.

    Raises Invalid where it is required and `lift` does not say so.
    """
    with transition(session, actor, WITHDRAW, UNITS, ref, now, lift=lift) as unit:
        if lift_all(session, unit) and not lift:
            still = N_("The unit is required. Tick to lift the requirements, or keep the unit.")
            refuse({"lift": still})
        unit.changed_at = now


def erase(session: Session, actor: Actor, ref: str, now: datetime) -> None:
    """Erase a draft with its text; the trail keeps that there was one."""
    with transition(session, actor, ERASE, UNITS, ref, now) as unit:
        for name in ERASED_TEXT:
            setattr(unit, name, "")
        unit.sections = unit.asked = unit.minutes = 0
        unit.changed_at = now


def _checked(text: Written, now: datetime) -> Unit:
    # Before the transaction: nothing is read or counted while others wait.
    refuse(text.problems())
    return text.unit("", now.date(), 0)


def _same(unit: TrainingUnit, version: int, verb: str) -> None:
    if unit.version != version:
        raise TooLate(verb)


def _write(unit: TrainingUnit, text: Written, read: Unit) -> None:
    for name, said in kept_text(text).items():
        setattr(unit, name, said)
    unit.sections, unit.asked = len(read.sections), len(read.questions)


def _add_edition(
    session: Session, actor: Actor, unit: TrainingUnit, now: datetime, *, why: str, ends: bool
) -> None:
    unit.edition += 1
    unit.text_of = day_of(now, actor.zone)
    unit.changed_at = now
    session.add(
        UnitEdition(
            unit_id=unit.id,
            number=unit.edition,
            day=unit.text_of,
            at=now,
            by_id=actor.person_id,
            why=why.strip(),
            ends_earlier=ends,
            text=kept_text(text_of(unit)),
        )
    )
