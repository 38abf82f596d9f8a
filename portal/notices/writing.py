"""Drafting and editing a notice, and asking who would see it before anything is saved."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.notices import Notice
from portal.access import Actor, authorize
from portal.errors import TooLate, refuse
from portal.ledger import create, draft_of, transition
from portal.notices.text import NoticeText, text_of
from portal.recipients import AudiencePreview, RecipientList, list_of, reach_if, write_list
from portal.rules import EDIT, NOTICES, ORGANISATIONS, POST_NOTICE, READ_LEDGER


def post_notice(
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
        notice = draft_of(NOTICES, actor, home.id, now, edition=0)
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
    """Change a draft; `version` is the one the writer had before their eyes.

    Raises TooLate when somebody saved another version meanwhile, Invalid for bad fields.
    """
    with transition(session, actor, EDIT, NOTICES, ref, now) as notice:
        if notice.version != version:
            raise TooLate(EDIT)
        _rewrite(session, actor, notice, text, to, now)
        notice.changed_at = now
    return notice


def _rewrite(
    session: Session,
    actor: Actor,
    notice: Notice,
    text: NoticeText,
    to: RecipientList,
    now: datetime,
) -> None:
    kept, said = list_of(session, notice), text_of(notice) if notice.published_at else None
    refuse(text.problems(now, said) | to.problems(session, actor, text.tlp, now, kept))
    text.write_into(notice)
    write_list(session, notice, to, now)


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

    def written() -> Notice:
        return post_notice(session, actor, organisation_ref, text=text, to=to, now=now)

    return reach_if(session, actor, NOTICES, written, now)


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

    def written() -> Notice:
        notice = authorize(session, actor, READ_LEDGER, NOTICES, ref, now)
        _rewrite(session, actor, notice, text, to, now)
        return notice

    return reach_if(session, actor, NOTICES, written, now)
