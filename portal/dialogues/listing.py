"""The dialogues that a person knows of: those ahead by their time, those behind newest first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session

from models.audience import NO_DAY
from models.base import Moment
from models.dialogues import Attendee, Delegation, Dialogue, DialogueState
from models.processes import Process
from models.records import Record
from models.stakeholders import Membership, Organisation
from portal.access import Actor, Key, beside_read, readable
from portal.db import in_state
from portal.paging import NewestFirst, Page
from portal.parameters import ME, NOTHING, NOW, at_most, ready
from portal.recipients.proposals import open_to_all
from portal.rules import PROCESSES, READ_TEXT
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import DRAFT_RECORD, SUGGEST_ITEM
from portal.sorts import Sorts
from portal.tickets import own_ticket
from portal.walks import FOREVER, Hits, Order

BY_DATE: Final = Order("date", latest_first=True)
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
PARTY: Final[BindParameter[int]] = bindparam("party", type_=Integer())
PROCESS: Final[BindParameter[int]] = bindparam("part_of", type_=Integer())
UNANSWERED: Final[BindParameter[int]] = bindparam("unanswered", type_=Integer())
QUIET_SINCE: Final[BindParameter[datetime]] = bindparam("quiet_since", type_=Moment())
AHEAD: Final = (DialogueState.DRAFT, DialogueState.POLLING, DialogueState.CONVENED)


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty means everything.

    `party` is the key of the body that convenes it, `process` that of a process; with `unanswered`
    the person is invited and has not responded; `quiet` is for how many days nothing changed.
    """

    state: str = ""
    party: int = 0
    process: int = 0
    unanswered: bool = False
    quiet: int = 0

    def values(self, actor: Actor, now: datetime) -> dict[str, Any]:
        """The values of the parameters."""
        return {
            ME.key: actor.person_id,
            NOW.key: now,
            STATE.key: self.state,
            PARTY.key: self.party,
            PROCESS.key: self.process,
            UNANSWERED.key: int(self.unanswered),
            QUIET_SINCE.key: now - timedelta(days=self.quiet) if self.quiet else FOREVER,
        }


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
    """A page of all that the person knows of, ahead or over, the latest date first or as asked."""
    return LISTED.page(session, order or BY_DATE, narrowed.values(actor, now), after, hits)


def ahead(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """What is still to come, by its time; what has no time yet comes last. At most 100."""
    return list(session.execute(AHEAD_ROWS, {ME.key: actor.person_id, NOW.key: now}))


def open_to_suggestions(session: Session, actor: Actor, now: datetime) -> list[Any]:
    """Those on whose agenda the person may suggest an item; by their time, at most 100."""
    return list(session.execute(OPEN_ROWS, {ME.key: actor.person_id, NOW.key: now}))


def behind(session: Session, actor: Actor, now: datetime, after: str = "") -> Page:
    """What is over, newest first, page by page; `after` is the mark of a page before."""
    return BEHIND_ROWS.page(session, {ME.key: actor.person_id, NOW.key: now}, after)


def without_minutes(session: Session, actor: Actor, now: datetime, after: str = "") -> Page:
    """What was held and has no minutes yet, of all whose minutes the person may begin.

    The latest comes first, page by page; `after` is the mark of a page before.
    """
    return WITHOUT_MINUTES.page(session, {ME.key: actor.person_id, NOW.key: now}, after)


def shown() -> Select[*tuple[Any, ...]]:
    """What a row of dialogues shows, of all that the person may see."""
    columns = (
        Dialogue.id,
        Dialogue.ref,
        own_ticket(Dialogue.ref, ME),
        Dialogue.title,
        Dialogue.state,
        Dialogue.tlp,
        Dialogue.rule,
        Dialogue.starts_at,
        Dialogue.ends_at,
        Dialogue.poll_until_at,
        Dialogue.zone,
        Dialogue.changed_at,
        Dialogue.process_id,
        Organisation.name.label("body"),
        func.coalesce(Attendee.answer, NOTHING).label("answer"),
    )
    return (
        readable(DIALOGUES, *columns)
        .join(Organisation, Organisation.id == Dialogue.organisation_id)
        .outerjoin(
            Attendee,
            and_(Attendee.dialogue_id == Dialogue.id, Attendee.person_id == ME),
        )
        .where(
            Dialogue.id.in_(could_know(ME)),
            beside_read(DIALOGUES, READ_TEXT, ME, NOW),
        )
    )


def could_know(who: Key) -> Any:
    """A cheap first look by the indexes, so that the policy is asked of few: it alone decides."""
    homes = select(Membership.organisation_id).where(Membership.person_id == who)
    return union(
        select(Attendee.dialogue_id).where(Attendee.person_id == who),
        select(Delegation.dialogue_id).where(
            or_(Delegation.organisation_id.in_(homes), Delegation.contact_id == who)
        ),
        open_to_all(Dialogue),
    )


def _ahead() -> Select[*tuple[Any, ...]]:
    soon = case((Dialogue.starts_at.is_(None), 1), else_=0)
    return (
        shown()
        .where(Dialogue.state.in_(AHEAD))
        .order_by(soon, Dialogue.starts_at, Dialogue.changed_at.desc(), Dialogue.id)
        .limit(at_most(100))
    )


def _without_minutes() -> Select[*tuple[Any, ...]]:
    # The verb is of held dialogues alone; that is said again for the index over them.
    minutes = exists().where(Record.dialogue_id == Dialogue.id, Record.source_id.is_(None))
    return shown().where(
        in_state(Dialogue, DialogueState.HELD),
        beside_read(DIALOGUES, DRAFT_RECORD, ME, NOW),
        ~minutes,
    )


def _fits() -> Any:
    asked = and_(Dialogue.state == DialogueState.CONVENED, Attendee.answer == "")
    known = readable(PROCESSES, Process.id).where(Process.id == PROCESS)
    return and_(
        or_(STATE == "", Dialogue.state == STATE),
        or_(PARTY == 0, Dialogue.organisation_id == PARTY),
        or_(PROCESS == 0, and_(Dialogue.process_id == PROCESS, known.exists())),
        or_(UNANSWERED == 0, asked),
        Dialogue.changed_at <= QUIET_SINCE,
    )


LISTED: Final = Sorts(
    shown().where(_fits()),
    {
        # What has no date yet comes after all that has one.
        "date": func.coalesce(Dialogue.starts_at, literal(NO_DAY, Moment())),
        "changed": Dialogue.changed_at,
    },
    Dialogue.id,
)
AHEAD_ROWS: Final = ready(_ahead())
OPEN_ROWS: Final = ready(_ahead().where(beside_read(DIALOGUES, SUGGEST_ITEM, ME, NOW)))
BEHIND_ROWS: Final = NewestFirst(
    shown().where(Dialogue.state.not_in(AHEAD)), Dialogue.changed_at, Dialogue.id
)
WITHOUT_MINUTES: Final = NewestFirst(_without_minutes(), Dialogue.ends_at, Dialogue.id)
