"""What is done with a notice once it is written: a function for each verb."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.norms import NormTag
from models.notices import Comment, Edition, Notice, Receipt
from portal.access import Actor
from portal.errors import Invalid, TooLate, refuse
from portal.ledger import authorize_red, transition
from portal.notices.index import reindex
from portal.notices.sharing import ask_authors
from portal.notices.text import NoticeText, text_of
from portal.recipients import RecipientList, audience_of, list_of, write_list
from portal.rules import (
    ACKNOWLEDGE,
    CLOSE,
    COMMENT,
    CORRECT,
    NOTICES,
    PUBLISH,
    WITHDRAW,
)
from portal.words import N_

CORRECTED = N_(
    "The notice has been corrected in the meantime and may have other readers. Send it again."
)


def publish(session: Session, actor: Actor, ref: str, now: datetime) -> Notice:
    """Open a draft to its readers and tell its recipients.

    Raises Invalid when nobody would read it or its acknowledgement deadline has passed.
    """
    with transition(session, actor, PUBLISH, NOTICES, ref, now) as notice:
        authorize_red(session, actor, NOTICES, ref, notice.tlp, now)
        to, text = list_of(session, notice), text_of(notice)
        refuse(text.problems(now) | to.problems(session, actor, text.tlp, now, to))
        refuse(_not_ready(to))
        notice.published_at = notice.changed_at = now
        _keep_edition(session, actor, notice, "", now)
        reindex(session, notice)
    return notice


def _not_ready(to: RecipientList) -> dict[str, str]:
    found = {}
    if to.empty:
        found["organisations"] = N_("Choose at least one recipient.")
    return found


def _keep_edition(session: Session, actor: Actor, notice: Notice, why: str, now: datetime) -> None:
    notice.edition += 1
    audience_id = audience_of(session, notice)
    if notice.edition == 1:  # links to norms that were made on the draft go out with it
        ties = update(NormTag).where(NormTag.notice_id == notice.id)
        session.execute(ties.values(audience_id=audience_id))
    session.add(
        Edition(
            notice_id=notice.id,
            number=notice.edition,
            by_id=actor.person_id,
            at=now,
            why=why,
            audience_id=audience_id,
            text=text_of(notice).as_json(),
        )
    )


def correct(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: NoticeText,
    to: RecipientList,
    why: str,
    version: int,
    ask: bool = False,
    now: datetime,
) -> Notice:
    """Publish a new edition; earlier readers who are still on the list are asked to confirm it.

    What others commented before stays with the audience of its time; with `ask` they are asked
    whether the readers of this edition may see it.

    Raises TooLate when `version` is no longer the present one, Invalid for bad fields.
    """
    with transition(session, actor, CORRECT, NOTICES, ref, now) as notice:
        if notice.version != version:
            raise TooLate(CORRECT)
        authorize_red(session, actor, NOTICES, ref, text.tlp, now)
        kept = list_of(session, notice)
        problems = text.problems(now, text_of(notice))
        problems |= to.problems(session, actor, text.tlp, now, kept)
        if not why.strip():
            problems["why"] = N_("Describe the correction in one sentence.")
        refuse(problems)
        text.write_into(notice)
        notice.changed_at = now
        write_list(session, notice, to, now)
        _keep_edition(session, actor, notice, why, now)
        reindex(session, notice)
    if ask:
        ask_authors(session, actor, notice, now)
    return notice


def close(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Say that the resource is over; the notice stays readable, nothing is asked any more."""
    _end(session, actor, CLOSE, ref, why, now)


def withdraw(session: Session, actor: Actor, ref: str, *, why: str, now: datetime) -> None:
    """Take a notice back: its readers keep the envelope and the reason, not the text."""
    _end(session, actor, WITHDRAW, ref, why, now)


def _end(session: Session, actor: Actor, verb: str, ref: str, why: str, now: datetime) -> None:
    with transition(session, actor, verb, NOTICES, ref, now) as notice:
        if not why.strip():
            raise Invalid({"why": N_("Give a reason in one sentence.")})
        notice.ended_at = notice.changed_at = now
        notice.ended_reason = why[:500]
        reindex(session, notice)


def acknowledge(
    session: Session, actor: Actor, ref: str, now: datetime, *, edition: int | None = None
) -> None:
    """Confirm to the author that this edition was read; a second time changes nothing.

    An alternate does so for whom they act: the receipt is that person's, and says by whom. Raises
    TooLate when `edition`, the one that was read, is no longer the present one.
    """
    mine = (
        select(Receipt.person_id)
        .join(Notice, Notice.id == Receipt.notice_id)
        .where(
            Notice.ref == ref,
            Receipt.edition == Notice.edition,
            Receipt.person_id == actor.person_id,
        )
    )
    # Of somebody else that is asked after the policy was, which says whether it can be known.
    if actor.acts_by is None and session.scalar(mine) is not None:
        return
    with transition(session, actor, ACKNOWLEDGE, NOTICES, ref, now) as notice:
        if edition not in (None, notice.edition):
            raise TooLate(ACKNOWLEDGE)
        session.add(
            Receipt(
                notice_id=notice.id,
                person_id=actor.holder_id,
                edition=notice.edition,
                acknowledged_at=now,
                by_id=actor.by_id,
            )
        )


def comment(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: str,
    to_author: bool,
    edition: int | None = None,
    now: datetime,
) -> None:
    """Comment on a notice, for all its readers or for the author's side alone.

    Raises Invalid when `edition`, the one before the writer's eyes, is no longer the present one:
    it may have other readers.
    """
    with transition(session, actor, COMMENT, NOTICES, ref, now) as notice:
        if edition not in (None, notice.edition):
            raise Invalid({"text": CORRECTED})
        if not text.strip():
            raise Invalid({"text": N_("Enter some text.")})
        if len(text) > 10_000:
            raise Invalid({"text": N_("This is too long.")})
        session.add(
            Comment(
                notice_id=notice.id,
                person_id=actor.person_id,
                to_author=to_author,
                audience_id=audience_of(session, notice),
                text=text,
                at=now,
            )
        )
