"""What numbers, sheets and prints are made from: the same commitments, by the same narrowing."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from models.processes import Process
from models.vocabulary import Tlp
from portal.access import Actor, visible
from portal.commitments.listing import Filter
from portal.rules import PROCESSES

MOST: Final = 2000


def narrowing(narrowed: Filter, actor: Actor, now: datetime) -> list[Any]:
    """The narrowing as SQL; by a process that the person may not see nothing is found.

    Otherwise whoever tries its number would learn from what is left that there is such a process.
    """
    known = visible(PROCESSES, actor, now, Process.id).where(Process.id == narrowed.process)
    return [*narrowed.clauses(now), *([known.exists()] if narrowed.process else [])]


def strictest(markings: Iterable[str]) -> Tlp:
    """The marking of a whole: the strictest of its parts (TLP 2.0), CLEAR where it has none."""
    return max(map(Tlp, markings), key=lambda tlp: tlp.rank, default=Tlp.CLEAR)
