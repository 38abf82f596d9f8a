"""All harm on one notice or process, with the sums of what can be summed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.harm import Harm, HarmState
from models.notices import Notice
from models.processes import Process
from portal.access import Actor, beside_read
from portal.db import in_state
from portal.harm.amounts import Total, totals
from portal.harm.listing import rows_of_harm
from portal.harm.text import amount_of
from portal.parameters import KEY, ME, NOW, at_most, ready
from portal.recipients import notice_or_process
from portal.related import Related, related
from portal.rules import EXPORT, HARM, READ_TEXT

MOST_TOGETHER: Final = 500


@dataclass(frozen=True)
class OnOne:
    """All harm on a notice or process that the person reads, with its sums.

    `capped` says that there is more than is shown, so that the sums leave some out.
    """

    on: Notice | Process
    title: str
    rows: Sequence[Any]
    totals: Sequence[Total]
    capped: bool


def together(
    session: Session, actor: Actor, ref: str, now: datetime, *, verb: str = READ_TEXT
) -> OnOne:
    """The harm about a notice or sent to a process; `verb` is EXPORT where it is taken along.

    Raises NotFound for what is hidden.
    """
    on, title = notice_or_process(session, actor, ref, now)
    question = (ON_NOTICE if isinstance(on, Notice) else IN_PROCESS)[verb]
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: on.id}
    return on_one(on, title, session.execute(question, asked).all())


def on_one(on: Notice | Process, title: str, found: Sequence[Any]) -> OnOne:
    """All that was found on it, with the sums."""
    rows = found[:MOST_TOGETHER]
    sums = totals((amount_of(row), row.holds_others) for row in rows)
    return OnOne(on, title, rows, sums, len(found) > MOST_TOGETHER)


@dataclass(frozen=True)
class HarmRow:
    """A row of harm of a process that is taken along, beside other rows of it."""

    id: int
    ref: str
    tlp: str
    title: str
    country: str
    sector: str
    reached_as: str
    from_on: str
    until_on: str
    lower: int | None
    best: int | None
    upper: int | None
    unit: str
    currency: str
    year: int | None
    holds_others: bool
    said_on: str
    source_title: str
    source_url: str
    verified: str
    edition: int
    who: str
    said_by: str


def _taken_along() -> Related[HarmRow]:
    found = _all_on(_sent_to_process())[EXPORT]
    columns = {column.key: column for column in found.selected_columns}
    question = found.with_only_columns(*(columns[name] for name in HarmRow.__dataclass_fields__))
    return related(HarmRow, question, order=attrgetter("from_on", "id"))


def _sent_to_process() -> Any:
    listed_there = select(Recipient.harm_id).where(
        Recipient.process_id == KEY, ~Recipient.excepted, Recipient.harm_id.is_not(None)
    )
    return Harm.id.in_(listed_there)


def _all_on(where: Any) -> dict[str, Any]:
    def rows(verb: str) -> Any:
        taken = beside_read(HARM, verb, ME, NOW)
        found = rows_of_harm().where(in_state(Harm, HarmState.PUBLISHED), where, taken)
        return ready(found.order_by(Harm.from_on, Harm.id).limit(at_most(MOST_TOGETHER + 1)))

    return {verb: rows(verb) for verb in (READ_TEXT, EXPORT)}


ON_NOTICE: Final = _all_on(Harm.notice_id == KEY)
IN_PROCESS: Final = _all_on(_sent_to_process())
# For whoever loads them beside other rows of the process.
TAKEN_ALONG: Final = _taken_along()
