"""Making a draft of what a file gave: text, signs and tags in one act, addressed to nobody yet."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy.orm import Session

from models.notices import Indicator, Notice, NoticeTag
from portal import notices
from portal.access import Actor
from portal.exchange.found import Found, settled
from portal.recipients import RecipientList


def take(
    session: Session,
    actor: Actor,
    organisation_ref: str,
    found: Found,
    now: datetime,
    tlp: str | None = None,
) -> Notice:
    """A draft of the organisation, made of what was read; it names its source, never as its author.

    `tlp` is the marking that a person chose where the file's own cannot be read. Raises Invalid
    while a choice is open, and what `portal.notices.post_notice` raises.
    """
    found = settled(found, tlp)
    notice = notices.post_notice(
        session, actor, organisation_ref, text=found.text, to=RecipientList(), now=now
    )
    notice.source_format, notice.source_id = found.source_format, found.source_id
    session.add_all(Indicator(notice_id=notice.id, **asdict(sign)) for sign in found.signs)
    session.add_all(NoticeTag(notice_id=notice.id, tag=tag) for tag in dict.fromkeys(found.tags))
    session.flush()
    return notice
