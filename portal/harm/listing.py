"""Lists of harm, and all of it on one notice or process with the sums of what can be summed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import BindParameter, Select, String, bindparam, exists, or_, select, union
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.harm import Harm, HarmState
from models.notices import Notice
from models.processes import Process
from models.stakeholders import Organisation
from portal.access import Actor, Key, as_column, beside_read, predicate, readable
from portal.db import in_state
from portal.harm.amounts import Total, totals
from portal.harm.reading import said_by, whom
from portal.harm.text import amount_of
from portal.paging import PAGE, Page
from portal.parameters import KEY, ME, NOW, ready
from portal.recipients import (
    could_list,
    homes_of,
    notice_or_process,
    open_to_all,
)
from portal.related import DraftRow, Together, related
from portal.rules import (
    CITE_HARM,
    EXPORT,
    HARM,
    ORGANISATIONS,
    READ_TEXT,
    STATE_HARM,
)
from portal.tickets import own_ticket
from portal.walks import PARTY, QUIET_SINCE, Hits, Order, Sorts, common_values

BY_CHANGE: Final = Order("changed", latest_first=True)
CATEGORY: Final[BindParameter[str]] = bindparam("category", type_=String())
SECTOR: Final[BindParameter[str]] = bindparam("sector", type_=String())
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
MOST_BESIDE, MOST_TOGETHER = 500, 500


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; empty means everything."""

    category: str = ""
    sector: str = ""
    state: str = ""
    party: int = 0
    quiet: int = 0

    def values(self, actor: Actor, now: datetime) -> dict[str, Any]:
        """The values of the parameters."""
        common = common_values(actor.person_id, now, self.party, self.quiet)
        return common | {
            CATEGORY.key: self.category,
            SECTOR.key: self.sector,
            STATE.key: self.state,
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
    """A page of the rows that the person may read, drafts apart, as it is asked."""
    return LISTED.page(session, order or BY_CHANGE, narrowed.values(actor, now), after, hits)


def _rows() -> Select[Any]:
    columns = (
        Harm.id,
        Harm.ref,
        own_ticket(Harm.ref, ME),
        Harm.tlp,
        Harm.state,
        Harm.cited,
        Harm.title,
        Harm.category,
        Harm.country,
        Harm.sector,
        Harm.service,
        Harm.reached_as,
        Harm.intended,
        Harm.intended_by,
        Harm.from_on,
        Harm.until_on,
        Harm.flags,
        Harm.lower,
        Harm.best,
        Harm.upper,
        Harm.unit,
        Harm.currency,
        Harm.year,
        Harm.holds_others,
        Harm.said_on,
        Harm.source_title,
        Harm.source_url,
        Harm.verified,
        Harm.edition,
        Harm.changed_at,
        whom().label("who"),
        said_by().label("said_by"),
        Organisation.name.label("organisation"),
    )
    return (
        readable(HARM, *columns)
        .join(Organisation, Organisation.id == Harm.organisation_id)
        .where(Harm.id.in_(could_know(ME)), beside_read(HARM, READ_TEXT, ME, NOW))
    )


def could_know(who: Key) -> Any:
    """A cheap first look by the indexes, so that the policy is asked of few: it alone decides."""
    homes = homes_of(who)
    on_own = exists().where(
        Notice.id == Harm.notice_id,
        or_(Notice.organisation_id.in_(homes), Notice.author_id == who),
    )
    return union(
        select(Harm.id).where(Harm.organisation_id.in_(homes)),
        select(Harm.id).where(Harm.notice_id.is_not(None), on_own),
        *could_list(Harm, who),
        open_to_all(Harm),
    )


@dataclass(frozen=True)
class OnOne:
    """All harm on a notice or process that the person reads, with its sums.

    `capped` says that there is more than is shown, so that the sums leave some out.
    """

    on: Notice | Process
    title: str
    rows: Sequence[Any]
    totals: Sequence[Total]
    capped: bool


def together(
    session: Session,
    actor: Actor,
    ref: str,
    now: datetime,
    *,
    verb: str = READ_TEXT,
    process: Process | None = None,
) -> OnOne:
    """The harm about a notice or sent to a process; `verb` is EXPORT where it is taken along.

    `process` is that of the reference where the caller has authorized it. Raises NotFound for what
    is hidden.
    """
    on: Notice | Process
    if process is None:
        on, title = notice_or_process(session, actor, ref, now)
    else:
        on, title = process, process.cover_name
    question = (ON_NOTICE if isinstance(on, Notice) else IN_PROCESS)[verb]
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: on.id}
    found = session.execute(question, asked).all()
    rows = found[:MOST_TOGETHER]
    sums = totals((amount_of(row), row.holds_others) for row in rows)
    return OnOne(on, title, rows, sums, len(found) > MOST_TOGETHER)


def _sent_to_process() -> Any:
    listed_there = select(Recipient.harm_id).where(
        Recipient.process_id == KEY, ~Recipient.excepted, Recipient.harm_id.is_not(None)
    )
    return Harm.id.in_(listed_there)


def _all_on(where: Any) -> dict[str, Any]:
    def rows(verb: str) -> Any:
        taken = beside_read(HARM, verb, ME, NOW)
        found = _rows().where(in_state(Harm, HarmState.PUBLISHED), where, taken)
        return ready(found.order_by(Harm.from_on, Harm.id).limit(MOST_TOGETHER + 1))

    return {verb: rows(verb) for verb in (READ_TEXT, EXPORT)}


@dataclass(frozen=True)
class MayRow:
    """Whether the person may state harm of their own, and cite that of others."""

    may_state: bool
    may_cite: bool


@dataclass(frozen=True)
class Beside:
    """What stands beside the list: drafts, last changed first."""

    drafts: list[DraftRow]
    may_state: bool
    may_cite: bool


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    may_state, may_cite = (
        any(getattr(row, name) for row in rows[MayRow]) for name in ("may_state", "may_cite")
    )
    return Beside(rows[DraftRow][::-1], may_state, may_cite)


def _drafts() -> Any:
    return (
        readable(HARM, Harm.ref, Harm.title, Harm.tlp, Harm.changed_at)
        .where(in_state(Harm, HarmState.DRAFT), Harm.organisation_id.in_(homes_of(ME)))
        .order_by(Harm.changed_at.desc())
        .limit(PAGE)
    )


def _may() -> Any:
    def one(verb: str) -> Any:
        allowed = predicate(ORGANISATIONS, verb, ME, NOW)
        return as_column(readable(ORGANISATIONS, Organisation.id).where(allowed).exists())

    return select(one(STATE_HARM).label("may_state"), one(CITE_HARM).label("may_cite"))


LISTED: Final = Sorts(
    _rows().where(
        Harm.state != HarmState.DRAFT,
        or_(CATEGORY == "", Harm.category == CATEGORY),
        or_(SECTOR == "", Harm.sector == SECTOR),
        or_(STATE == "", Harm.state == STATE),
        or_(PARTY == 0, Harm.organisation_id == PARTY),
        Harm.changed_at <= QUIET_SINCE,
    ),
    {"changed": Harm.changed_at},
    Harm.id,
)
ON_NOTICE: Final = _all_on(Harm.notice_id == KEY)
IN_PROCESS: Final = _all_on(_sent_to_process())
BESIDE: Final = Together(
    (
        related(DraftRow, _drafts(), attrgetter("changed_at", "ref")),
        related(MayRow, _may(), attrgetter("may_state")),
    ),
    MOST_BESIDE,
).completed()
