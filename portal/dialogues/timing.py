"""What only time, or somebody's leaving, changes of dialogues: the jobs come by for it."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.dialogues.convening import due_to_shift, keep_local_time
from portal.dialogues.inviting import due_to_invite, keep_invitations


def due_for_the_system(session: Session, now: datetime) -> list[str]:
    """References of dialogues that the system brings up to date."""
    return list(dict.fromkeys([*due_to_shift(session, now), *due_to_invite(session, now)]))


def keep_up(session: Session, ref: str, now: datetime) -> int:
    """Do what one of them is due for; gives back how much. A second call does nothing."""
    moved = keep_local_time(session, ref, now)
    return moved + keep_invitations(session, ref, now)
