"""Pages of a walk: of what it proposes, what the policy lets through, until a page is full."""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy.orm import Session

from portal.paging import NEWEST, OLDEST, Mark, Page, read_mark, write_mark
from portal.walks import Order, Size, Walk

# A walk goes on where the policy refuses much: so often at most, and with so many keys at once.
TURNS: Final = 50
FEW_TURNS: Final = 3
FURTHEST: Final = 5000
# Of these keys the rows that the policy allows, by key.
RowsOf = Callable[[list[int]], dict[int, Any]]


def page_of(session: Session, walk: Walk, after: str, rows_of: RowsOf, most: int) -> Page:
    """The page behind the mark of an address: of what is found, what `rows_of` lets through.

    Mostly one round: another is walked where the policy refuses much of what is proposed.
    """
    mark, size = begin(after, walk.order), walk.size
    shown: list[tuple[Mark, Any]] = []
    for _turn in range(FEW_TURNS if walk.filtered else TURNS):
        walked = walk.walks.walk(session, walk, mark, size)
        rows = rows_of([place.key for place in walked.keys]) if walked.keys else {}
        shown += [(place, rows[place.key]) for place in walked.keys if place.key in rows]
        if len(shown) > most:
            end = shown[most - 1][0]
            return Page(tuple(row for _mark, row in shown[:most]), write_mark(*end))
        if walked.end is None or (walk.filtered and len(rows) == len(walked.keys)):
            break  # at the end of the list, or of what may be looked through for a page
        mark, size = walked.end, Size(min(4 * size.asked, FURTHEST), size.walked)
    rest = write_mark(*walked.end) if walked.end else ""
    return Page(tuple(row for _mark, row in shown), rest)


def begin(after: str, order: Order) -> Mark:
    """The mark of an address, else that before the first row of an order."""
    return read_mark(after) or (NEWEST if order.latest_first else OLDEST)
