"""The due days of a commitment: its steps, its rounds, or the one day of the whole."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone, Statement
from portal.commitments.text import CommitmentText, StepText
from portal.days import end_of, following
from portal.errors import Invalid
from portal.parameters import KEY, at_most, ready
from portal.rules import OVER
from portal.words import N_

# Built once: asked at each act, and building them takes longer than their answers.
DUES: Final = ready(
    select(Milestone).where(Milestone.commitment_id == KEY).order_by(Milestone.number)
)
UNREPORTED: Final = ready(
    select(Milestone.due_at)
    .where(
        Milestone.commitment_id == KEY,
        Milestone.met_at.is_(None),
        Milestone.reported_at.is_(None),
    )
    .order_by(Milestone.due_at)
    .limit(at_most(1))
)


def milestones_of(session: Session, commitment: Commitment) -> list[Milestone]:
    """The due days of a commitment, by number."""
    return list(session.scalars(DUES, {KEY.key: commitment.id}))


def write_dues(
    session: Session, commitment: Commitment, text: CommitmentText, *, asked_before: bool = False
) -> None:
    """Bring the due days to what the terms say; what is met, or of an earlier round, stays.

    Raises Invalid when a step would change that is met, or become another or go on which somebody
    has stated something: what was said of one step never comes to stand beside another. What was
    `asked_before` may have a step that was met since on another day: it stays as it was met.
    """
    there = milestones_of(session, commitment)
    if there and text.due_on is not None and not text.steps and not any(r.title for r in there):
        _move_last(there, text.due_on, commitment.zone)
        return
    wanted = list(text.steps)
    if not wanted and text.due_on is not None:
        wanted = [StepText("", text.due_on)]
    for milestone, step in zip(there, wanted, strict=False):
        if milestone.met_at is None:
            _change(session, milestone, step, commitment.zone)
        elif StepText(milestone.title, milestone.due_on, milestone.weight) != step and not (
            asked_before and milestone.title == step.title
        ):
            raise Invalid({"steps": N_("A milestone that is met cannot be changed.")})
    for number, step in enumerate(wanted[len(there) :], len(there) + 1):
        session.add(_new(commitment, number, step))
    for milestone in there[len(wanted) :]:
        _take_away(session, milestone)
    session.flush()


def beside_what_was_said(
    session: Session, commitment: Commitment, steps: tuple[StepText, ...]
) -> tuple[StepText, ...]:
    """These steps, with those that are met or were reported on in their place again.

    So they can be agreed on: what was reported on keeps its title and its place, and may have
    another day until it is met.
    """
    there = milestones_of(session, commitment)
    stays = {
        row.title: row
        for row in there
        if row.title and (row.met_at is not None or _was_said(session, row))
    }
    wanted = {step.title: step for step in steps}
    others = [step for step in steps if step.title not in stays]
    last = max((n for n, row in enumerate(there, 1) if row.title in stays), default=0)
    found = []
    for row in there[:last]:
        kept = StepText(row.title, row.due_on, row.weight)
        if row.title in stays:
            found.append(kept if row.met_at else wanted.get(row.title, kept))
        else:
            found.append(others.pop(0) if others else kept)
    return (*found, *others)


def _move_last(there: list[Milestone], day: date, zone: str) -> None:
    # The terms name the day of the round with which they began: only another day moves a round.
    if there[-1].met_at is None and day not in {row.due_on for row in there}:
        _set(there[-1], StepText("", day), zone)


def open_next(session: Session, commitment: Commitment) -> None:
    """Add the round that follows the last one."""
    last = milestones_of(session, commitment)[-1]
    day = _next_day(commitment, last.due_on)
    if day is not None:
        session.add(_new(commitment, last.number + 1, StepText("", day)))
        session.flush()


def look_at_dues(session: Session, commitment: Commitment) -> None:
    """Keep with the commitment what its due days come to: the next report, and the next round."""
    rows = milestones_of(session, commitment)
    for row in rows:
        row.awaited = commitment.state not in OVER
    commitment.due_at = min(
        (row.due_at for row in rows if row.met_at is None and row.reported_at is None), default=None
    )
    last = rows[-1] if rows else None
    more = last is not None and _next_day(commitment, last.due_on) is not None
    commitment.next_round_at = last.due_at if last is not None and more else None


def _next_day(commitment: Commitment, day: date) -> date | None:
    if not commitment.every or commitment.due_on is None:
        return None
    following_day = following(day, commitment.every, commitment.due_on.day)
    over = commitment.until_on is not None and following_day > commitment.until_on
    return None if over else following_day


def stops_at(session: Session, commitment: Commitment) -> datetime | None:
    """When the commitment stops: since the verifier says so, or at its first unreported day."""
    unreported = session.scalar(UNREPORTED, {KEY.key: commitment.id})
    return min((at for at in (commitment.stopped_at, unreported) if at is not None), default=None)


def _new(commitment: Commitment, number: int, step: StepText) -> Milestone:
    milestone = Milestone(commitment_id=commitment.id, number=number)
    _set(milestone, step, commitment.zone)
    return milestone


def _set(milestone: Milestone, step: StepText, zone: str) -> None:
    milestone.title, milestone.weight, milestone.due_on = step.title, step.weight, step.due_on
    milestone.due_at = end_of(step.due_on, zone)


def _change(session: Session, milestone: Milestone, step: StepText, zone: str) -> None:
    if milestone.title != step.title:
        if _was_said(session, milestone):
            message = N_("A milestone that has been reported on keeps its title and position.")
            raise Invalid({"steps": message})
        milestone.reported_at = None
    _set(milestone, step, zone)


def _take_away(session: Session, milestone: Milestone) -> None:
    if milestone.met_at is not None or _was_said(session, milestone):
        raise Invalid({"steps": N_("A milestone that has been reported on cannot be removed.")})
    session.delete(milestone)


def _was_said(session: Session, milestone: Milestone) -> bool:
    said = select(Statement.id).where(Statement.milestone_id == milestone.id).limit(at_most(1))
    return session.scalar(said) is not None
