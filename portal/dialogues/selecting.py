"""What somebody selects in the list of dialogues: reminders of a poll, and a table of them."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from portal.access import Actor
from portal.dialogues.listing import shown
from portal.dialogues.polling import remind
from portal.rules.dialogues import DIALOGUES
from portal.selection import Selection, remind_each

SELECTED: Final = Selection(DIALOGUES, shown())


def remind_selected(
    session: Session, actor: Actor, refs: Collection[str], now: datetime
) -> tuple[int, int]:
    """Remind of each dialogue the delegations that have not answered its poll.

    Gives back how many delegations were reminded, and of how many dialogues none. Whoever was
    reminded in the last 20 hours is left out.
    """
    rows = SELECTED.rows(session, actor, refs, now)
    due = [row for row in rows if row.may_remind]
    sent, refused = remind_each(session, due, lambda ref: remind(session, actor, ref, now))
    return sent, len(rows) - len(due) + refused
