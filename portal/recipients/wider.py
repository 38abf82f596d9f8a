"""Whether a claim or a row of harm goes wider than the notice that it rests on: its author agrees.

Never wider than its source without the source's consent, whatever says so.
"""

from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from models.notices import Notice
from models.vocabulary import Tlp
from portal.access import Actor, may
from portal.rules import ORGANISATIONS, POST_NOTICE


class RestsOnNotice(Protocol):
    """What is marked, and may rest on a notice."""

    notice_id: int | None
    tlp: str
    consented_tlp: str


def needs_consent(session: Session, actor: Actor, row: RestsOnNotice, now: datetime) -> bool:
    """Whether it is marked wider than its notice, to which its author has not agreed.

    Whoever may post for the organisation of the notice agrees by writing.
    """
    if row.notice_id is None:
        return False
    notice = session.get_one(Notice, row.notice_id)
    agreed = [Tlp(word).rank for word in (notice.tlp, row.consented_tlp) if word]
    if Tlp(row.tlp).rank >= min(agreed):
        return False
    own_notice = notice.author_id == actor.person_id or notice.tlp != Tlp.RED
    posts = may(session, actor, POST_NOTICE, ORGANISATIONS, notice.organisation_id, now)
    return not (own_notice and posts)
