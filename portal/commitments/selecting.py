"""What somebody selects in the list: what they may do with each, asked of the policy at once."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from models.commitments import Commitment
from portal.access import Actor
from portal.commitments.exporting import Sheet, due_day
from portal.commitments.limits import strictest
from portal.commitments.listed_rows import columns
from portal.commitments.reminding import remind
from portal.commitments.transitions import lock
from portal.ladders import reminded_lately
from portal.parameters import ME, NOW
from portal.rules import COMMITMENTS
from portal.selection import Selection, remind_each

SELECTED: Final = Selection(
    COMMITMENTS,
    columns(ME, NOW).add_columns(Commitment.edition, due_day().label("due_on")),
)


def can_be_reminded(row: Any, now: datetime) -> bool:
    """Whether a reminder of this row would be sent now."""
    return bool(row.may_remind) and not reminded_lately(row.reminded_at, now)


def remind_selected(
    session: Session, actor: Actor, refs: Collection[str], now: datetime
) -> tuple[int, int]:
    """Remind whose move it is of each that can be; gives back how many were reminded, and not.

    What changed meanwhile is refused for itself, and the others are reminded.
    """

    def one(ref: str) -> int:
        remind(session, actor, ref, now)
        return 1

    rows = SELECTED.rows(session, actor, refs, now)
    due = [row for row in rows if can_be_reminded(row, now)]
    sent, refused = remind_each(session, due, one, lambda all_of_them: lock(session, *all_of_them))
    return sent, len(rows) - len(due) + refused


def export_selected(
    session: Session, actor: Actor, refs: Collection[str], now: datetime, *, made_as: str
) -> Sheet:
    """Those of them that the person may export; that they were taken goes into the trail."""
    rows = SELECTED.export(session, actor, refs, now, made_as=made_as)
    return Sheet(rows, tlp=strictest(row.tlp for row in rows), capped=False)
