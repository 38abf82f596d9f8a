"""What somebody selects in the list: what they may do with each, asked of the policy at once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, String, bindparam, func, select
from sqlalchemy.orm import Session

from models.commitments import Commitment
from models.ledger import AuditEvent
from portal.access import Actor, as_column, beside_read
from portal.commitments.exporting import Sheet, due_day
from portal.commitments.limits import strictest
from portal.commitments.listed_rows import columns
from portal.commitments.reminding import remind
from portal.errors import Invalid, Refused, TooLate
from portal.ladders import reminded_lately
from portal.parameters import ME, NOW, padded, ready
from portal.receipts import export_of_many
from portal.rules import COMMITMENTS, EXPORT, REMIND

MOST_SELECTED: Final = 100
REFS: Final[BindParameter[str]] = bindparam("refs", type_=String(), expanding=True)


def selected(session: Session, actor: Actor, refs: Collection[str], now: datetime) -> list[Any]:
    """The rows of these that the person may read, in one query; at most 100 are looked at.

    Beside what a row of the list shows: `may_export`, `may_remind`, and when one was last reminded
    of it (`reminded_at`).
    """
    asked = list(dict.fromkeys(refs))[:MOST_SELECTED]
    values = {ME.key: actor.person_id, NOW.key: now, REFS.key: padded(asked, "")}
    rows = {row.ref: row for row in session.execute(SELECTED, values)}
    return [rows[ref] for ref in asked if ref in rows]


def can_be_reminded(row: Any, now: datetime) -> bool:
    """Whether a reminder of this row would be sent now."""
    return bool(row.may_remind) and not reminded_lately(row.reminded_at, now)


def remind_selected(
    session: Session, actor: Actor, refs: Collection[str], now: datetime
) -> tuple[int, int]:
    """Remind whose move it is of each that can be; gives back how many were reminded, and not.

    What changed meanwhile is refused for itself, and the others are reminded.
    """
    rows, sent = selected(session, actor, refs, now), 0
    for row in rows:
        if not can_be_reminded(row, now):
            continue
        try:
            with session.begin_nested():
                remind(session, actor, row.ref, now)
        except (Invalid, Refused, TooLate):
            continue
        sent += 1
    return sent, len(rows) - sent


def export_selected(
    session: Session, actor: Actor, refs: Collection[str], now: datetime, *, made_as: str
) -> Sheet:
    """Those of them that the person may export; that they were taken goes into the trail."""
    rows = tuple(row for row in selected(session, actor, refs, now) if row.may_export)
    taken = ((row.id, row.edition) for row in rows)
    export_of_many(session, actor, COMMITMENTS, taken, now, made_as=made_as)
    return Sheet(rows, tlp=strictest(row.tlp for row in rows), capped=False)


def _selected() -> Any:
    reminded = (
        select(func.max(AuditEvent.at))
        .where(
            AuditEvent.resource_type == COMMITMENTS.name,
            AuditEvent.resource_id == Commitment.id,
            AuditEvent.verb == REMIND,
        )
        .correlate(Commitment)
        .scalar_subquery()
    )
    may = {name: as_column(beside_read(COMMITMENTS, name, ME, NOW)) for name in (EXPORT, REMIND)}
    return (
        columns(ME, NOW)
        .where(Commitment.ref.in_(REFS))
        .add_columns(
            Commitment.edition,
            due_day().label("due_on"),
            may[EXPORT].label("may_export"),
            may[REMIND].label("may_remind"),
            reminded.label("reminded_at"),
        )
    )


SELECTED: Final = ready(_selected())
