"""Lists of notices: newest first by the audience index, each hit asked READ; own drafts apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import Session, aliased

from models.audience import AudienceRow
from models.notices import Notice, NoticeState
from models.stakeholders import Membership, Organisation
from portal import db
from portal.access import Actor, as_column, beside_read, predicate, readable
from portal.paging import (
    ENGINES,
    MARK_AT,
    MARK_KEY,
    NEWEST,
    PAGE,
    Mark,
    Page,
    cut,
    merged,
    read_mark,
    write_mark,
)
from portal.parameters import LENGTHS, ME, NOW, padded, ready
from portal.recipients import EVERYONE, Reader, can_find, principals
from portal.rules import NOTICES, ORGANISATIONS, POST_NOTICE, READ, READ_TEXT

COUNT_CAP: Final = 100
MOST: Final = 5000
SIZE: Final[BindParameter[int]] = bindparam("size", type_=Integer())
KEYS: Final[BindParameter[int]] = bindparam("keys", type_=Integer(), expanding=True)
LEFT: Final[BindParameter[int]] = bindparam("left", type_=Integer())
FOUND_BY: Final[BindParameter[str]] = bindparam("found_by", type_=String(), expanding=True)


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
    """One page of a list, and how many there are in all (at most 101).

    `may_post` is whether there is an organisation for which the person may post one.
    """

    count: int
    may_post: bool


def newest(
    session: Session, actor: Actor, now: datetime, *, narrowed: Filter, after: str = ""
) -> CountedPage:
    """A page of published notices that the person may see, newest first."""
    reader = Reader(actor, principals(session, actor, now), now)
    rows = _rows(session, reader, narrowed, read_mark(after) or NEWEST)
    names = [name for name in reader.principals if can_find(name, narrowed.tlp)]
    counting = COUNT if narrowed == EVERYTHING else _count(narrowed)
    counted = session.execute(counting, reader.values | {FOUND_BY.key: padded(names, "")}).one()
    page = cut(rows, PAGE, lambda row: write_mark(row.published_at, row.id))
    return CountedPage(page.rows, page.after, counted.many, bool(counted.may_post))


def _rows(session: Session, reader: Reader, narrowed: Filter, mark: Mark) -> list[Any]:
    # Mostly one round: another is asked only where the policy refuses half of what is proposed.
    names = [name for name in reader.principals if can_find(name, narrowed.tlp)]
    engine = session.get_bind().dialect.name
    rows: list[Any] = []
    size = 2 * (PAGE + 1)
    while len(rows) <= PAGE:
        keys = session.execute(*proposed(engine, names, size, narrowed, mark)).all()
        values = {
            KEYS.key: padded((key.notice_id for key in keys), 0),
            LEFT.key: PAGE + 1 - len(rows),
        }
        rows += session.execute(LISTED, reader.values | values).all()
        if len(keys) < size:
            break
        mark = Mark(keys[-1].published_at, keys[-1].notice_id)
        size = min(4 * size, MOST)
    return rows


def _listed() -> Select[Any]:
    title = case((beside_read(NOTICES, READ_TEXT, ME, NOW), Notice.title), else_="")
    columns = (
        Notice.id,
        Notice.ref,
        Notice.tlp,
        Notice.kind,
        Notice.severity,
        Notice.course,
        Notice.stage,
        Notice.state,
        Notice.published_at,
        Notice.acknowledge_by_at,
        Organisation.name.label("organisation"),
        title.label("title"),
    )
    return (
        readable(NOTICES, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.id.in_(KEYS))
        .order_by(Notice.published_at.desc(), Notice.id.desc())
        .limit(LEFT)
    )


def proposed(
    engine: str, who: list[str], size: int, narrowed: Filter, mark: Mark
) -> tuple[Any, dict[str, Any]]:
    """The question for the newest keys that the index proposes behind the mark, and its values."""
    names = padded(who or [EVERYONE], "")
    made = PROPOSED.get((engine, len(names))) if narrowed == EVERYTHING else None
    values = {SIZE.key: size, MARK_AT.key: mark.at, MARK_KEY.key: mark.key}
    question = _proposed(engine, len(names), narrowed) if made is None else made
    return question, values | {f"name_{n}": name for n, name in enumerate(names)}


def _proposed(engine: str, many: int, narrowed: Filter) -> Any:
    names = (bindparam(f"name_{n}", type_=String()) for n in range(many))
    return merged(engine, [_walk(name, narrowed) for name in names], SIZE)


def in_state(state: NoticeState) -> Any:
    """Notices in a state, said so that SQLite sees the partial index of that state fits."""
    return db.in_state(Notice, state)


def _walk(name: BindParameter[str], narrowed: Filter) -> Select[datetime, int]:
    place = (AudienceRow.published_at, AudienceRow.notice_id)
    behind = tuple_(*place) < tuple_(MARK_AT, MARK_KEY)
    return select(*place).where(AudienceRow.principal == name, *_narrowing(narrowed), behind)


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


def _count(narrowed: Filter) -> Select[Any]:
    # A notice is counted by the first of the person's principals, so once; the walk ends early.
    other = aliased(AudienceRow)
    first = (
        select(func.min(other.principal))
        .where(other.notice_id == AudienceRow.notice_id, other.principal.in_(FOUND_BY))
        .correlate(AudienceRow)
        .scalar_subquery()
    )
    mine, visible_to_me = AudienceRow.principal == first, predicate(NOTICES, READ, ME, NOW)
    hits = (
        select(literal(1))
        .select_from(AudienceRow)
        .where(AudienceRow.principal.in_(FOUND_BY), *_narrowing(narrowed, mine, visible_to_me))
        .limit(COUNT_CAP + 1)
        .subquery()
    )
    posts = predicate(ORGANISATIONS, POST_NOTICE, ME, NOW)
    may_post = readable(ORGANISATIONS, Organisation.id).where(posts).exists()
    many = select(func.count()).select_from(hits).scalar_subquery()
    return select(many.label("many"), as_column(may_post).label("may_post"))


def drafts(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The drafts of the person's side, last changed first."""
    return list(session.execute(DRAFTS, {ME.key: actor.person_id, NOW.key: now}))


def _drafts() -> Select[Any]:
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
PROPOSED: Final = {
    (engine, many): ready(_proposed(engine, many, EVERYTHING))
    for engine in ENGINES
    for many in LENGTHS
}
COUNT: Final = ready(_count(EVERYTHING))
DRAFTS: Final = ready(_drafts())
