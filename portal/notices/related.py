"""Rows related to a notice, each sort with its names; a page loads them by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import String, case, func, select, type_coerce
from sqlalchemy.orm import Session

from models.norms import NormTag
from models.notices import Attachment, Comment, Edition, Indicator, Notice, NoticeTag
from models.processes import MediatorLink, Process
from models.stakeholders import Organisation, Person
from portal.access import Actor, as_column, predicate, sub_resource
from portal.norm_links import NormLinkRow, norm_links
from portal.notices.sharing import for_fewer
from portal.parameters import KEY, ME, NOTHING, NOW
from portal.recipients import NotAskedRow, recipients_not_asked
from portal.related import Related, Together, related
from portal.rules import (
    OPEN_PROCESS,
    ORGANISATIONS,
    PROCESSES,
    READ,
    edition_readers,
)

MOST = 200


@dataclass(frozen=True)
class CommentRow:
    """A comment: to the author's side alone, or for fewer readers than the notice has now."""

    id: int
    at: datetime
    text: str
    person: str
    to_author: bool
    for_fewer: bool


@dataclass(frozen=True)
class EditionRow:
    """An edition, and why it was made, as far as that was said to the reader.

    `known` where the reader was among its readers, and so may see what it said.
    """

    number: int
    at: datetime
    why: str
    person: str
    known: bool


@dataclass(frozen=True)
class FileRow:
    """A file; `size` in bytes."""

    id: int
    ref: str
    name: str
    media_type: str
    size: int
    sha256: str
    person: str
    at: datetime


@dataclass(frozen=True)
class IndicatorRow:
    """A technical sign: its STIX pattern or its value."""

    id: int
    type: str
    value: str
    comment: str
    detection: bool


@dataclass(frozen=True)
class TagRow:
    """A machine tag that the notice came with."""

    tag: str


@dataclass(frozen=True)
class MediatorLinkRow:
    """A link to a norm by a mediation body; `own` where the reader may remove it."""

    id: int
    norm: str
    at: datetime
    reason: str
    body: str
    own: bool


@dataclass(frozen=True)
class ProcessLinkRow:
    """A process that the notice is linked to, where the reader may know of it."""

    id: int
    at: datetime
    ref: str
    name: str


@dataclass(frozen=True)
class RelatedRows:
    """All that is related to one notice, as far as the reader sees it."""

    comments: Sequence[CommentRow] = ()
    editions: Sequence[EditionRow] = ()
    files: Sequence[FileRow] = ()
    indicators: Sequence[IndicatorRow] = ()
    tags: Sequence[TagRow] = ()
    norm_links: Sequence[NormLinkRow] = ()
    mediator_links: Sequence[MediatorLinkRow] = ()
    processes: Sequence[ProcessLinkRow] = ()
    not_asked: Sequence[NotAskedRow] = ()


def related_rows(
    session: Session, actor: Actor, notice: Notice, own: bool, now: datetime
) -> RelatedRows:
    """All that is related to the notice; `own` adds what is for its own side."""
    together = FOR_OWN_SIDE if own else FOR_READERS
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: notice.id}
    rows = together.load(session, asked)
    return RelatedRows(
        comments=rows[CommentRow],
        editions=rows[EditionRow],
        files=rows[FileRow],
        indicators=rows[IndicatorRow],
        tags=rows[TagRow],
        norm_links=rows[NormLinkRow],
        mediator_links=rows[MediatorLinkRow],
        processes=rows[ProcessLinkRow],
        not_asked=rows[NotAskedRow],
    )


def _comments() -> Related[CommentRow]:
    question = (
        select(
            Comment.id,
            Comment.at,
            Comment.text,
            Person.name.label("person"),
            Comment.to_author,
            as_column(for_fewer(Notice)[1]).label("for_fewer"),
        )
        .join(Person, Person.id == Comment.person_id)
        .join(Notice, Notice.id == Comment.notice_id)
        .where(Comment.notice_id == KEY, sub_resource(Comment, ME, NOW))
        .order_by(Comment.id)
    )
    return related(CommentRow, question)


def _editions() -> Related[EditionRow]:
    # What was said for others is left out; that something was done stays.
    seen = sub_resource(Edition, ME, NOW)
    question = (
        select(
            Edition.number,
            Edition.at,
            case((seen, Edition.why), else_=NOTHING).label("why"),
            Person.name.label("person"),
            as_column(edition_readers.at(Edition, ME, NOW)).label("known"),
        )
        .join(Person, Person.id == Edition.by_id)
        .where(Edition.notice_id == KEY)
        .order_by(Edition.number)
    )
    return related(EditionRow, question, order=lambda row: row.number)


def _files() -> Related[FileRow]:
    question = (
        select(
            Attachment.id,
            Attachment.ref,
            Attachment.name,
            Attachment.media_type,
            Attachment.size,
            Attachment.sha256,
            Person.name.label("person"),
            Attachment.added_at.label("at"),
        )
        .join(Person, Person.id == Attachment.added_by_id)
        .where(Attachment.notice_id == KEY)
        .order_by(Attachment.id)
    )
    return related(FileRow, question)


def _indicators() -> Related[IndicatorRow]:
    question = (
        select(
            Indicator.id,
            Indicator.type,
            func.coalesce(Indicator.pattern, Indicator.value).label("value"),
            Indicator.comment,
            Indicator.detection,
        )
        .where(Indicator.notice_id == KEY)
        .order_by(Indicator.id)
    )
    return related(IndicatorRow, question)


def _mediator_links() -> Related[MediatorLinkRow]:
    own = predicate(ORGANISATIONS, OPEN_PROCESS, ME, NOW)
    question = (
        select(
            MediatorLink.id,
            type_coerce(MediatorLink.norm, String).label("norm"),
            MediatorLink.at,
            MediatorLink.reason,
            Organisation.name.label("body"),
            as_column(own).label("own"),
        )
        .join(Organisation, Organisation.id == MediatorLink.body_id)
        .where(
            MediatorLink.notice_id == KEY,
            MediatorLink.norm.is_not(None),
            sub_resource(MediatorLink, ME, NOW),
        )
        .order_by(MediatorLink.id)
    )
    return related(MediatorLinkRow, question)


def _processes() -> Related[ProcessLinkRow]:
    # Whoever may not know of the process is not told that the notice is linked to it.
    question = (
        select(MediatorLink.id, MediatorLink.at, Process.ref, Process.cover_name.label("name"))
        .join(Process, Process.id == MediatorLink.process_id)
        .where(
            MediatorLink.notice_id == KEY,
            predicate(PROCESSES, READ, ME, NOW),
        )
        .order_by(MediatorLink.id)
    )
    return related(ProcessLinkRow, question)


def _tags() -> Related[TagRow]:
    question = select(NoticeTag.tag).where(NoticeTag.notice_id == KEY)
    return related(TagRow, question, order=lambda row: row.tag)


OPEN_TO_READERS: Final = (
    _comments(),
    _editions(),
    _files(),
    _indicators(),
    _tags(),
    norm_links(NormTag.notice_id == KEY),
    _mediator_links(),
    _processes(),
)
FOR_READERS: Final = Together(OPEN_TO_READERS, MOST).completed()
FOR_OWN_SIDE: Final = Together((*OPEN_TO_READERS, recipients_not_asked(Notice)), MOST).completed()
