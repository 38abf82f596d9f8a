"""Lists of harm: what the person may read, narrowed and in an order, and what stands beside it."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import BindParameter, Select, String, bindparam, or_, select
from sqlalchemy.orm import Session

from models.harm import Harm, HarmState
from models.stakeholders import Organisation
from portal.access import Actor, Key, as_column, beside_read, predicate, readable
from portal.harm.reading import said_by, whom
from portal.paging import Page
from portal.parameters import ME, NOW, ready
from portal.recipients import (
    could_know_on_notice,
    drafts_of_own,
)
from portal.related import DraftRow, Together, related
from portal.rules import (
    CITE_HARM,
    HARM,
    ORGANISATIONS,
    READ_TEXT,
    STATE_HARM,
)
from portal.sorts import Sorts
from portal.tickets import own_ticket
from portal.walks import PARTY, QUIET_SINCE, Hits, Order, common_values

BY_CHANGE: Final = Order("changed", latest_first=True)
CATEGORY: Final[BindParameter[str]] = bindparam("category", type_=String())
SECTOR: Final[BindParameter[str]] = bindparam("sector", type_=String())
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
MOST_BESIDE: Final = 500


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


def rows_of_harm() -> Select[Any]:
    """The rows of lists: harm that the person may read, its text included."""
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
    return could_know_on_notice(Harm, who)


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


def may_enter(session: Session, actor: Actor, now: datetime) -> MayRow:
    """Whether the person may state harm of their own, and cite that of others."""
    row = session.execute(MAY, {ME.key: actor.person_id, NOW.key: now}).one()
    return MayRow(row.may_state, row.may_cite)


def _may() -> Any:
    def one(verb: str) -> Any:
        allowed = predicate(ORGANISATIONS, verb, ME, NOW)
        return as_column(readable(ORGANISATIONS, Organisation.id).where(allowed).exists())

    return select(one(STATE_HARM).label("may_state"), one(CITE_HARM).label("may_cite"))


LISTED: Final = Sorts(
    rows_of_harm().where(
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
MAY: Final = ready(_may())
DRAFTS: Final = drafts_of_own(HARM, HarmState.DRAFT)
BESIDE: Final = Together(
    (
        DRAFTS,
        related(MayRow, _may(), attrgetter("may_state")),
    ),
    MOST_BESIDE,
).completed()
