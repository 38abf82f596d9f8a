"""The commitments that wait for a person: an answer, a report, a finding, a draft to finish."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, case, func, literal, or_, select, union_all

from models.base import Moment
from models.commitments import Amendment, Commitment, CommitmentState, Milestone, Proposal
from models.stakeholders import Organisation
from portal.access import Actor, answer, clause, visible
from portal.commitments import in_state
from portal.rules import (
    ACCEPT,
    COMMITMENTS,
    CONSENT,
    FIND,
    PROPOSE,
    READ_TEXT,
    RELEASE,
    REPORT,
)

SOON: Final = timedelta(days=14)
LOOKED: Final = 50  # of each thing that could wait, before the law is asked: five pages of ten
NO_TIME: Final = literal(None, Moment())
VERBS: Final = (ACCEPT, CONSENT, RELEASE, REPORT, FIND, PROPOSE)


def promised(actor: Actor, mine: list[int], now: datetime) -> Any:
    """What of commitments waits for the person, whose organisations are `mine`: late ones first.

    verb, ref, tlp, title (of what she may read), organisation (of whom or for whom), by_at,
    since_at. Of each thing that could wait the law is asked whether it is this person's to do.
    """
    arms = (_proposals(mine), _asked(mine), _reports(mine, now), _findings(mine), _drafts(mine))
    could = union_all(*(_first(arm) for arm in arms)).subquery()
    me = actor.person_id
    title = case((clause(COMMITMENTS, READ_TEXT, me, now), Commitment.title), else_="")
    hers = (and_(could.c.verb == verb, clause(COMMITMENTS, verb, me, now)) for verb in VERBS)
    columns = (
        literal(COMMITMENTS.name).label("kind"),
        could.c.verb,
        Commitment.ref,
        Commitment.tlp,
        title.label("title"),
        Organisation.name.label("organisation"),
        could.c.by_at,
        could.c.since_at,
        Commitment.zone.label("day_zone"),
        literal("").label("tie"),
    )
    return (
        visible(COMMITMENTS, actor, now, *columns)
        .join(could, could.c.id == Commitment.id)
        .join(Organisation, Organisation.id == could.c.other_id)
        .where(or_(*hers))
        .order_by(
            could.c.by_at.is_(None), could.c.by_at, could.c.since_at.is_(None), could.c.since_at
        )
        .order_by(Commitment.id)
    )


def _could(verb: Any, other: Any, by_at: Any = NO_TIME, since_at: Any = NO_TIME) -> Any:
    return select(
        Commitment.id.label("id"),
        verb.label("verb"),
        other.label("other_id"),
        by_at.label("by_at"),
        since_at.label("since_at"),
    )


def _first(arm: Any) -> Any:
    nearest = arm.order_by("by_at", "since_at", "id").limit(LOOKED).subquery()
    return select(*nearest.c)


def _proposals(mine: list[int]) -> Any:
    ours_is_asked = Commitment.asked_id == Commitment.organisation_id
    other = case((ours_is_asked, Commitment.addressee_id), else_=Commitment.organisation_id)
    return _could(literal(ACCEPT), other, Commitment.answer_by_at).where(
        in_state(CommitmentState.PROPOSED), Commitment.asked_id.in_(mine)
    )


def _asked(mine: list[int]) -> Any:
    # As sums, here and below, so that SQLite starts from the few that wait and not from all that
    # was ever promised.
    sides = (Commitment.organisation_id + 0, Commitment.addressee_id + 0)
    verb = case((Amendment.sort == Proposal.TERMS, CONSENT), else_=RELEASE)
    return (
        _could(verb, Amendment.organisation_id, since_at=Amendment.at)
        .join(Amendment, Amendment.commitment_id == Commitment.id)
        .where(
            Amendment.answered_at.is_(None),
            or_(*(side.in_(mine) for side in sides)),
        )
    )


def _reports(mine: list[int], now: datetime) -> Any:
    whose = Commitment.organisation_id.in_(mine)
    soon = Milestone.due_at <= now + SOON
    days = _days(whose, Milestone.due_at, Milestone.reported_at.is_(None), soon)
    found = _could(literal(REPORT), Commitment.addressee_id, days.c.at)
    return found.join(days, days.c.id == Commitment.id)


def _findings(mine: list[int]) -> Any:
    theirs = and_(Commitment.verifier_id.is_(None), Commitment.addressee_id.in_(mine))
    whose = or_(Commitment.verifier_id.in_(mine), theirs)
    days = _days(whose, Milestone.reported_at, Milestone.reported_at.is_not(None))
    found = _could(literal(FIND), Commitment.organisation_id, since_at=days.c.at)
    return found.join(days, days.c.id == Commitment.id)


def _days(whose: Any, at: Any, *waits: Any) -> Any:
    # Each commitment is looked at from a due day that waits, never the other way round: those are
    # few, whatever an organisation has promised.
    fits = (
        select(answer(and_(in_state(CommitmentState.IN_FORCE), whose)))
        .where(Commitment.id == Milestone.commitment_id)
        .correlate(Milestone)
        .scalar_subquery()
    )
    first = (
        select(Milestone.commitment_id.label("id"), at.label("at"))
        .where(Milestone.met_at.is_(None), Milestone.awaited, *waits, fits)
        .order_by(at, Milestone.id)
        .limit(LOOKED)
        .subquery()
    )
    return select(first.c.id, func.min(first.c.at).label("at")).group_by(first.c.id).subquery()


def _drafts(mine: list[int]) -> Any:
    return _could(literal(PROPOSE), Commitment.addressee_id).where(
        in_state(CommitmentState.DRAFT), (Commitment.organisation_id + 0).in_(mine)
    )
