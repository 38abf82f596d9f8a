"""The days of commitments in the calendar: what is due, by when a proposal is to be answered."""

from typing import Any, Final

from sqlalchemy import exists, select

from models.audience import CommitmentAudienceRow
from models.commitments import Commitment, CommitmentState, Milestone
from portal.among import among
from portal.commitments.timing import in_state
from portal.dated import UNTIL, Could, Dated, Dates, could_fall
from portal.parameters import PRINCIPALS, at_most
from portal.rules import COMMITMENTS, READ_TEXT
from portal.words import N_

INDEX: Final = CommitmentAudienceRow
LOOKED_AT: Final = 4000  # of the commitments that one may know, those that are due last before then


def _due() -> Could:
    # The index has the first day of each for which a report is due: no later one falls before it.
    near = (
        select(INDEX.commitment_id)
        .where(among(INDEX.principal, PRINCIPALS), INDEX.live, INDEX.turns_at < UNTIL)
        .order_by(INDEX.turns_at.desc())
        .limit(at_most(LOOKED_AT))
        .subquery()
    )
    days = could_fall(Commitment.id, Milestone.due_at, day_zone=Commitment.zone)
    return days.join(Milestone, Milestone.commitment_id == Commitment.id).where(
        Commitment.id.in_(select(near.c.commitment_id)),
        Milestone.met_at.is_(None),
        Milestone.reported_at.is_(None),
        Milestone.awaited,
        in_state(CommitmentState.IN_FORCE),
    )


def _answers() -> Could:
    known: Any = exists().where(
        INDEX.commitment_id == Commitment.id, among(INDEX.principal, PRINCIPALS)
    )
    days = could_fall(Commitment.id, Commitment.answer_by_at, day_zone=Commitment.zone)
    return days.where(in_state(CommitmentState.PROPOSED), known.correlate(Commitment))


DATES: Final = Dates(
    policy=COMMITMENTS,
    title=Commitment.title,
    title_verb=READ_TEXT,
    each=(
        Dated("due", N_("due"), READ_TEXT, _due()),
        Dated("answer", N_("response due"), READ_TEXT, _answers()),
    ),
)
