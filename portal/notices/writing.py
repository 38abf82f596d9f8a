"""Drafting and editing a notice, and asking who would see it before anything is saved."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.base import new_reference
from models.notices import Notice, NoticeState
from portal.access import Actor, authorize
from portal.errors import TooLate, refuse
from portal.ledger import create, transition
from portal.notices.text import NoticeText, text_of
from portal.recipients import AudiencePreview, RecipientList, audience_preview, list_of, write_list
from portal.rules import EDIT, NOTICES, ORGANISATIONS, POST_NOTICE, READ_LEDGER


def draft(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: NoticeText,
    to: RecipientList,
    now: datetime,
) -> Notice:
    """Start a notice for an organisation; raises Invalid with a message for each bad field."""
    with transition(session, actor, POST_NOTICE, ORGANISATIONS, organisation_ref, now) as home:
        refuse(text.problems(now) | to.problems(session, actor, text.tlp, now))
        notice = Notice(
            ref=new_reference(NOTICES.prefix, now.year),
            organisation_id=home.id,
            author_id=actor.person_id,
            state=NoticeState.DRAFT,
            edition=0,
            created_at=now,
            changed_at=now,
        )
        text.write_into(notice)
        create(session, actor, POST_NOTICE, NOTICES, notice, now)
        write_list(session, notice, to, now)
    return notice


def edit(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: NoticeText,
    to: RecipientList,
    version: int,
    now: datetime,
) -> Notice:
    """Change a draft; `version` is the one the writer had before her eyes.

    Raises TooLate when somebody saved another version meanwhile, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, NOTICES, ref, now) as notice:
        if notice.version != version:
            raise TooLate(EDIT)
        kept = list_of(session, notice)
        refuse(text.problems(now) | to.problems(session, actor, text.tlp, now, kept))
        text.write_into(notice)
        notice.changed_at = now
        write_list(session, notice, to, now)
    return notice


def who_will_see(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    *,
    text: NoticeText,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read this notice if it were published: asked of the policy, nothing is kept."""
    with session.begin_nested() as trial:
        notice = draft(session, actor, organisation_ref, text=text, to=to, now=now)
        preview = audience_preview(session, actor, NOTICES, notice, now)
        trial.rollback()
    return preview


def who_would_see(
    session: Session,
    actor: Actor,
    ref: str,
    *,
    text: NoticeText,
    to: RecipientList,
    now: datetime,
) -> AudiencePreview:
    """Who could read an existing notice if it said this and went to these; nothing is kept."""
    with session.begin_nested() as trial:
        notice = authorize(session, actor, READ_LEDGER, NOTICES, ref, now)
        kept = list_of(session, notice)
        said = text_of(notice) if notice.published_at else None
        refuse(text.problems(now, said) | to.problems(session, actor, text.tlp, now, kept))
        text.write_into(notice)
        write_list(session, notice, to, now)
        preview = audience_preview(session, actor, NOTICES, notice, now)
        trial.rollback()
    return preview
