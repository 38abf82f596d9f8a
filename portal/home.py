"""The first page's questions: what waits for this person, by when; what is new; what was done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, exists, or_, select, union_all
from sqlalchemy.orm import Session

from models.audience import AudienceRow, Recipient
from models.ledger import AuditEvent
from models.notices import Notice, NoticeState
from models.signins import SignIn
from models.stakeholders import Membership, Organisation, Person
from portal.access import Actor, clause, visible
from portal.addressing import keys_of, principals
from portal.notices import in_state, proposed
from portal.relations import acknowledged
from portal.rules import (
    ACKNOWLEDGE,
    CLOSE,
    COMMENT,
    CORRECT,
    NOTICES,
    PUBLISH,
    READ_LEDGER,
    READ_TEXT,
    WITHDRAW,
)

SHOWN = 10
TOLD_TO_READERS = (PUBLISH, CORRECT, CLOSE, WITHDRAW)
TOLD_TO_OWN_SIDE = (COMMENT, ACKNOWLEDGE)


@dataclass(frozen=True)
class FirstPage:
    """What a person finds on coming in; `since` is what others did after the last visit."""

    waiting: list[Any]
    since: list[Any]
    news: list[Any]


def first_page(session: Session, actor: Actor, now: datetime) -> FirstPage:
    """All that the first page shows, in four queries."""
    who = principals(session, actor, now)
    return FirstPage(
        waiting=_waiting(session, actor, who, now),
        since=_since(session, actor, who, now),
        news=_news(session, actor, who, now),
    )


def _waiting(session: Session, actor: Actor, who: list[str], now: datetime) -> list[Any]:
    # Notices that wait for this person, whoever holds the verb: to acknowledge, to publish.
    to_acknowledge = clause(NOTICES, ACKNOWLEDGE, actor.person_id, now)
    to_publish = clause(NOTICES, PUBLISH, actor.person_id, now)
    columns = (
        Notice.ref,
        Notice.title,
        Notice.tlp,
        Notice.acknowledge_by_at,
        Organisation.name.label("organisation"),
        case((Notice.state == NoticeState.OPEN, ACKNOWLEDGE), else_=PUBLISH).label("verb"),
    )
    rows = session.execute(
        visible(NOTICES, actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.id.in_(_could_wait(actor, who, now)), or_(to_acknowledge, to_publish))
        .order_by(Notice.acknowledge_by_at.is_(None), Notice.acknowledge_by_at, Notice.id)
        .limit(SHOWN)
    )
    return list(rows)


def _could_wait(actor: Actor, who: list[str], now: datetime) -> Any:
    # A cheap first look, so that the law is asked of few: it alone decides.
    mine = or_(
        Recipient.person_id == actor.person_id,
        Recipient.organisation_id.in_(keys_of(who, "o:")),
        Recipient.group_id.in_(keys_of(who, "g:")),
        Recipient.process_id.in_(keys_of(who, "s:")),
    )
    addressed = select(Notice.id).where(
        in_state(NoticeState.OPEN),
        exists().where(Recipient.notice_id == Notice.id, mine).correlate(Notice),
        ~acknowledged.clause(Notice, actor.person_id, now),
    )
    at_home = exists().where(
        Membership.organisation_id == Notice.organisation_id,
        Membership.person_id == actor.person_id,
    )
    drafts = select(Notice.id).where(in_state(NoticeState.DRAFT), at_home)
    return union_all(addressed, drafts)


def _news(session: Session, actor: Actor, who: list[str], now: datetime) -> list[Any]:
    # The newest notices the person may see.
    keys = proposed(who, 3 * SHOWN).subquery()
    columns = (
        Notice.ref,
        _title(actor, now),
        Notice.tlp,
        Notice.state,
        Notice.published_at,
        Organisation.name.label("organisation"),
    )
    rows = session.execute(
        visible(NOTICES, actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.id.in_(select(keys.c.notice_id)))
        .order_by(Notice.published_at.desc(), Notice.id.desc())
        .limit(SHOWN)
    )
    return list(rows)


def _since(session: Session, actor: Actor, who: list[str], now: datetime) -> list[Any]:
    # What others did since the person's sign-in before this one was last seen, newest first.
    last_visit = (
        select(SignIn.seen_at)
        .where(SignIn.person_id == actor.person_id, SignIn.id != (actor.signin_id or 0))
        .order_by(SignIn.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    findable = exists().where(
        AudienceRow.notice_id == AuditEvent.matter_id, AudienceRow.principal.in_(who)
    )
    own_side = clause(NOTICES, READ_LEDGER, actor.person_id, now)
    shown = or_(
        AuditEvent.verb.in_(TOLD_TO_READERS), and_(AuditEvent.verb.in_(TOLD_TO_OWN_SIDE), own_side)
    )
    columns = (AuditEvent.verb, AuditEvent.at, Person.name.label("who"), Notice.ref)
    rows = session.execute(
        visible(NOTICES, actor, now, *columns, _title(actor, now))
        .join(AuditEvent, AuditEvent.matter_id == Notice.id)
        .join(Person, Person.id == AuditEvent.person_id)
        .where(AuditEvent.at > last_visit, AuditEvent.kind == NOTICES.name)
        .where(AuditEvent.verb.in_(TOLD_TO_READERS + TOLD_TO_OWN_SIDE), findable, shown)
        .where(AuditEvent.person_id != actor.person_id)
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(SHOWN)
    )
    return list(rows)


def _title(actor: Actor, now: datetime) -> Any:
    readable = clause(NOTICES, READ_TEXT, actor.person_id, now)
    return case((readable, Notice.title), else_="").label("title")
