"""The records that a person may read: what waits for adoption first, then newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Select,
    String,
    bindparam,
    case,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session

from models.audience import NO_DAY
from models.base import Moment
from models.dialogues import Attendee, Delegation
from models.records import Record, RecordState
from models.stakeholders import Organisation
from portal.access import Actor, Key, as_column, beside_read, predicate, readable
from portal.db import in_state
from portal.paging import NewestFirst, Page
from portal.parameters import ME, NOW, at_most, ready
from portal.policy_sql import SOME
from portal.recipients.proposals import could_list, homes_of, open_to_all
from portal.rules import DIALOGUES, READ_TEXT, RECORDS
from portal.sorts import Sorts
from portal.tickets import own_ticket
from portal.walks import PARTY, QUIET_SINCE, Hits, Order, common_values

BY_CHANGE: Final = Order("changed", latest_first=True)
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
MOST_WAITING: Final = 100
TALK = SOME[DIALOGUES.name]


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to: a state, the organisers' body (key), days without a change."""

    state: str = ""
    party: int = 0
    quiet: int = 0

    def values(self, actor: Actor, now: datetime) -> dict[str, Any]:
        """The values of the parameters."""
        common = common_values(actor.person_id, now, self.party, self.quiet)
        return common | {STATE.key: self.state}


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
    """A page of all minutes that the person may read, newest first or as it is asked."""
    return LISTED.page(session, order or BY_CHANGE, narrowed.values(actor, now), after, hits)


def waiting(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """What was sent round and waits for adoption, by the end of its silence."""
    return list(session.execute(WAITING, {ME.key: actor.person_id, NOW.key: now}))


def latest(session: Session, actor: Actor, now: datetime, after: str = "") -> Page:
    """Drafts and adopted records, newest first, page by page; `after` is a mark of a page."""
    return LATEST.page(session, {ME.key: actor.person_id, NOW.key: now}, after)


def shown() -> Select[*tuple[Any, ...]]:
    """What a row of minutes shows, of all that the person may see."""
    knows = predicate(DIALOGUES, READ_TEXT, ME, NOW, some=True)
    columns = (
        Record.id,
        Record.ref,
        own_ticket(Record.ref, ME),
        Record.title,
        Record.state,
        Record.tlp,
        Record.source_id.is_not(None).label("redacted"),
        Record.silence_until_at,
        TALK.zone.label("zone"),
        Record.adopted_at,
        Record.changed_at,
        Organisation.name.label("body"),
        TALK.ref.label("dialogue_ref"),
        TALK.starts_at.label("starts_at"),
        as_column(knows).label("knows_dialogue"),
    )
    return (
        readable(RECORDS, *columns)
        .join(Organisation, Organisation.id == Record.organisation_id)
        .join(TALK, TALK.id == Record.dialogue_id)
        .where(
            Record.id.in_(could_know(ME)),
            beside_read(RECORDS, READ_TEXT, ME, NOW),
        )
    )


def could_know(who: Key) -> Any:
    """A cheap first look by the indexes, so that the policy is asked of few: it alone decides."""
    homes = homes_of(who)
    talks = union(
        select(Attendee.dialogue_id).where(Attendee.person_id == who),
        select(Delegation.dialogue_id).where(
            or_(Delegation.organisation_id.in_(homes), Delegation.contact_id == who)
        ),
    )
    return union(
        select(Record.id).where(Record.dialogue_id.in_(talks)),
        *could_list(Record, who),
        open_to_all(Record),
    )


LISTED: Final = Sorts(
    shown().where(
        or_(STATE == "", Record.state == STATE),
        or_(PARTY == 0, Record.organisation_id == PARTY),
        Record.changed_at <= QUIET_SINCE,
    ),
    {
        "changed": Record.changed_at,
        # What is in no silence procedure comes after all that is.
        "silence": case(
            (in_state(Record, RecordState.CIRCULATED), Record.silence_until_at),
            else_=literal(NO_DAY, Moment()),
        ),
    },
    Record.id,
)
WAITING: Final = ready(
    shown()
    .where(in_state(Record, RecordState.CIRCULATED))
    .order_by(Record.silence_until_at, Record.id)
    .limit(at_most(MOST_WAITING))
)
LATEST: Final = NewestFirst(
    shown().where(Record.state != RecordState.CIRCULATED), Record.changed_at, Record.id
)
