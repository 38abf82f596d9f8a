"""The ladders of notices: an acknowledgement that is missing, a draft that is forgotten."""

from typing import Final

from sqlalchemy import and_, exists, or_, select

from models.audience import Recipient
from models.notices import Edition, Notice, NoticeState
from models.stakeholders import Membership, Person
from portal.ladders import DAY, Ladder, Rung, after, seconds
from portal.notices.listing import in_state
from portal.rules import ACKNOWLEDGE, NOTICES, PUBLISH

# A cheap first look at a person beside a notice: by name or organisation, or perhaps by a group or
# process of the list. The policy alone says who is asked.
HOMES: Final = select(Membership.organisation_id).where(Membership.person_id == Person.id)
PERHAPS_LISTED: Final = exists().where(
    Recipient.notice_id == Notice.id,
    or_(
        Recipient.person_id == Person.id,
        Recipient.organisation_id.in_(HOMES.correlate(Person)),
        Recipient.group_id.is_not(None),
        Recipient.process_id.is_not(None),
    ),
)

LADDERS: Final = (
    Ladder(
        NOTICES,
        ACKNOWLEDGE,
        Notice.acknowledge_by_at,
        Notice.edition,
        (
            Rung("soon", -DAY, "acknowledge-soon"),
            *after("acknowledge-late", 0, 1, 3, 7, 14, 21, 28),
        ),
        rows=(Edition, and_(Edition.notice_id == Notice.id, Edition.number == Notice.edition)),
        only=(PERHAPS_LISTED,),
        first=(in_state(NoticeState.OPEN), Notice.acknowledge_by_at.is_not(None)),
        notified_at=Edition.at,
        passed_on=True,
    ),
    Ladder(
        NOTICES,
        PUBLISH,
        Notice.changed_at,
        seconds(Notice.changed_at),
        (
            Rung("waits-7", 7 * DAY, "draft-forgotten"),
            Rung("waits-21", 21 * DAY, "draft-forgotten"),
        ),
        first=(in_state(NoticeState.DRAFT),),
    ),
)
