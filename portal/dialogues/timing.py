"""What only time, or somebody's leaving, changes of dialogues: the jobs come by for it."""

from datetime import datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from portal.access import as_column
from portal.dialogues.convening import has_shifted, keep_local_time
from portal.dialogues.inviting import IS_AHEAD, OTHERS, keep_invitations
from portal.parameters import NOW, ready

AHEAD: Final = ready(
    select(
        Dialogue.ref,
        Dialogue.wall,
        Dialogue.zone,
        Dialogue.starts_at,
        as_column(OTHERS).label("others"),
    )
    .where(*IS_AHEAD, or_(Dialogue.wall.is_not(None), OTHERS))
    .order_by(Dialogue.starts_at)
)


def due_for_the_system(session: Session, now: datetime) -> list[str]:
    """References of dialogues ahead that the system brings up to date.

    The rules of their zone are newer than the day on which they were convened, or others are
    invited than those who may come.
    """
    rows = session.execute(AHEAD, {NOW.key: now})
    return [row.ref for row in rows if row.others or has_shifted(row)]


def keep_up(session: Session, ref: str, now: datetime) -> int:
    """Do what one of them is due for; gives back how much. A second call does nothing."""
    moved = keep_local_time(session, ref, now)
    return moved + keep_invitations(session, ref, now)
