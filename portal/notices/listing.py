"""Lists of notices: newest first by the audience index, each hit asked READ; own drafts apart."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, func, or_, select, tuple_, union_all
from sqlalchemy.orm import Session

from models.audience import AudienceRow
from models.notices import Notice, NoticeState
from models.stakeholders import Client, GroupMember, Membership, Organisation
from portal.access import Actor, clause, visible
from portal.notices.index import EVERYONE
from portal.relations import in_force
from portal.rules import NOTICES, READ, READ_TEXT

PAGE = 25
COUNT_CAP = 1000


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


@dataclass(frozen=True)
class Page:
    """One page of a list: rows, how many there are (at most 1,001), where the next one starts."""

    rows: tuple[Any, ...]
    count: int
    after: str


def principals(session: Session, actor: Actor, now: datetime) -> list[str]:
    """All that the index may know this person as, in one query."""
    mine = (
        select(Membership.organisation_id)
        .where(Membership.person_id == actor.person_id, in_force(Membership, now))
        .scalar_subquery()
    )
    providers = select(Client.provider_id).where(Client.client_id.in_(mine)).scalar_subquery()
    on_list = or_(GroupMember.person_id == actor.person_id, GroupMember.organisation_id.in_(mine))
    parts: tuple[tuple[str, Any, Any], ...] = (
        ("o:", Organisation.id, Organisation.id.in_(mine)),
        ("c:", Organisation.id, Organisation.id.in_(providers)),
        ("g:", GroupMember.group_id, on_list),
        ("h:", GroupMember.group_id, GroupMember.organisation_id.in_(providers)),
    )
    rows = session.execute(
        union_all(
            *(
                select(func.coalesce(prefix, "").label("prefix"), column).where(where).distinct()
                for prefix, column, where in parts
            )
        )
    )
    return [EVERYONE, f"p:{actor.person_id}", *(f"{prefix}{key}" for prefix, key in rows)]


def newest(
    session: Session, actor: Actor, now: datetime, *, narrowed: Filter, after: str = ""
) -> Page:
    """A page of published notices that the person may see, newest first."""
    who, mark = principals(session, actor, now), _read_mark(after)
    keys = _merged(who, narrowed, mark).subquery()
    title = case((clause(NOTICES, READ_TEXT, actor.person_id, now), Notice.title), else_="")
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
    rows = session.execute(
        visible(NOTICES, actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.id.in_(select(keys.c.notice_id)))
        .order_by(Notice.published_at.desc(), Notice.id.desc())
    ).all()
    return Page(
        tuple(rows[:PAGE]),
        _count(session, actor, who, narrowed, now),
        _write_mark(rows[PAGE - 1]) if len(rows) > PAGE else "",
    )


def _merged(who: list[str], narrowed: Filter, mark: tuple[datetime, int] | None) -> Any:
    branches = [_branch(name, narrowed, mark).subquery() for name in who]
    every = union_all(*(select(b.c.notice_id, b.c.published_at) for b in branches)).subquery()
    return (
        select(every.c.notice_id)
        .distinct()
        .order_by(every.c.published_at.desc(), every.c.notice_id.desc())
        .add_columns(every.c.published_at)
        .limit(PAGE + 1)
    )


def _branch(name: str, narrowed: Filter, mark: tuple[datetime, int] | None) -> Any:
    keys = select(AudienceRow.notice_id, AudienceRow.published_at).where(
        AudienceRow.principal == name
    )
    if narrowed.clauses():
        keys = keys.join(Notice, Notice.id == AudienceRow.notice_id).where(*narrowed.clauses())
    if mark is not None:
        keys = keys.where(tuple_(AudienceRow.published_at, AudienceRow.notice_id) < tuple_(*mark))
    return keys.order_by(AudienceRow.published_at.desc(), AudienceRow.notice_id.desc()).limit(
        PAGE + 1
    )


def _count(session: Session, actor: Actor, who: list[str], narrowed: Filter, now: datetime) -> int:
    hits = (
        select(Notice.id)
        .join(AudienceRow, AudienceRow.notice_id == Notice.id)
        .where(AudienceRow.principal.in_(who), *narrowed.clauses())
        .where(clause(NOTICES, READ, actor.person_id, now))
        .limit(COUNT_CAP + 1)
        .subquery()
    )
    return session.scalar(select(func.count(hits.c.id.distinct()))) or 0


def _write_mark(row: Any) -> str:
    return f"{row.published_at.isoformat()}_{row.id}"


def _read_mark(after: str) -> tuple[datetime, int] | None:
    at, _, key = after.rpartition("_")
    try:
        moment = datetime.fromisoformat(at)
        return (moment, int(key)) if moment.tzinfo else None
    except ValueError:
        return None


def drafts(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The drafts of the person's side, last changed first."""
    columns = (Notice.ref, Notice.title, Notice.tlp, Notice.changed_at)
    rows = session.execute(
        visible(NOTICES, actor, now, *columns)
        .where(and_(Notice.state == NoticeState.DRAFT))
        .order_by(Notice.changed_at.desc())
        .limit(PAGE)
    )
    return list(rows)
