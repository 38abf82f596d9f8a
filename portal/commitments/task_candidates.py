"""Which commitments could wait for a person: cheap candidates, of which the policy decides.

Each starts from an index of the few that wait, whatever was ever promised.
"""

from typing import Any, Final

from sqlalchemy import and_, case, exists, func, or_, select, union_all

from models.audience import CommitmentAudienceRow
from models.commitments import (
    Amendment,
    Commitment,
    CommitmentState,
    Evidence,
    Milestone,
    Proposal,
)
from models.follows import Follow
from portal.access import as_column
from portal.among import among
from portal.commitments.timing import in_state
from portal.ladders import last_reminder
from portal.parameters import HOMES, LATELY, ME, NOW, PRINCIPALS, SEATS, SOON, at_most
from portal.rules import COMMITMENTS
from portal.tasks import LOOKED_AT, NO_TIME, Could, Key, Time, could_wait, nearest

# Of what waits for others nearly all is the reader's to remind: few need be asked of the policy.
FEW: Final = 12


def _could_wait(
    other: Key, by_at: Time = NO_TIME, since_at: Time = NO_TIME, reminded_at: Time = NO_TIME
) -> Could:
    times = {"by_at": by_at, "since_at": since_at, "reminded_at": reminded_at}
    return could_wait(Commitment.id, other, day_zone=Commitment.zone, **times)


def proposals() -> Could:
    """Proposals to which one of our organisations is asked to respond."""
    ours_is_asked = Commitment.asked_id == Commitment.organisation_id
    other = case((ours_is_asked, Commitment.addressee_id), else_=Commitment.organisation_id)
    return nearest(
        _could_wait(other, by_at=Commitment.answer_by_at).where(
            in_state(CommitmentState.PROPOSED), among(Commitment.asked_id, HOMES)
        )
    )


def terms() -> Could:
    """Amendments that the other party asks for."""
    return _asked(Amendment.type == Proposal.TERMS)


def releases() -> Could:
    """Releases that the other party asks for."""
    return _asked(Amendment.type != Proposal.TERMS)


def _asked(for_what: Any) -> Could:
    # As sums, here and below, so that SQLite starts from the few that wait and not from all that
    # was ever promised.
    sides = (Commitment.organisation_id + 0, Commitment.addressee_id + 0)
    return nearest(
        _could_wait(Amendment.organisation_id, since_at=Amendment.at)
        .join(Amendment, Amendment.commitment_id == Commitment.id)
        .where(
            Amendment.answered_at.is_(None),
            for_what,
            or_(*(among(side, HOMES) for side in sides)),
        )
    )


def reports() -> Could:
    """Our own whose report is due within 14 days, or overdue."""
    # From one's own that are due next: what is late in the whole portal can be much more.
    first = func.min(Milestone.due_at).label("at")
    days = (
        select(Milestone.commitment_id.label("id"), first)
        .join(Commitment, Commitment.id == Milestone.commitment_id)
        .where(
            in_state(CommitmentState.IN_FORCE),
            among(Commitment.organisation_id, HOMES),
            Commitment.due_at <= SOON,
            *(Milestone.met_at.is_(None), Milestone.awaited, Milestone.reported_at.is_(None)),
        )
        .group_by(Milestone.commitment_id)
        .having(first <= SOON)
        .subquery()
    )
    found = _could_wait(Commitment.addressee_id, by_at=days.c.at)
    return nearest(found.join(days, days.c.id == Commitment.id))


def findings() -> Could:
    """What was reported in full and is ours to verify."""
    theirs = and_(Commitment.verifier_id.is_(None), among(Commitment.addressee_id, HOMES))
    whose = or_(among(Commitment.verifier_id, HOMES), theirs)
    days = _days(whose, Milestone.reported_at, Milestone.reported_at.is_not(None))
    found = _could_wait(Commitment.organisation_id, since_at=days.c.at)
    return nearest(found.join(days, days.c.id == Commitment.id))


def expiring() -> Could:
    """Our own evidence that expires within 14 days, or did in the last 14."""
    # Evidence may expire for good: what is not renewed in two weeks is not asked for any longer.
    days = (
        select(Evidence.commitment_id.label("id"), func.min(Evidence.expires_at).label("at"))
        .where(
            Evidence.replaced_by_id.is_(None),
            Evidence.expires_at <= SOON,
            Evidence.expires_at > LATELY,
            among(Evidence.organisation_id, HOMES),
        )
        .group_by(Evidence.commitment_id)
        .subquery()
    )
    found = _could_wait(Commitment.organisation_id, by_at=days.c.at)
    return nearest(found.join(days, days.c.id == Commitment.id))


