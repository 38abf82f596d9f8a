"""Two voices: the promisor reports, the verifier finds, the promisor may reply; none is averaged.

A voice never overwrites another, nor itself: each statement is a row of its own.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from models.commitments import Commitment, Milestone, Statement, StatementType, Step
from portal.access import Actor, authorize
from portal.commitments.dues import milestones_of
from portal.commitments.listed_rows import last_accounts
from portal.commitments.next_moves import differ
from portal.commitments.transitions import lock, settle
from portal.errors import Invalid, refuse
from portal.ledger import transition
from portal.recipients import audience_of
from portal.rules import COMMITMENTS, DECLARE_UNMET, FULFIL, REPLY, REPORT, VERIFY
from portal.words import N_

LONGEST = 10_000


@dataclass(frozen=True)
class Said:
    """What a voice says: a step of the scale, words, and which milestone it is about (0: all)."""

    step: str
    words: str
    milestone: int = 0
    stopped: bool = False

    def problems(self, *steps: Step) -> dict[str, str]:
        """What cannot be taken, a message id for each field."""
        found = {}
        if self.step not in steps:
            found["step"] = N_("Choose how far it is.")
        if not self.words.strip():
            found["words"] = N_("Describe it in one or two sentences.")
        if len(self.words) > LONGEST:
            found["words"] = N_("This is too long.")
        return found


REPORTED = (Step.NONE, Step.MINIMAL, Step.INTERMEDIATE, Step.FULL)
FOUND = tuple(Step)


def report(session: Session, actor: Actor, ref: str, *, said: Said, now: datetime) -> None:
    """Say for one's own side how far the promise has come."""
    lock(session, ref)
    with transition(session, actor, REPORT, COMMITMENTS, ref, now) as commitment:
        refuse(said.problems(*REPORTED))
        chosen = _chosen(session, commitment, said.milestone)
        for milestone in chosen:
            milestone.reported_at = now if said.step == Step.FULL else None
        _state(
            session, actor, commitment, StatementType.REPORT, commitment.organisation_id, said, now
        )
    settle(session, commitment, now)


def verify(session: Session, actor: Actor, ref: str, *, said: Said, now: datetime) -> None:
    """Say as verifier how far it has come; the last full finding fulfils the commitment.

    Anything less than full opens the reported days again; `stopped` says that the promise is not
    kept at present, which sets the grace of whatever hangs on it running.
    """
    lock(session, ref)
    full = said.step == Step.FULL
    resource = authorize(session, actor, VERIFY, COMMITMENTS, ref, now)
    verb = FULFIL if full and _is_last(session, resource, said.milestone) else VERIFY
    with transition(session, actor, verb, COMMITMENTS, ref, now) as commitment:
        refuse(said.problems(*FOUND))
        for milestone in _chosen(session, commitment, said.milestone):
            milestone.met_at = now if full else None
            milestone.reported_at = (milestone.reported_at or now) if full else None
        commitment.stopped_at = (commitment.stopped_at or now) if said.stopped else None
        _state(session, actor, commitment, StatementType.FINDING, _finder(commitment), said, now)
        if verb == FULFIL:
            commitment.ended_at, commitment.stopped_at = now, None
    settle(session, commitment, now)


def _is_last(session: Session, commitment: Commitment, number: int) -> bool:
    # Whether nothing stays open once this milestone (or all of them) is met.
    if commitment.next_round_at is not None:
        return False
    still = [row for row in milestones_of(session, commitment) if row.met_at is None]
    return number == 0 or {row.number for row in still} <= {number}


def declare_unmet(session: Session, actor: Actor, ref: str, *, said: Said, now: datetime) -> None:
    """End the commitment as not met; the step says how far it came."""
    lock(session, ref)
    with transition(session, actor, DECLARE_UNMET, COMMITMENTS, ref, now) as commitment:
        refuse(said.problems(*(step for step in FOUND if step != Step.FULL)))
        _state(session, actor, commitment, StatementType.FINDING, _finder(commitment), said, now)
        commitment.ended_at = commitment.stopped_at = now
    settle(session, commitment, now)


def reply(session: Session, actor: Actor, ref: str, *, words: str, now: datetime) -> None:
    """Answer a finding; it stands beside the finding and changes nothing else."""
    with transition(session, actor, REPLY, COMMITMENTS, ref, now) as commitment:
        said = Said("", words)
        refuse({k: v for k, v in said.problems().items() if k != "step"})
        _state(
            session, actor, commitment, StatementType.REPLY, commitment.organisation_id, said, now
        )


def _finder(commitment: Commitment) -> int:
    return commitment.verifier_id or commitment.addressee_id


def _chosen(session: Session, commitment: Commitment, number: int) -> list[Milestone]:
    rows = milestones_of(session, commitment)
    if number == 0:
        return [row for row in rows if row.met_at is None]
    chosen = [row for row in rows if row.number == number]
    if not chosen:
        raise Invalid({"milestone": N_("Choose from the list.")})
    return chosen


def _state(
    session: Session,
    actor: Actor,
    commitment: Commitment,
    statement_type: StatementType,
    organisation_id: int,
    said: Said,
    now: datetime,
) -> None:
    about = _chosen(session, commitment, said.milestone) if said.milestone else []
    session.add(
        Statement(
            commitment_id=commitment.id,
            milestone_id=about[0].id if about else None,
            type=statement_type,
            organisation_id=organisation_id,
            by_id=actor.person_id,
            step=said.step,
            stopped=said.stopped,
            audience_id=audience_of(session, commitment),
            words=said.words.strip(),
            at=now,
        )
    )
    commitment.changed_at = now
    if statement_type != StatementType.REPLY:
        _compare_accounts(session, commitment, now)


def _compare_accounts(session: Session, commitment: Commitment, now: datetime) -> None:
    # Kept with the commitment, so that a page finds the few that differ by an index.
    session.flush()
    last = session.execute(last_accounts().where(Commitment.id == commitment.id)).one()
    commitment.differ_since = (commitment.differ_since or now) if differ(last) else None
