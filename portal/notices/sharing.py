"""Earlier comments after a correction: their authors are asked whether its readers may see them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models.notices import Comment, Edition, Notice
from portal.access import Actor, authorize, sub_resource
from portal.errors import TooLate
from portal.ledger import audit, transition, write_to
from portal.rules import NOTICES, SHARE_COMMENTS

ASK_AUTHORS: Final = "ask-authors"


def for_fewer(notice: Any) -> tuple[Any, Any]:
    """The comments on the notice for another audience than the present version has, as SQL."""
    present = select(Edition.audience_id).where(
        Edition.notice_id == notice.id, Edition.number == notice.edition
    )
    audience = present.correlate(Notice).scalar_subquery()
    return Comment.notice_id == notice.id, Comment.audience_id.is_distinct_from(audience)


def comments_of_others(session: Session, actor: Actor, notice: Notice, now: datetime) -> int:
    """How many comments of others on the notice this person sees."""
    seen = (Comment.notice_id == notice.id, Comment.person_id != actor.person_id)
    question = select(func.count()).where(*seen, sub_resource(Comment, actor.person_id, now))
    return session.scalar(question) or 0


def ask_authors(session: Session, actor: Actor, notice: Notice, now: datetime) -> None:
    """Write to the others whose comments the readers of the present version do not all see."""
    authors = select(Comment.person_id).where(*for_fewer(notice)).distinct()
    asked = session.scalars(authors.where(Comment.person_id != actor.person_id)).all()
    if asked:
        event = audit(session, actor, ASK_AUTHORS, NOTICES, notice, now, authors=len(asked))
        for person_id in asked:
            write_to(session, event, person_id, now, template=SHARE_COMMENTS)


def own_for_fewer(
    session: Session, actor: Actor, ref: str, now: datetime
) -> tuple[Notice, Sequence[Comment]]:
    """The notice, and the person's own comments that not all of its present readers see."""
    notice: Notice = authorize(session, actor, SHARE_COMMENTS, NOTICES, ref, now)
    mine = select(Comment).where(*for_fewer(notice), Comment.person_id == actor.person_id)
    return notice, session.scalars(mine.order_by(Comment.id)).all()


def share_comments(
    session: Session, actor: Actor, ref: str, *, edition: int, now: datetime
) -> None:
    """Let the readers of this version see the person's own earlier comments.

    Raises TooLate when there is another version by now: its readers were not agreed to.
    """
    with transition(session, actor, SHARE_COMMENTS, NOTICES, ref, now) as notice:
        if notice.edition != edition:
            raise TooLate(SHARE_COMMENTS)
        present = session.get_one(Edition, (notice.id, notice.edition)).audience_id
        mine = update(Comment).where(*for_fewer(notice), Comment.person_id == actor.person_id)
        quiet = mine.execution_options(synchronize_session=False)
        session.execute(quiet.values(audience_id=present))
