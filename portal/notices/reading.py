"""Reading one notice: its text, and all that hangs on it, in two queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, case, false, func, literal, select, union_all
from sqlalchemy.orm import Session

from models.base import Moment
from models.norms import NormTag
from models.notices import Attachment, Comment, Edition, Indicator, Notice, NoticeTag, Receipt
from models.processes import MediatorLink, Process
from models.stakeholders import Organisation, Person
from portal.access import Actor, clause, granted, part, verbs_of
from portal.addressing import unheard
from portal.errors import NotFound
from portal.ledger import note
from portal.notices.sharing import for_fewer
from portal.rules import (
    NOTICES,
    OPEN_PROCESS,
    ORGANISATIONS,
    PROCESSES,
    READ,
    READ_LEDGER,
    READ_TEXT,
    edition_readers,
)

MOST = 200
SEEN = (Comment, Edition, MediatorLink, NormTag)
LINKED = {
    "comment": Comment.notice_id,
    "edition": Edition.notice_id,
    "file": Attachment.notice_id,
    "mediators": MediatorLink.notice_id,
    "norm": NormTag.notice_id,
    "process": MediatorLink.notice_id,
    "sign": Indicator.notice_id,
    "tag": NoticeTag.notice_id,
}


@dataclass(frozen=True)
class Reading:
    """What one person gets to see of one notice; without `text` only the envelope is shown.

    `acknowledged` counts who has acknowledged this edition; `acknowledged_at` is when this person
    did.

    `things` are what hangs on it, by word: comment, edition, file, norm, mediators (their links to
    norms), process (to which it is linked), sign, tag, unheard (recipients who are not asked: for
    its own side).
    """

    notice: Notice
    organisation: str
    author: str
    acknowledged: int
    acknowledged_at: datetime | None
    verbs: frozenset[str]
    text: bool
    things: dict[str, list[Any]]


def read(session: Session, actor: Actor, ref: str, now: datetime) -> Reading:
    """One notice as this person may see it; the reading goes into the trail.

    Raises NotFound when it is absent or hidden.
    """
    acknowledged = (
        select(func.count())
        .where(Receipt.notice_id == Notice.id, Receipt.edition == Notice.edition)
        .correlate(Notice)
        .scalar_subquery()
    )
    mine = (
        select(Receipt.acknowledged_at)
        .where(
            Receipt.notice_id == Notice.id,
            Receipt.edition == Notice.edition,
            Receipt.person_id == actor.person_id,
        )
        .correlate(Notice)
        .scalar_subquery()
    )
    row = session.execute(
        select(
            Notice,
            Organisation.name,
            Person.name,
            acknowledged,
            mine,
            *granted(NOTICES, actor.person_id, now),
        )
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .join(Person, Person.id == Notice.author_id)
        .where(Notice.ref == ref)
    ).one_or_none()
    verbs = verbs_of(NOTICES, row[5:]) if row else frozenset()
    if row is None or READ not in verbs:
        raise NotFound(ref)
    notice, shown = row[0], READ_TEXT in verbs
    note(session, actor, READ, NOTICES, notice, now)
    things = _things(session, actor, notice, READ_LEDGER in verbs, now) if shown else {}
    return Reading(notice, row[1], row[2], row[3], row[4], verbs, shown, things)


def _things(
    session: Session, actor: Actor, notice: Notice, own: bool, now: datetime
) -> dict[str, list[Any]]:
    who = actor.person_id
    seen = {model: part(model, who, now) for model in SEEN}
    known = edition_readers.at(Edition, who, now)
    parts = {
        "comment": _comments(notice).where(seen[Comment]),
        "edition": _part(
            "edition",
            Edition,
            Edition.number,
            Edition.at,
            _if(seen[Edition], Edition.why),
            flag=known,
        ).join(Person, Person.id == Edition.by_id),
        "file": _files(),
        "norm": _tied(seen[NormTag]),
        "mediators": _by_mediators(actor, now).where(seen[MediatorLink]),
        "process": _in_processes(actor, now),
        "sign": _signs(),
        "tag": _part(
            "tag", NoticeTag, literal(0), literal(None, Moment()), NoticeTag.tag, who=literal("")
        ),
    }
    limited = [rows.where(LINKED[name] == notice.id).subquery() for name, rows in parts.items()]
    if own:
        limited.append(_unheard(actor, notice, now).subquery())
    every = union_all(*(select(*rows.c) for rows in limited))
    things: dict[str, list[Any]] = {}
    for row in session.execute(every.order_by("what", "key")):
        things.setdefault(row.what, []).append(row)
    return things


def _unheard(actor: Actor, notice: Notice, now: datetime) -> Any:
    silent = unheard(notice, actor, now)
    nothing = literal(0), literal(None, Moment())
    return _part("unheard", silent, *nothing, silent.c.name, who=literal(""))


def _files() -> Any:
    return _part(
        "file",
        Attachment,
        Attachment.id,
        Attachment.added_at,
        Attachment.name,
        ref=Attachment.ref,
        kind=Attachment.media_type,
        more=Attachment.sha256,
        size=Attachment.size,
    ).join(Person, Person.id == Attachment.added_by_id)


def _signs() -> Any:
    return _part(
        "sign",
        Indicator,
        Indicator.id,
        Indicator.first_seen_at,
        func.coalesce(Indicator.pattern, Indicator.value),
        who=literal(""),
        kind=Indicator.type,
        more=Indicator.comment,
        flag=Indicator.detection,
    )


def _comments(notice: Notice) -> Any:
    return _part(
        "comment",
        Comment,
        Comment.id,
        Comment.at,
        Comment.text,
        more=case((for_fewer(notice)[1], "fewer"), else_=""),
        flag=Comment.to_author,
    ).join(Person, Person.id == Comment.person_id)


def _if(seen: Any, text: Any) -> Any:
    # What was said for others is left out; that something was done stays.
    return case((seen, text), else_="")


def _tied(seen: Any) -> Any:
    # Named as with other nouns (`person`), since one list draws the ties of all.
    tie = _part(
        "norm",
        NormTag,
        NormTag.id,
        NormTag.at,
        _if(seen, NormTag.reason),
        kind=NormTag.norm,
        person=Person.name,
    )
    return tie.join(Person, Person.id == NormTag.by_id)


def _by_mediators(actor: Actor, now: datetime) -> Any:
    # flag: this person's mediation body made it, and its people may remove it.
    mine = clause(ORGANISATIONS, OPEN_PROCESS, actor.person_id, now)
    columns = {"kind": MediatorLink.norm, "person": Organisation.name, "flag": mine}
    link = MediatorLink
    return (
        _part("mediators", link, link.id, link.at, link.reason, who=literal(""), **columns)
        .join(Organisation, Organisation.id == MediatorLink.body_id)
        .where(MediatorLink.norm.is_not(None))
    )


def _in_processes(actor: Actor, now: datetime) -> Any:
    # Whoever may not know of the process is not told that the notice is linked to it.
    link = MediatorLink
    return (
        _part(
            "process", link, link.id, link.at, Process.cover_name, who=literal(""), ref=Process.ref
        )
        .join(Process, Process.id == MediatorLink.process_id)
        .where(clause(PROCESSES, READ, actor.person_id, now))
    )


def _part(what: str, model: Any, key: Any, at: Any, text: Any, **more: Any) -> Any:
    # The same columns for each sort of thing, so that one query brings them all.
    nothing = literal("")
    return (
        select(
            literal(what).label("what"),
            key.label("key"),
            at.label("at"),
            text.label("text"),
            more.get("who", Person.name).label("who"),
            more.get("person", nothing).label("person"),
            more.get("ref", nothing).label("ref"),
            more.get("kind", nothing).label("kind"),
            more.get("more", nothing).label("more"),
            more.get("size", literal(0)).label("size"),
            case(
                (more.get("flag", false()), literal(True, Boolean())),
                else_=literal(False, Boolean()),
            ).label("flag"),
        )
        .select_from(model)
        .order_by("key")
        .limit(MOST)
    )
