"""How many participants have done what a dialogue asks for: numbers for organisers, and no names.

Whoever organises reads no self-check and no completion; two numbers and a day are all that leaves.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Select, String, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from models.dialogues import Answer, Attendee, Dialogue
from models.readiness import CheckState, Scope, SelfCheck
from models.training import Completion, CompletionState
from portal import units
from portal.access import Actor, as_column, authorize
from portal.curriculum import SHIPPED
from portal.db import in_state
from portal.ledger import audit
from portal.parameters import KEY, NOW, ready
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import READ_READINESS
from portal.words import N_

UNIT: Final[BindParameter[str]] = bindparam("unit", type_=String())


@dataclass(frozen=True)
class Readiness:
    """How many of `people` have a self-check, or the unit, that holds, and until when at the least.

    `checks` and `units` are None where the dialogue does not ask for it; the instants are None
    where nobody has it, or where it does not end. `unit` is what it asks for.
    """

    people: int
    checks: int | None
    checks_until: datetime | None
    units: int | None
    units_until: datetime | None
    unit: "AskedUnit"


@dataclass(frozen=True)
class AskedUnit:
    """The unit that a dialogue asks for, "" where it asks for none.

    `title` is its key where it comes with the portal. Nobody can complete one that was `withdrawn`
    since; completions of it count as long as they hold.
    """

    key: str
    title: str
    withdrawn: bool


def unit_problems(
    session: Session, actor: Actor, key: str, kept: str, now: datetime
) -> dict[str, str]:
    """A message where no unit with this key is published; the one that was kept may stay."""
    if not key or key == kept or key in SHIPPED:
        return {}
    if key in {unit.key for unit in units.outlines(session, actor, now)}:
        return {}
    return {"asks_unit": N_("Choose a unit.")}


def asked_unit(session: Session, key: str) -> AskedUnit:
    """The unit with this key, whether or not it is still published."""
    row = session.execute(NAMED_UNIT, {UNIT.key: key}).one()
    return AskedUnit(key, row.unit_title, row.unit_withdrawn)


def of_unit(key: Any) -> tuple[Any, Any]:
    """Title of the unit with this key, and whether it was withdrawn, as columns of a question."""
    withdrawn = as_column(units.withdrawn(key)).label("unit_withdrawn")
    return units.named(key).label("unit_title"), withdrawn


def read_readiness(
    session: Session, actor: Actor, ref: str, now: datetime
) -> tuple[Dialogue, Readiness]:
    """The numbers of a dialogue that asks for something, for its organisers.

    Everybody at the table counts who has not declined. Raises what `authorize` raises.
    """
    dialogue = authorize(session, actor, READ_READINESS, DIALOGUES, ref, now)
    audit(session, actor, READ_READINESS, DIALOGUES, dialogue, now)
    asked = {KEY.key: dialogue.id, NOW.key: now, UNIT.key: dialogue.asks_unit}
    row = session.execute(COUNTED, asked).one()
    check, unit = dialogue.asks_check, bool(dialogue.asks_unit)
    return dialogue, Readiness(
        row.people,
        row.checks if check else None,
        row.checks_until if check else None,
        row.units if unit else None,
        row.units_until if unit else None,
        AskedUnit(dialogue.asks_unit, row.unit_title, row.unit_withdrawn),
    )


def _counted() -> Select[Any]:
    # Of each participant the newest that holds: whether there is one, and until when.
    checked = select(SelfCheck.id).where(
        SelfCheck.person_id == Attendee.person_id,
        SelfCheck.scope == Scope.PERSON,
        in_state(SelfCheck, CheckState.COMPLETED),
        or_(SelfCheck.look_again_at.is_(None), SelfCheck.look_again_at > NOW),
    )
    trained = select(Completion.id).where(
        Completion.person_id == Attendee.person_id,
        Completion.unit == UNIT,
        in_state(Completion, CompletionState.COMPLETED),
        Completion.expires_at > NOW,
    )
    until = (
        checked.with_only_columns(func.max(SelfCheck.look_again_at)).scalar_subquery(),
        trained.with_only_columns(func.max(Completion.expires_at)).scalar_subquery(),
    )
    each = (
        select(
            Attendee.person_id,
            case((checked.exists(), 1), else_=0).label("check"),
            until[0].label("check_until"),
            case((trained.exists(), 1), else_=0).label("unit"),
            until[1].label("unit_until"),
        )
        .where(Attendee.dialogue_id == KEY, Attendee.answer != Answer.DECLINED)
        .distinct()
        .subquery()
    )
    return select(
        func.count(each.c.person_id).label("people"),
        func.coalesce(func.sum(each.c.check), 0).label("checks"),
        func.min(each.c.check_until).label("checks_until"),
        func.coalesce(func.sum(each.c.unit), 0).label("units"),
        func.min(each.c.unit_until).label("units_until"),
        *of_unit(UNIT),
    )


NAMED_UNIT: Final = ready(select(*of_unit(UNIT)))
COUNTED: Final = ready(_counted())
