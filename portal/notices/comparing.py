"""What a correction changed: one edition beside the one before it."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.notices import Edition, Notice
from portal.access import Actor, authorize
from portal.comparing import Change, changes
from portal.errors import NotFound
from portal.rules import NOTICES, READ_TEXT, edition_readers


def compare(
    session: Session, actor: Actor, ref: str, number: int, now: datetime
) -> tuple[Notice, list[Edition], list[Change]]:
    """An edition beside the one before it; both must have been open to the person.

    The present edition is anybody's who may read the text; an earlier one only that of its own
    side in its time, and of whoever opened it then: a new reader must not find what was taken out.
    Raises NotFound otherwise.
    """
    notice = authorize(session, actor, READ_TEXT, NOTICES, ref, now)
    known = or_(
        Edition.number == notice.edition,
        edition_readers.at(Edition, actor.person_id, now),
    )
    pair = session.scalars(
        select(Edition)
        .join(Notice, Notice.id == Edition.notice_id)
        .where(Edition.notice_id == notice.id, Edition.number.in_((number - 1, number)), known)
        .order_by(Edition.number)
    ).all()
    if [edition.number for edition in pair] != [number - 1, number]:
        raise NotFound(ref)
    return notice, list(pair), changes(pair[0].text, pair[1].text)
