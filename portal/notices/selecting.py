"""What somebody selects in the list of notices: reminders of them, and a table of them."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from typing import Final

from sqlalchemy.orm import Session

from models.notices import Notice
from portal.access import Actor
from portal.notices.listing import shown
from portal.notices.reminding import remind
from portal.rules import NOTICES
from portal.selection import Selection, hold, remind_each

SELECTED: Final = Selection(NOTICES, shown().add_columns(Notice.edition))


def remind_selected(
    session: Session, actor: Actor, refs: Collection[str], now: datetime
) -> tuple[int, int]:
    """Remind of each notice all who have not acknowledged it; whom, how many, and of how many none.

    Whoever was reminded in the last 20 hours is left out, as where it is done on the receipts.
    """
    rows = SELECTED.rows(session, actor, refs, now)
    due = [row for row in rows if row.may_remind]

    def one(ref: str) -> int:
        return remind(session, actor, ref, people=(), status="all", now=now)

    sent, refused = remind_each(session, due, one, partial(hold, session, Notice))
    return sent, len(rows) - len(due) + refused
