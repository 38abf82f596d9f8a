"""The first page's questions: what waits for this person, by when; and what is new."""

from datetime import datetime
from typing import Any

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from models.audience import AudienceRow
from models.notices import Notice, NoticeState
from models.stakeholders import Organisation
from portal.access import Actor, clause, visible
from portal.notices import principals
from portal.rules import ACKNOWLEDGE, NOTICES, PUBLISH, READ_TEXT

SHOWN = 10


def waiting(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """Notices that wait for this person, whoever holds the verb: to acknowledge, to publish."""
    who = actor.person_id
    to_acknowledge = clause(NOTICES, ACKNOWLEDGE, who, now)
    verb = case((to_acknowledge, ACKNOWLEDGE), else_=PUBLISH)
    columns = (
        Notice.ref,
        Notice.title,
        Notice.tlp,
        Notice.acknowledge_by_at,
        Organisation.name.label("organisation"),
        verb.label("verb"),
    )
    mine = select(AudienceRow.notice_id).where(
        AudienceRow.principal.in_(principals(session, actor, now))
    )
    rows = session.execute(
        visible(NOTICES, actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(
            or_(
                (Notice.state == NoticeState.OPEN) & Notice.id.in_(mine) & to_acknowledge,
                (Notice.state == NoticeState.DRAFT) & clause(NOTICES, PUBLISH, who, now),
            )
        )
        .order_by(Notice.acknowledge_by_at.is_(None), Notice.acknowledge_by_at, Notice.id)
        .limit(SHOWN)
    )
    return list(rows)


def news(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """The newest notices the person may see."""
    title = case((clause(NOTICES, READ_TEXT, actor.person_id, now), Notice.title), else_="")
    mine = (
        select(AudienceRow.notice_id)
        .where(AudienceRow.principal.in_(principals(session, actor, now)))
        .order_by(AudienceRow.published_at.desc())
        .limit(5 * SHOWN)
    )
    columns = (
        Notice.ref,
        title.label("title"),
        Notice.tlp,
        Notice.state,
        Notice.published_at,
        Organisation.name.label("organisation"),
    )
    rows = session.execute(
        visible(NOTICES, actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.id.in_(mine))
        .order_by(Notice.published_at.desc())
        .limit(SHOWN)
    )
    return list(rows)
