"""Files of a notice: attached, taken off again while it is a draft, opened."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.base import new_reference
from models.notices import Attachment, Notice
from portal.access import Actor, authorize
from portal.errors import NotFound, TooLate, refuse
from portal.ledger import audit, transition
from portal.media import Upload
from portal.receipts import DOWNLOAD
from portal.rules import ATTACH, DETACH, NOTICES, READ_TEXT
from portal.store import Sealed, Store, remove_once_committed, remove_unless_committed
from portal.words import N_

PREFIX: Final = "F"
LARGEST = 5_000_000
LARGEST_SUM = 40_000_000
MOST_FILES = 20


def attach(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    file: Upload,
    store: Store,
    now: datetime,
) -> Attachment:
    """Add a file to a notice; the name that its owner gave it is only ever shown.

    Raises Invalid (field `file`) for what is not taken, Unkept when there is no room for it. The
    file is written before its row, and goes again when the transaction fails.
    """
    file_ref = new_reference(PREFIX, now.year)
    with transition(session, actor, ATTACH, NOTICES, ref, now, file=file_ref) as notice:
        _hold(session, notice, ATTACH)
        refuse(_too_much(session, notice, len(file.content)) or file.problems())
        sealed = store.put(file_ref, file.content)
        remove_unless_committed(session, store, sealed.name)
        attachment = Attachment(
            ref=file_ref,
            notice_id=notice.id,
            name=file.name,
            media_type=file.media_type,
            size=len(file.content),
            sha256=file.sha256,
            stored_name=sealed.name,
            wrapped_key=sealed.wrapped_key,
            added_by_id=actor.person_id,
            added_at=now,
        )
        _add(session, attachment)
    return attachment


def _hold(session: Session, notice: Notice, verb: str) -> None:
    # Two uploads at once are counted one after the other, and a notice that was published or
    # withdrawn between the question and the lock is no longer what was asked about.
    state = notice.state
    session.refresh(notice, with_for_update=True)
    if notice.state != state:
        raise TooLate(verb)


def _add(session: Session, attachment: Attachment) -> None:
    session.add(attachment)
    try:
        session.flush()
    except IntegrityError as taken:
        raise TooLate(ATTACH) from taken


def _too_much(session: Session, notice: Notice, size: int) -> dict[str, str]:
    files, total = session.execute(
        select(func.count(), func.coalesce(func.sum(Attachment.size), 0)).where(
            Attachment.notice_id == notice.id
        )
    ).one()
    if not size:
        return {"file": N_("This file is empty.")}
    if size > LARGEST:
        return {"file": N_("This file is larger than 5 MB.")}
    if files >= MOST_FILES:
        return {"file": N_("A notice holds at most 20 files.")}
    if total + size > LARGEST_SUM:
        return {"file": N_("The files of a notice may come to 40 MB together.")}
    return {}


def detach(
    session: Session, actor: Actor, ref: str, attachment_ref: str, store: Store, now: datetime
) -> None:
    """Take a file off a draft; raises NotFound when it is none of this notice's."""
    with transition(session, actor, DETACH, NOTICES, ref, now, file=attachment_ref) as notice:
        _hold(session, notice, DETACH)
        attachment = _one_of(session, notice, attachment_ref)
        session.delete(attachment)
        remove_once_committed(session, store, attachment.stored_name)


def open_file(
    session: Session, actor: Actor, ref: str, attachment_ref: str, store: Store, now: datetime
) -> tuple[Attachment, bytes]:
    """A file for whoever may read the notice's text; that it was opened goes into the trail.

    Raises NotFound when it is none of this notice's, Damaged when it is not what was attached.
    """
    notice = authorize(session, actor, READ_TEXT, NOTICES, ref, now)
    attachment = _one_of(session, notice, attachment_ref)
    content = store.get(attachment.ref, Sealed(attachment.stored_name, attachment.wrapped_key))
    audit(session, actor, DOWNLOAD, NOTICES, notice, now, file=attachment.ref)
    return attachment, content


def _one_of(session: Session, notice: Notice, attachment_ref: str) -> Attachment:
    attachment = session.scalars(
        select(Attachment).where(
            Attachment.ref == attachment_ref, Attachment.notice_id == notice.id
        )
    ).one_or_none()
    if attachment is None:
        raise NotFound(attachment_ref)
    return attachment
