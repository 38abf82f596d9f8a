"""The days of dialogues in the calendar: the meetings themselves, and when a poll ends."""

from typing import Any, Final

from sqlalchemy import or_

from models.dialogues import Dialogue, DialogueState
from portal.dated import Could, Dated, Dates, could_fall
from portal.db import in_state
from portal.dialogues.listing import could_know
from portal.parameters import ME
from portal.rules import DIALOGUES, READ_TEXT
from portal.words import N_

FIXED: Final = (DialogueState.CONVENED, DialogueState.HELD, DialogueState.CONCLUDED)


def _meetings() -> Could:
    fixed: Any = or_(*(in_state(Dialogue, state) for state in FIXED))
    meets = could_fall(Dialogue.id, Dialogue.starts_at, ends_at=Dialogue.ends_at)
    return meets.where(fixed, Dialogue.id.in_(could_know(ME)))


def _polls() -> Could:
    ends = could_fall(Dialogue.id, Dialogue.poll_until_at, day_zone=Dialogue.zone)
    return ends.where(in_state(Dialogue, DialogueState.POLLING), Dialogue.id.in_(could_know(ME)))


DATES: Final = Dates(
    policy=DIALOGUES,
    title=Dialogue.title,
    title_verb=READ_TEXT,
    each=(
        Dated("meeting", N_("meeting"), READ_TEXT, _meetings()),
        Dated("poll", N_("poll ends"), READ_TEXT, _polls()),
    ),
)
