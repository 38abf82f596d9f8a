"""The author's side reminds recipients by hand who have not acknowledged a notice."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from models.notices import ReceiptReminder
from portal.access import Actor
from portal.errors import Invalid
from portal.ladders import reminded_lately
from portal.ledger import transition
from portal.notices.delivery_status import LedgerLine, read_ledger
from portal.rules import NOTICES, REMIND
from portal.words import N_


def can_be_reminded(line: LedgerLine, now: datetime) -> bool:
    """Whether whoever asked for the receipts could remind this person now."""
    return (
        line.may_remind
        and line.acknowledged_at is None
        and not reminded_lately(line.reminded_at, now)
    )


def remind(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    people: Collection[str],
    status: str = "",
    now: datetime,
) -> int:
    """Ask those of these people (references) once more who have not acknowledged; how many.

    With a `status` of receipts (`silent`, `notified`, `opened`) or `all`, everybody of that status
    is meant instead. Whoever was reminded in the last 20 hours is left out. Raises Invalid
    (`remind`) where nobody is left.
    """
    with transition(session, actor, REMIND, NOTICES, ref, now) as notice:
        # Of two who remind at once the second finds whom the first reminded.
        session.refresh(notice, with_for_update={"key_share": True})
        lines = [
            line
            for line in read_ledger(session, actor, notice, now)
            if (status in ("all", line.word) if status else line.ref in people)
        ]
        if not lines:
            raise Invalid({"remind": N_("Select at least one person.")})
        due = [line.person_id for line in lines if can_be_reminded(line, now)]
        if not due:
            raise Invalid(
                {
                    "remind": N_(
                        "Nobody was reminded: they have acknowledged the notice, or were reminded"
                        " within the last 20 hours."
                    )
                }
            )
        mine = ReceiptReminder.notice_id == notice.id
        session.execute(delete(ReceiptReminder).where(mine, ReceiptReminder.person_id.in_(due)))
        session.add_all(
            # By this moment the policy finds whom to notify.
            ReceiptReminder(notice_id=notice.id, person_id=key, reminded_at=now)
            for key in due
        )
    return len(due)
