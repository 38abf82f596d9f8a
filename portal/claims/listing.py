"""Lists of claims, by change or by day; the policy is asked of all that a person could know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Select, String, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.claims import Claim, ClaimState
from models.stakeholders import Organisation
from portal.access import Actor, Key, beside_read, readable
from portal.claims.reading import MayPostRow, claimant, may_post_question, may_post_row
from portal.paging import Page
from portal.parameters import ME, NOW, ready
from portal.recipients import could_know_on_notice, drafts_of_own, homes_of
from portal.related import DraftRow, Together
from portal.rules import CLAIMS, READ_TEXT
from portal.sorts import Sorts
from portal.tickets import own_ticket
from portal.walks import PARTY, QUIET_SINCE, Hits, Order, common_values

BY_CHANGE: Final = Order("changed", latest_first=True)
FORM: Final[BindParameter[str]] = bindparam("form", type_=String())
STANCE: Final[BindParameter[str]] = bindparam("stance", type_=String())
STATE: Final[BindParameter[str]] = bindparam("in_state", type_=String())
MOST_BESIDE: Final = 500


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to. There is no filter by the actor whom claims name."""

    form: str = ""
    stance: str = ""
    state: str = ""
    party: int = 0
    quiet: int = 0

    def values(self, actor: Actor, now: datetime) -> dict[str, Any]:
        """The values of the parameters."""
        common = common_values(actor.person_id, now, self.party, self.quiet)
        return common | {FORM.key: self.form, STANCE.key: self.stance, STATE.key: self.state}


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
    """A page of the claims that the person may read, drafts apart, as it is asked."""
    return LISTED.page(session, order or BY_CHANGE, narrowed.values(actor, now), after, hits)


def rows_of_claims() -> Select[Any]:
    """The rows of lists: claims that the person may read, their text included."""
    named = aliased(Organisation)
    columns = (
        Claim.id,
        Claim.ref,
        own_ticket(Claim.ref, ME),
        Claim.tlp,
        Claim.state,
        Claim.title,
        Claim.stance,
        Claim.form,
        Claim.said_on,
        Claim.about_sort,
        Claim.verified,
        Claim.scale,
        Claim.confidence,
        Claim.changed_at,
        Claim.source_title,
        Claim.source_publisher,
        Claim.source_on,
        Claim.source_url,
        Claim.answers_id,
        Claim.edition,
        claimant().label("claimant"),
        func.coalesce(named.name, Claim.about).label("named"),
        Organisation.name.label("organisation"),
    )
    return (
        readable(CLAIMS, *columns)
        .join(Organisation, Organisation.id == Claim.organisation_id)
        .outerjoin(named, named.id == Claim.about_id)
        .where(Claim.id.in_(could_know(ME)), beside_read(CLAIMS, READ_TEXT, ME, NOW))
    )


def could_know(who: Key) -> Any:
    """A cheap first look by the indexes, so that the policy is asked of few: it alone decides."""
    return could_know_on_notice(
        Claim, who, select(Claim.id).where(Claim.about_id.in_(homes_of(who)))
    )


@dataclass(frozen=True)
class Beside:
    """What stands beside the list: drafts, last changed first."""

    drafts: list[DraftRow]
    may_post: bool


def beside(session: Session, actor: Actor, now: datetime) -> Beside:
    """What stands beside the list, in one query."""
    rows = BESIDE.load(session, {ME.key: actor.person_id, NOW.key: now})
    posts = any(row.may_post for row in rows[MayPostRow])
    return Beside(rows[DraftRow][::-1], posts)


def may_post(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether there is an organisation for which the person may post a claim."""
    return bool(session.execute(MAY_POST, {ME.key: actor.person_id, NOW.key: now}).scalar_one())


LISTED: Final = Sorts(
    rows_of_claims().where(
        Claim.state != ClaimState.DRAFT,
        or_(FORM == "", Claim.form == FORM),
        or_(STANCE == "", Claim.stance == STANCE),
        or_(STATE == "", Claim.state == STATE),
        or_(PARTY == 0, Claim.organisation_id == PARTY),
        Claim.changed_at <= QUIET_SINCE,
    ),
    {"changed": Claim.changed_at, "said": Claim.said_at},
    Claim.id,
)
MAY_POST: Final = ready(may_post_question())
DRAFTS: Final = drafts_of_own(CLAIMS, ClaimState.DRAFT)
BESIDE: Final = Together((DRAFTS, may_post_row()), MOST_BESIDE).completed()
