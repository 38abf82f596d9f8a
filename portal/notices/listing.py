"""Lists of notices: newest first by the audience index, each hit asked READ; own drafts apart."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.orm import Session, aliased

from models.audience import AudienceRow
from models.notices import Notice, NoticeState
from models.stakeholders import Membership, Organisation
from portal import db
from portal.access import Actor, as_column, beside_read, predicate, readable
from portal.notices.filtering import EVERYTHING, NEWEST, WALKS, Filter
from portal.paging import PAGE, Page
from portal.parameters import ME, NOW, padded, ready
from portal.recipients import (
    EVERYONE,
    EntryRow,
    Reader,
    as_choices,
    can_find,
    entry_rows,
    principals,
)
from portal.recipients.choosing import Choices
from portal.related import DraftRow, Together, related
from portal.rules import ACKNOWLEDGE, NOTICES, ORGANISATIONS, POST_NOTICE, READ, READ_TEXT
from portal.saved_views import ViewRow, view_rows
from portal.tickets import own_ticket
from portal.walks import FOUND_BY, Hits, Order, Size, Walk

COUNT_CAP: Final = 100
MOST_BESIDE: Final = 500
# A page asks for a few more than it shows: the policy refuses few of what the index proposes.
SIZE: Final = Size(asked=PAGE + 5, walked=4000)
KEYS: Final[BindParameter[int]] = bindparam("keys", type_=Integer(), expanding=True)


@dataclass(frozen=True)
class CountedPage(Page):
    """One page of a list, and how many there are (at most 101); None where it is not known."""

    count: int | None


def newest(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    narrowed: Filter,
    after: str = "",
    order: Order | None = None,
    hits: Hits | None = None,
) -> CountedPage:
    """A page of published notices that the person may see, newest first or in another order.

    With `hits` it is of those whose text, which the person may read, has the words. What is
    narrowed is counted where one page shows all of it.
    """
    reader = Reader(actor, principals(session, actor, now), now)
    names = [name for name in reader.principals if can_find(name, narrowed.tlp)] or [EVERYONE]
    plain = narrowed == EVERYTHING and hits is None
    values = reader.values
    asked = values if plain else values | narrowed.values(now)
    walk = Walk(WALKS, names, order or NEWEST, asked, SIZE, not plain, hits)
    page = walk.page(
        session, after, lambda keys: _rows(session, values, keys, narrowed, hits), PAGE
    )
    if not plain:
        return CountedPage(page.rows, page.after, None if after or page.after else len(page.rows))
    found_by = {FOUND_BY.key: padded(names, "")}
    return CountedPage(page.rows, page.after, session.scalar(COUNT, values | found_by))


def _rows(
    session: Session, values: dict[str, Any], keys: list[int], narrowed: Filter, hits: Hits | None
) -> dict[int, Any]:
    # Where words are looked for, an envelope whose text is hidden has none.
    question = UNANSWERED_ONES if narrowed.unanswered else LISTED
    found = session.execute(question, values | {KEYS.key: padded(keys, 0)})
    return {row.id: row for row in found if hits is None or row.title}


def _listed() -> Select[Any]:
    title = case((beside_read(NOTICES, READ_TEXT, ME, NOW), Notice.title), else_="")
    columns = (
        Notice.id,
        Notice.ref,
        own_ticket(Notice.ref, ME),
        Notice.tlp,
        Notice.kind,
        Notice.severity,
        Notice.course,
        Notice.stage,
        Notice.state,
        Notice.published_at,
        Notice.changed_at,
        Notice.acknowledge_by_at,
        Organisation.name.label("organisation"),
        title.label("title"),
    )
    return (
        readable(NOTICES, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.id.in_(KEYS))
    )


def in_state(state: NoticeState) -> Any:
    """Notices in a state, said so that SQLite sees the partial index of that state fits."""
    return db.in_state(Notice, state)


def _count() -> Select[Any]:
    # A notice is counted by the first of the person's principals, so once; the walk ends early.
    other = aliased(AudienceRow)
    first = (
        select(func.min(other.principal))
        .where(other.notice_id == AudienceRow.notice_id, other.principal.in_(FOUND_BY))
        .correlate(AudienceRow)
        .scalar_subquery()
    )
    mine, visible_to_me = AudienceRow.principal == first, predicate(NOTICES, READ, ME, NOW)
    counts = select(as_column(and_(mine, visible_to_me))).where(Notice.id == AudienceRow.notice_id)
    hits = (
        select(literal(1))
        .select_from(AudienceRow)
        .where(AudienceRow.principal.in_(FOUND_BY), counts.correlate(AudienceRow).scalar_subquery())
        .limit(COUNT_CAP + 1)
        .subquery()
    )
    return select(func.count()).select_from(hits)


def _may_post() -> Select[Any]:
    posts = predicate(ORGANISATIONS, POST_NOTICE, ME, NOW)
    one = readable(ORGANISATIONS, Organisation.id).where(posts).exists()
    return select(as_column(one).label("may_post"))


@dataclass(frozen=True)
class MayPostRow:
    """Whether there is an organisation for which the person may post a notice."""

    may_post: bool


@dataclass(frozen=True)
class Beside:
    """What stands beside the list: drafts, last changed first, names to filter by, saved views."""

    drafts: list[DraftRow]
    entries: Choices
    may_post: bool
    views: list[ViewRow]


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    may_post = any(row.may_post for row in rows[MayPostRow])
    return Beside(rows[DraftRow][::-1], as_choices(rows[EntryRow]), may_post, rows[ViewRow])


def _drafts() -> Any:
    at_home = exists().where(
        Membership.organisation_id == Notice.organisation_id, Membership.person_id == ME
    )
    return (
        readable(NOTICES, Notice.ref, Notice.title, Notice.tlp, Notice.changed_at)
        .where(in_state(NoticeState.DRAFT), at_home)
        .order_by(Notice.changed_at.desc())
        .limit(PAGE)
    )


LISTED: Final = ready(_listed())
UNANSWERED_ONES: Final = ready(_listed().where(beside_read(NOTICES, ACKNOWLEDGE, ME, NOW)))
COUNT: Final = ready(_count())
BESIDE: Final = Together(
    (
        related(DraftRow, _drafts(), attrgetter("changed_at", "ref")),
        related(MayPostRow, _may_post(), attrgetter("may_post")),
        *entry_rows("organisations"),
        view_rows(),
    ),
    MOST_BESIDE,
).completed()
