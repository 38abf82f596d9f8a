"""The agenda as a person sees it: what is planned, when it begins, and what it leaves of the time.

Only items that all see move the clock. What one side or the organisers alone see is held beside
them: otherwise a gap between two times would tell the others that it is there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from models.agenda import ItemState, Sight
from models.dialogues import Dialogue
from portal.dialogues.agenda_rows import ItemRow

ON_THE_PLAN: Final = (ItemState.PLANNED, ItemState.DONE, ItemState.OPEN)


@dataclass(frozen=True)
class Line:
    """An item in its place, and when it begins; None where no date is known or it is dropped."""

    item: ItemRow
    starts_at: datetime | None

    @property
    def beside(self) -> bool:
        """Whether not all see it, so that it takes no time of the others."""
        return self.item.sight != Sight.ALL


@dataclass(frozen=True)
class Agenda:
    """The lines of the plan, the wishes, and how many minutes are planned and left."""

    lines: tuple[Line, ...]
    suggestions: tuple[ItemRow, ...]
    planned: int
    spare: int

    @property
    def keys(self) -> frozenset[int]:
        """The numbers of all items that the reader sees."""
        return frozenset(line.item.id for line in self.lines) | {row.id for row in self.suggestions}


def agenda_of(dialogue: Dialogue, items: Sequence[ItemRow]) -> Agenda:
    """The agenda of a dialogue from the items that somebody sees, in their order."""
    lines, minutes = [], 0
    for item in items:
        if item.state == ItemState.SUGGESTED:
            continue
        at = None
        if dialogue.starts_at is not None and item.state in ON_THE_PLAN:
            at = dialogue.starts_at + timedelta(minutes=minutes)
        lines.append(Line(item, at))
        if item.state in ON_THE_PLAN and item.sight == Sight.ALL:
            minutes += item.minutes
    suggestions = tuple(item for item in items if item.state == ItemState.SUGGESTED)
    return Agenda(tuple(lines), suggestions, minutes, dialogue.minutes - minutes)
