"""The first page: what to do, who is waited for, which accounts differ, processes, what is new.

Each section is for one person, and what is hidden from them is in none, and in no number.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.access import Actor
from portal.overview.activity import Act, Recent, recent
from portal.overview.processes import ProcessRow, processes
from portal.overview.sections import Group, by_day, of, once_each, own
from portal.overview.starts import Start, later, starts
from portal.overview.waiting import Waiting, waiting
from portal.recipients import Reader, reader_of
from portal.tasks import Section


@dataclass(frozen=True)
class FirstPage:
    """What a person finds on coming in.

    `waiting` is all that they have to do: `groups` by day and `drafts` apart. `others` waits for
    others whom they may remind; of `differ` self-report and verification are different. The first
    of `starts` is their main action.
    """

    waiting: list[Waiting]
    groups: tuple[Group, ...]
    drafts: tuple[Waiting, ...]
    others: tuple[Waiting, ...]
    differ: tuple[Waiting, ...]
    processes: tuple[ProcessRow, ...]
    recent: Recent
    starts: tuple[Start, ...]


def first_page(session: Session, actor: Actor, now: datetime) -> FirstPage:
    """All that the first page shows, in five queries."""
    reader = reader_of(session, actor, now)
    rows = waiting(session, reader)
    return FirstPage(
        waiting=own(rows),
        groups=by_day(rows, actor.zone, now),
        drafts=of(rows, Section.DRAFTS),
        others=once_each(of(rows, Section.OTHERS)),
        differ=of(rows, Section.DIFFER),
        processes=processes(session, reader),
        recent=recent(session, reader),
        starts=starts(session, actor, now),
    )
