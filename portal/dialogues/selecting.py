"""What somebody selects in the list of dialogues: reminders of a poll, and a table of them."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Any, Final

from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from portal.access import Actor
from portal.dialogues.listing import shown
from portal.dialogues.reminding import remind, reminded_first
from portal.ladders import reminded_lately
from portal.rules.dialogues import DIALOGUES
from portal.selection import Selection, hold, remind_each

SELECTED: Final = Selection(DIALOGUES, shown(), reminded_at=reminded_first())


def can_be_reminded(row: Any, now: datetime) -> bool:
    """Whether a reminder to a delegation that has not answered its poll would be sent now."""
    return bool(row.may_remind and row.reminded_at) and not reminded_lately(row.reminded_at, now)


def remind_selected(
    session: Session, actor: Actor, refs: Collection[str], now: datetime
) -> tuple[int, int]:
    """Remind of each dialogue the delegations that have not answered its poll.

    Gives back how many delegations were reminded, and of how many dialogues none. Whoever was
    reminded in the last 20 hours is left out.
    """
    rows = SELECTED.rows(session, actor, refs, now)
    due = [row for row in rows if can_be_reminded(row, now)]

    def one(ref: str) -> int:
        return remind(session, actor, ref, now)

    sent, refused = remind_each(session, due, one, partial(hold, session, Dialogue))
    return sent, len(rows) - len(due) + refused