def _days(whose: Any, at: Any, *waits: Any) -> Any:
    # Each commitment is looked at from a due day that waits, never the other way round: those are
    # few, whatever an organisation has promised.
    fits = (
        select(as_column(and_(in_state(CommitmentState.IN_FORCE), whose)))
        .where(Commitment.id == Milestone.commitment_id)
        .correlate(Milestone)
        .scalar_subquery()
    )
    first = (
        select(Milestone.commitment_id.label("id"), at.label("at"))
        .where(Milestone.met_at.is_(None), Milestone.awaited, *waits, fits)
        .order_by(at, Milestone.id)
        .limit(at_most(LOOKED_AT))
        .subquery()
    )
    return select(first.c.id, func.min(first.c.at).label("at")).group_by(first.c.id).subquery()


def others() -> Could:
    """What others have to respond to, to report or to verify for us."""
    arms = [arm.subquery() for arm in (_asked_by_us(), _unreported_to_us(), _unverified_for_us())]
    every = union_all(*(select(*arm.c) for arm in arms)).subquery()
    first = func.coalesce(every.c.by_at, every.c.since_at)
    return select(*every.c).order_by(first, every.c.id).limit(at_most(FEW))


def _could_remind(other: Key, by_at: Time = NO_TIME, since_at: Time = NO_TIME) -> Could:
    return _could_wait(other, by_at, since_at, reminded_at=last_reminder(COMMITMENTS))


def _asked_by_us() -> Could:
    at_it = or_(_ours(Commitment.organisation_id, Commitment.addressee_id), _in_our_process())
    proposed = _could_remind(
        Commitment.asked_id, by_at=Commitment.answer_by_at, since_at=Commitment.published_at
    )
    theirs = ~among(Commitment.asked_id, HOMES)
    return nearest(proposed.where(in_state(CommitmentState.PROPOSED), theirs, at_it), FEW)


def _unreported_to_us() -> Could:
    at_it = or_(_ours(Commitment.addressee_id, Commitment.verifier_id), _in_our_process())
    whose = and_(~among(Commitment.organisation_id, HOMES), at_it)
    late = Milestone.due_at <= NOW
    days = _days(whose, Milestone.due_at, Milestone.reported_at.is_(None), late)
    found = _could_remind(Commitment.organisation_id, by_at=days.c.at)
    return nearest(found.join(days, days.c.id == Commitment.id), FEW)


def _unverified_for_us() -> Could:
    finder = func.coalesce(Commitment.verifier_id, Commitment.addressee_id)
    at_it = or_(_ours(Commitment.organisation_id, Commitment.addressee_id), _in_our_process())
    days = _days(
        and_(~among(finder, HOMES), at_it),
        Milestone.reported_at,
        Milestone.reported_at.is_not(None),
    )
    found = _could_remind(finder, since_at=days.c.at)
    return nearest(found.join(days, days.c.id == Commitment.id), FEW)


def differing() -> Could:
    """What concerns us and whose accounts differ."""
    sides = (Commitment.organisation_id, Commitment.addressee_id, Commitment.verifier_id)
    followed = exists().where(
        Follow.person_id == ME,
        Follow.resource_type == COMMITMENTS.name,
        Follow.resource_id == Commitment.id,
    )
    concerns = or_(_ours(*sides), _in_our_process(), followed.correlate(Commitment))
    found = _could_wait(Commitment.organisation_id, since_at=Commitment.differ_since)
    return nearest(found.where(Commitment.differ_since.is_not(None), concerns), FEW)


def _ours(*sides: Any) -> Any:
    # As sums, so that SQLite starts from the few that wait and not from all of an organisation.
    return or_(*(among(side + 0, HOMES) for side in sides))


def _in_our_process() -> Any:
    # The index proposes: what it does not know of the reader is not asked of the policy.
    index = CommitmentAudienceRow
    found = (index.commitment_id == Commitment.id, among(index.principal, PRINCIPALS))
    listed = exists().where(*found).correlate(Commitment)
    return and_(among(Commitment.process_id + 0, SEATS), listed)


def drafts() -> Could:
    """Our drafts."""
    whose = among(Commitment.organisation_id, HOMES)
    return nearest(
        _could_wait(Commitment.addressee_id).where(in_state(CommitmentState.DRAFT), whose)
    )
