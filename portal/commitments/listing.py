"""The overview: live commitments, the late ones first, and those that are over, newest first.

As with notices the audience index proposes and the policy disposes. A narrowed list walks a bounded
number of index rows for a page and says where to look further, so that a rare filter among a
million commitments costs no more than a common one.
"""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import BindParameter, Integer, String, bindparam, select
from sqlalchemy.orm import Session

from models.commitments import Commitment, CommitmentState
from models.stakeholders import Organisation
from portal.access import READER, Actor
from portal.commitments.filtering import (
    EVERYTHING,
    INDEX,
    LAST_ENDED,
    NEXT_DUE,
    OVER_ONES,
    WALKS,
    Filter,
)
from portal.commitments.listed_rows import columns
from portal.paging import PAGE, Page, merged
from portal.parameters import ME, NOW, at_most, padded, ready
from portal.recipients import drafts_of_own, reader_of
from portal.recipients.choosing import HOMES_FOR
from portal.related import DraftRow, Together, related
from portal.rules import COMMITMENTS, DRAFT_COMMITMENT
from portal.saved_views import ViewRow, view_rows
from portal.walk_pages import page_of
from portal.walks import Hits, Order, Size, Walk

# A page asks for a few more than it shows: the policy refuses few of what the index proposes.
ASKED: Final = PAGE + 5
WALKED: Final = 4000
MOST_BESIDE: Final = 500
KEYS: Final[BindParameter[int]] = bindparam("keys", type_=Integer(), expanding=True)


def overview(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    narrowed: Filter,
    after: str = "",
    order: Order | None = None,
    hits: Hits | None = None,
) -> Page:
    """A page of commitments that the person may see: the next due first, or in another order.

    With `hits` it is of those that have the words in what the person may read of them.
    """
    reader = reader_of(session, actor, now)
    plain = narrowed in (EVERYTHING, OVER_ONES) and hits is None
    usual = NEXT_DUE if narrowed.live else LAST_ENDED
    values, size = narrowed.values(reader), Size(ASKED, WALKED)
    walk = Walk(WALKS, reader.principals, order or usual, values, size, not plain, hits)
    return page_of(session, walk, after, lambda keys: _rows(session, values, keys, hits), PAGE)


def _rows(
    session: Session, values: dict[str, Any], keys: list[int], hits: Hits | None
) -> dict[int, Any]:
    # Where words are looked for, an envelope whose text is hidden has none.
    found = session.execute(LISTED, values | {KEYS.key: padded(keys, 0)})
    return {row.id: row for row in found if hits is None or row.title}


def nearest(engine: str, many: int, live: bool, size: int) -> Any:
    """The keys that the index proposes first, as a subquery: `commitment_id`, `turns_at`.

    The principals are values of the statement, of which there are so many (`named`).
    """
    walks = [
        select(INDEX.turns_at, INDEX.commitment_id).where(
            INDEX.principal == bindparam(f"name_{n}", type_=String()), INDEX.live.is_(live)
        )
        for n in range(many)
    ]
    return merged(engine, walks, size, oldest_first=live).subquery()


def named(who: list[str]) -> dict[str, str]:
    """The principals as the values that `nearest` asks with, as many as it has."""
    return {f"name_{n}": name for n, name in enumerate(padded(who, ""))}


@dataclass(frozen=True)
class Beside:
    """What stands beside the list: drafts, last changed first, views, and the way to begin one."""

    drafts: list[DraftRow]
    views: list[ViewRow]
    may_draft: bool


@dataclass(frozen=True)
class HomeRow:
    """An organisation for which the person could draft a commitment."""

    ref: str


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    return Beside(rows[DraftRow][::-1], rows[ViewRow], bool(rows[HomeRow]))


def _homes() -> Any:
    return HOMES_FOR[DRAFT_COMMITMENT].with_only_columns(Organisation.ref).limit(at_most(1))


LISTED: Final = ready(columns(READER, NOW).where(Commitment.id.in_(KEYS)))
BESIDE: Final = Together(
    (
        drafts_of_own(COMMITMENTS, CommitmentState.DRAFT),
        related(HomeRow, _homes(), attrgetter("ref")),
        view_rows(),
    ),
    MOST_BESIDE,
).completed()
