"""What a list of notices is narrowed to, and in which orders it can be: parameters of its walks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Integer, String, and_, bindparam, or_, select

from models.audience import AudienceRow
from models.base import Moment
from models.notices import Notice, NoticeState, Receipt
from portal.parameters import ME
from portal.walks import FOREVER, Named, Order, Walks

NEWEST: Final = Order("published", latest_first=True)
TLP: Final[BindParameter[str]] = bindparam("tlp", type_=String())
NOTICE_KIND: Final[BindParameter[str]] = bindparam("notice_kind", type_=String())
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
SEVERITY: Final[BindParameter[str]] = bindparam("severity", type_=String())
COURSE: Final[BindParameter[str]] = bindparam("course", type_=String())
PARTY: Final[BindParameter[int]] = bindparam("party", type_=Integer())
UNANSWERED: Final[BindParameter[int]] = bindparam("unanswered", type_=Integer())
QUIET_SINCE: Final[BindParameter[datetime]] = bindparam("quiet_since", type_=Moment())


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty means everything.

    `party` is the key of the organisation that posted it, 0 for any. With `unanswered` it is open
    and the person has not acknowledged it, though asked to. `quiet` is for how many days it has
    been open and unchanged.
    """

    tlp: str = ""
    kind: str = ""
    state: str = ""
    severity: str = ""
    course: str = ""
    party: int = 0
    unanswered: bool = False
    quiet: int = 0

    def values(self, now: datetime) -> dict[str, Any]:
        """The values of the parameters."""
        return {
            TLP.key: self.tlp,
            NOTICE_KIND.key: self.kind,
            STATE.key: self.state,
            SEVERITY.key: self.severity,
            COURSE.key: self.course,
            PARTY.key: self.party,
            UNANSWERED.key: int(self.unanswered),
            QUIET_SINCE.key: now - timedelta(days=self.quiet) if self.quiet else FOREVER,
        }


EVERYTHING: Final = Filter()


def _fits() -> ColumnElement[bool]:
    mine = select(Receipt.person_id).where(
        Receipt.notice_id == Notice.id,
        Receipt.person_id == ME,
        Receipt.edition == Notice.edition,
    )
    waits = and_(Notice.state == NoticeState.OPEN, ~mine.correlate(Notice).exists())
    quiet = Notice.changed_at <= QUIET_SINCE
    return and_(
        *(or_(asked == "", column == asked) for asked, column in _named()),
        or_(PARTY == 0, Notice.organisation_id == PARTY),
        or_(UNANSWERED == 0, waits),
        or_(QUIET_SINCE == FOREVER, and_(Notice.state == NoticeState.OPEN, quiet)),
    )


def _named() -> tuple[tuple[Any, Any], ...]:
    return (
        (TLP, Notice.tlp),
        (NOTICE_KIND, Notice.kind),
        (STATE, Notice.state),
        (SEVERITY, Notice.severity),
        (COURSE, Notice.course),
    )


OF_PARTY: Final = Notice.organisation_id == PARTY
WALKS: Final = Walks(
    principal=AudienceRow.principal,
    key=AudienceRow.notice_id,
    orders={
        "published": AudienceRow.published_at,
        "changed": AudienceRow.changed_at,
        "acknowledge": AudienceRow.acknowledge_by_at,
    },
    always=(),
    # What was published since was changed since.
    within={
        "changed": (AudienceRow.changed_at <= QUIET_SINCE,),
        "published": (AudienceRow.published_at <= QUIET_SINCE,),
    },
    fits=_fits(),
    of=Notice.id,
    named=Named(select(Notice.id.label("key")).where(OF_PARTY, PARTY != 0), PARTY != 0),
)
