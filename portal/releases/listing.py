"""The list of releases inside: what a person may read, drafts apart."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import BindParameter, Select, String, bindparam, or_, select, union
from sqlalchemy.orm import Session

from models.dialogues import Attendee
from models.records import Record
from models.releases import Release, ReleaseParty, ReleaseState
from models.stakeholders import Organisation
from portal.access import Actor, Key, as_column, beside_read, predicate, readable
from portal.paging import Page
from portal.parameters import ME, NOW
from portal.recipients import drafts_of_own, homes_of
from portal.related import DraftRow, Together, related
from portal.rules import DRAFT_RELEASE, ORGANISATIONS, READ_TEXT, RELEASES
from portal.sorts import Sorts
from portal.tickets import own_ticket
from portal.walks import PARTY, QUIET_SINCE, Hits, Order, common_values

BY_CHANGE: Final = Order("changed", latest_first=True)
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
MOST_BESIDE: Final = 500


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty means everything."""

    state: str = ""
    party: int = 0
    quiet: int = 0


def listed(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    narrowed: Filter,
    after: str = "",
    order: Order | None = None,
    hits: Hits | None = None,
) -> Page:
    """A page of the releases that the person may read, drafts apart, as it is asked."""
    values = common_values(actor.person_id, now, narrowed.party, narrowed.quiet)
    values |= {STATE.key: narrowed.state}
    return LISTED.page(session, order or BY_CHANGE, values, after, hits)


def could_know(who: Key) -> Any:
    """A cheap first look by the indexes, so that the policy is asked of few: it alone decides."""
    homes = homes_of(who)
    theirs = or_(ReleaseParty.person_id == who, ReleaseParty.organisation_id.in_(homes))
    minutes = (
        select(Release.id)
        .join(Record, Record.id == Release.record_id)
        .join(Attendee, Attendee.dialogue_id == Record.dialogue_id)
        .where(Attendee.person_id == who)
    )
    return union(
        select(Release.id).where(Release.organisation_id.in_(homes)),
        select(ReleaseParty.release_id).where(theirs),
        minutes,
        select(Release.id).where(Release.published_at.is_not(None)),
    )


def _rows() -> Select[Any]:
    columns = (
        Release.id,
        Release.ref,
        own_ticket(Release.ref, ME),
        Release.tlp,
        Release.state,
        Release.edition,
        Release.changed_at,
        Release.published_at,
        Organisation.name.label("organisation"),
        Release.title,
    )
    return (
        readable(RELEASES, *columns)
        .join(Organisation, Organisation.id == Release.organisation_id)
        .where(Release.id.in_(could_know(ME)), beside_read(RELEASES, READ_TEXT, ME, NOW))
    )


@dataclass(frozen=True)
class MayDraftRow:
    """Whether there is an organisation for which the person may begin a joint statement."""

    may_draft: bool


@dataclass(frozen=True)
class Beside:
    """What stands beside the list: drafts, last changed first."""

    drafts: list[DraftRow]
    may_draft: bool


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    may_draft = any(row.may_draft for row in rows[MayDraftRow])
    return Beside(rows[DraftRow][::-1], may_draft)


def _may_draft() -> Any:
    drafts = predicate(ORGANISATIONS, DRAFT_RELEASE, ME, NOW)
    one = readable(ORGANISATIONS, Organisation.id).where(drafts).exists()
    return select(as_column(one).label("may_draft"))


LISTED: Final = Sorts(
    _rows().where(
        Release.state != ReleaseState.DRAFT,
        or_(STATE == "", Release.state == STATE),
        or_(PARTY == 0, Release.organisation_id == PARTY),
        Release.changed_at <= QUIET_SINCE,
    ),
    {"changed": Release.changed_at},
    Release.id,
)
DRAFTS: Final = drafts_of_own(RELEASES, ReleaseState.DRAFT, Release.id.in_(could_know(ME)))
BESIDE: Final = Together(
    (
        DRAFTS,
        related(MayDraftRow, _may_draft(), attrgetter("may_draft")),
    ),
    MOST_BESIDE,
).completed()
