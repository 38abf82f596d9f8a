"""Lists of notices: newest first by the audience index, each hit asked READ; own drafts apart."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    bindparam,
    select,
)
from sqlalchemy.orm import Session

from models.notices import Notice, NoticeState
from models.stakeholders import Organisation
from portal import db
from portal.access import (
    READER,
    Actor,
    Key,
    as_column,
    beside_read,
    predicate,
    readable,
    readable_title,
)
from portal.notices.filtering import EVERYTHING, NEWEST, WALKS, Filter
from portal.paging import PAGE, Page
from portal.parameters import ME, NOW, padded, ready
from portal.recipients import (
    EVERYONE,
    can_find,
    drafts_of_own,
    reader_of,
)
from portal.related import DraftRow, Together, related
from portal.rules import ACKNOWLEDGE, NOTICES, ORGANISATIONS, POST_NOTICE
from portal.saved_views import ViewRow, view_rows
from portal.tickets import own_ticket
from portal.walk_pages import page_of
from portal.walks import Hits, Order, Size, Walk

MOST_BESIDE: Final = 500
# A page asks for a few more than it shows: the policy refuses few of what the index proposes.
SIZE: Final = Size(asked=PAGE + 5, walked=4000)
KEYS: Final[BindParameter[int]] = bindparam("keys", type_=Integer(), expanding=True)


def newest(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    narrowed: Filter,
    after: str = "",
    order: Order | None = None,
    hits: Hits | None = None,
) -> Page:
    """A page of published notices that the person may see, newest first or in another order.

    With `hits` it is of those whose text, which the person may read, has the words.
    """
    reader = reader_of(session, actor, now)
    names = [name for name in reader.principals if can_find(name, narrowed.tlp)] or [EVERYONE]
    plain = narrowed == EVERYTHING and hits is None
    values = reader.values
    asked = values if plain else values | narrowed.values(now)
    walk = Walk(WALKS, names, order or NEWEST, asked, SIZE, not plain, hits)
    return page_of(
        session, walk, after, lambda keys: _rows(session, values, keys, narrowed, hits), PAGE
    )


def _rows(
    session: Session, values: dict[str, Any], keys: list[int], narrowed: Filter, hits: Hits | None
) -> dict[int, Any]:
    # Where words are looked for, an envelope whose text is hidden has none.
    question = UNANSWERED_ONES if narrowed.unanswered else LISTED
    found = session.execute(question, values | {KEYS.key: padded(keys, 0)})
    return {row.id: row for row in found if hits is None or row.title}


def shown(who: Key = ME) -> Select[Any]:
    """What a row of notices shows, of all that the person may see."""
    columns = (
        Notice.id,
        Notice.ref,
        own_ticket(Notice.ref, who),
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
        readable_title(NOTICES, who),
    )
    return readable(NOTICES, *columns, who=who).join(
        Organisation, Organisation.id == Notice.organisation_id
    )


def _listed() -> Select[Any]:
    return shown(READER).where(Notice.id.in_(KEYS))


def in_state(state: NoticeState) -> Any:
    """Notices in a state, said so that SQLite sees the partial index of that state fits."""
    return db.in_state(Notice, state)


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
    """What stands beside the list: drafts, last changed first, and saved views."""

    drafts: list[DraftRow]
    may_post: bool
    views: list[ViewRow]


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    may_post = any(row.may_post for row in rows[MayPostRow])
    return Beside(rows[DraftRow][::-1], may_post, rows[ViewRow])


LISTED: Final = ready(_listed())
UNANSWERED_ONES: Final = ready(_listed().where(beside_read(NOTICES, ACKNOWLEDGE, READER, NOW)))
BESIDE: Final = Together(
    (
        drafts_of_own(NOTICES, NoticeState.DRAFT),
        related(MayPostRow, _may_post(), attrgetter("may_post")),
        view_rows(),
    ),
    MOST_BESIDE,
).completed()
