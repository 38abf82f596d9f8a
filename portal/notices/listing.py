"""Lists of notices: newest first by the audience index, each hit asked READ; own drafts apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, exists, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from models.audience import AudienceRow
from models.notices import Notice, NoticeState
from models.stakeholders import Membership, Organisation
from portal import db
from portal.access import Actor, as_column, predicate, visible
from portal.paging import PAGE, Mark, Page, behind, cut, read_mark, write_mark
from portal.recipients import EVERYONE, can_find, principals
from portal.rules import NOTICES, ORGANISATIONS, POST_NOTICE, READ, READ_TEXT

COUNT_CAP = 1000
MOST = 5000


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means everything."""

    tlp: str = ""
    kind: str = ""
    state: str = ""

    def clauses(self) -> list[Any]:
        """The narrowing as SQL over notices."""
        return [
            getattr(Notice, name) == value
            for name, value in (("tlp", self.tlp), ("kind", self.kind), ("state", self.state))
            if value
        ]


EVERYTHING = Filter()


@dataclass(frozen=True)
class CountedPage(Page):
    """One page of a list, and how many there are in all (at most 1,001).

    `may_post` is whether there is an organisation for which the person may post one.
    """

    count: int
    may_post: bool


def newest(
    session: Session, actor: Actor, now: datetime, *, narrowed: Filter, after: str = ""
) -> CountedPage:
    """A page of published notices that the person may see, newest first."""
    who = principals(session, actor, now)
    title = case((predicate(NOTICES, READ_TEXT, actor.person_id, now), Notice.title), else_="")
    columns = (
        Notice.id,
        Notice.ref,
        Notice.tlp,
        Notice.kind,
        Notice.state,
        Notice.published_at,
        Notice.acknowledge_by_at,
        Organisation.name.label("organisation"),
        title.label("title"),
    )
    listing = (
        visible(NOTICES, actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .order_by(Notice.published_at.desc(), Notice.id.desc())
    )
    rows = _rows(session, listing, who, narrowed, read_mark(after))
    count, may_post = _count(session, actor, who, narrowed, now)
    page = cut(rows, PAGE, lambda row: write_mark(row.published_at, row.id))
    return CountedPage(page.rows, page.after, count, may_post)


def _rows(
    session: Session, listing: Any, who: list[str], narrowed: Filter, mark: Mark | None
) -> list[Any]:
    # Mostly one round: another is asked only where the policy refuses half of what is proposed.
    rows: list[Any] = []
    size = 2 * (PAGE + 1)
    while len(rows) <= PAGE:
        keys = session.execute(proposed(who, size, narrowed, mark)).all()
        chosen = listing.where(Notice.id.in_([key.notice_id for key in keys]))
        rows += session.execute(chosen.limit(PAGE + 1 - len(rows))).all()
        if len(keys) < size:
            break
        mark = Mark(keys[-1].published_at, keys[-1].notice_id)
        size = min(4 * size, MOST)
    return rows


def proposed(
    who: list[str], size: int, narrowed: Filter = EVERYTHING, mark: Mark | None = None
) -> Any:
    """The newest keys that the index proposes: one short walk for each principal, merged."""
    names = [name for name in who if can_find(name, narrowed.tlp)] or [EVERYONE]
    walks = [_walk(name, size, narrowed, mark).subquery() for name in names]
    every = union_all(*(select(w.c.notice_id, w.c.published_at) for w in walks)).subquery()
    return (
        select(every.c.notice_id, every.c.published_at)
        .distinct()
        .order_by(every.c.published_at.desc(), every.c.notice_id.desc())
        .limit(size)
    )


def in_state(state: NoticeState) -> Any:
    """Notices in a state, said so that SQLite sees the partial index of that state fits."""
    return db.in_state(Notice, state)


def _walk(name: str, size: int, narrowed: Filter, mark: Mark | None) -> Select[int, datetime]:
    keys = select(AudienceRow.notice_id, AudienceRow.published_at).where(
        AudienceRow.principal == name, *_narrowing(narrowed)
    )
    keys = keys.where(*behind(AudienceRow.published_at, AudienceRow.notice_id, mark))
    return keys.order_by(AudienceRow.published_at.desc(), AudienceRow.notice_id.desc()).limit(size)


def _narrowing(narrowed: Filter, *more: Any) -> list[Any]:
    # A look at each notice from its index row, never the other way round: a walk stays a walk.
    clauses = [*narrowed.clauses(), *more]
    found: list[Any] = []
    if narrowed.state == NoticeState.OPEN:
        oldest = select(func.min(Notice.published_at)).where(in_state(NoticeState.OPEN))
        found.append(AudienceRow.published_at >= oldest.scalar_subquery())
    if clauses:
        fits = select(as_column(and_(*clauses))).where(Notice.id == AudienceRow.notice_id)
        found.append(fits.correlate(AudienceRow).scalar_subquery())
    return found


def _count(
    session: Session, actor: Actor, who: list[str], narrowed: Filter, now: datetime
) -> tuple[int, bool]:
    # A notice is counted by the first of the person's principals, so once; the walk ends early.
    names, other = [name for name in who if can_find(name, narrowed.tlp)], aliased(AudienceRow)
    first = (
        select(func.min(other.principal))
        .where(other.notice_id == AudienceRow.notice_id, other.principal.in_(names))
        .correlate(AudienceRow)
        .scalar_subquery()
    )
    readable = predicate(NOTICES, READ, actor.person_id, now)
    hits = (
        select(literal(1))
        .select_from(AudienceRow)
        .where(
            AudienceRow.principal.in_(names),
            *_narrowing(narrowed, AudienceRow.principal == first, readable),
        )
        .limit(COUNT_CAP + 1)
        .subquery()
    )
    home = visible(ORGANISATIONS, actor, now, Organisation.id)
    may_post = home.where(predicate(ORGANISATIONS, POST_NOTICE, actor.person_id, now)).exists()
    count = select(func.count()).select_from(hits).scalar_subquery()
    row = session.execute(select(count, as_column(may_post))).one()
    return row[0], bool(row[1])


def drafts(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The drafts of the person's side, last changed first."""
    columns = (Notice.ref, Notice.title, Notice.tlp, Notice.changed_at)
    at_home = exists().where(
        Membership.organisation_id == Notice.organisation_id,
        Membership.person_id == actor.person_id,
    )
    rows = session.execute(
        visible(NOTICES, actor, now, *columns)
        .where(in_state(NoticeState.DRAFT), at_home)
        .order_by(Notice.changed_at.desc())
        .limit(PAGE)
    )
    return list(rows)
