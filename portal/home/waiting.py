"""What waits for this person, whoever holds the verb, the late first, whatever the noun."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import case, exists, or_, select, union_all
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.notices import Notice, NoticeState
from models.stakeholders import Membership, Organisation
from portal.access import Actor, clause, visible
from portal.addressing import keys_of
from portal.home.invited import invited
from portal.home.promised import promised
from portal.home.talked import talked
from portal.notices import in_state
from portal.relations import acknowledged
from portal.rules import ACKNOWLEDGE, NOTICES, PUBLISH

SHOWN: Final = 10
NO_DAY: Final = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """What one matter waits for: the verb, of whom or for whom, by when, or since when.

    `day_zone` is the zone of a day deadline; where it is empty `by_at` is an instant. `tie` is what
    an invitation leads to, and its title the role or the group.
    """

    kind: str
    verb: str
    ref: str
    tlp: str
    title: str
    organisation: str
    by_at: datetime | None
    since_at: datetime | None = None
    day_zone: str = ""
    tie: str = ""

    @property
    def place(self) -> tuple[datetime, datetime]:
        """Its place among the others: what has a day before what has none, early before late."""
        return self.by_at or NO_DAY, self.since_at or NO_DAY


def waiting(session: Session, actor: Actor, who: list[str], now: datetime) -> list[Waiting]:
    """All that waits for the person, in two queries; at most ten of each noun."""
    found = [
        Waiting(
            NOTICES.name,
            row.verb,
            row.ref,
            row.tlp,
            row.title,
            row.organisation,
            row.acknowledge_by_at,
        )
        for row in session.execute(_notices(actor, who, now))
    ]
    found += [Waiting(*row) for row in session.execute(_others(actor, keys_of(who, "o:"), now))]
    return sorted(found, key=lambda row: row.place)


def _others(actor: Actor, mine: list[int], now: datetime) -> Any:
    # One question for all, since a page asks few.
    parts = (
        question.limit(SHOWN).subquery()
        for question in (
            promised(actor, mine, now),
            *talked(actor, mine, now),
            invited(actor, now),
        )
    )
    return union_all(*(select(*part.c) for part in parts))


def _notices(actor: Actor, who: list[str], now: datetime) -> Any:
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
    return (
        visible(NOTICES, actor, now, *columns)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(Notice.id.in_(_could_wait(actor, who, now)), or_(to_acknowledge, to_publish))
        .order_by(Notice.acknowledge_by_at.is_(None), Notice.acknowledge_by_at, Notice.id)
        .limit(SHOWN)
    )


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
