"""The ladders of notices: an acknowledgement that is missing, a draft that is forgotten."""

from typing import Final

from sqlalchemy import and_

from models.notices import Edition, Notice
from portal.ladders import DAY, Ladder, Rung, after
from portal.rules import ACKNOWLEDGE, NOTICES, PUBLISH

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
        notified_at=Edition.at,
    ),
    Ladder(
        NOTICES,
        PUBLISH,
        Notice.changed_at,
        Notice.version,
        (
            Rung("waits-7", 7 * DAY, "draft-forgotten"),
            Rung("waits-21", 21 * DAY, "draft-forgotten"),
        ),
    ),
)
