"""How a person can stand to a commitment: its parties, and what time and conditions make of it."""

from typing import Any

from sqlalchemy import and_, or_

from models.audience import Recipient
from models.commitments import (
    Amendment,
    Commitment,
    CommitmentState,
    Condition,
    ConditionType,
    Milestone,
    Proposal,
    Statement,
    StatementType,
)
from models.processes import Part, Process, Seat
from models.vocabulary import Tlp
from portal.db import alias
from portal.relations.belonging import MEDIATES, SPEAKERS, belongs
from portal.relations.sentence import Now, Predicate, Relation, Who, relation, some

HANGS, OTHER = alias(Condition, "policy_hangs"), alias(Commitment, "policy_other")
BACK, PEER = alias(Condition, "policy_back"), alias(Commitment, "policy_peer")
ASKED = alias(Amendment, "policy_asked")
FOUND = alias(Statement, "policy_found")
DUE = alias(Milestone, "policy_due")
MEDIATOR, DOSSIER = alias(Seat, "policy_mediator"), alias(Process, "policy_dossier")
NAMES = alias(Recipient, "policy_names")
READY = (
    CommitmentState.ACCEPTED,
    CommitmentState.IN_FORCE,
    CommitmentState.SUSPENDED,
    CommitmentState.FULFILLED,
)


@relation
def other_side(commitment: type[Commitment], who: Who, now: Now) -> Predicate:
    """The person belongs to the addressee or verifier of the commitment, which is not RED."""
    return and_(
        commitment.tlp != Tlp.RED,
        or_(
            belongs(commitment.addressee_id, who, now),
            belongs(commitment.verifier_id, who, now),
        ),
    )


@relation
def promisor(commitment: type[Commitment], who: Who, now: Now) -> Predicate:
    """The person speaks for the organisation that promises."""
    return belongs(commitment.organisation_id, who, now, *SPEAKERS)


@relation
def addressee(commitment: type[Commitment], who: Who, now: Now) -> Predicate:
    """The person speaks for the organisation that the promise is made to."""
    return belongs(commitment.addressee_id, who, now, *SPEAKERS)


@relation
def verifier(commitment: type[Commitment], who: Who, now: Now) -> Predicate:
    """The person speaks for the organisation that verifies."""
    return belongs(commitment.verifier_id, who, now, *SPEAKERS)


@relation
def unverified(commitment: type[Commitment], _who: Who, _now: Now) -> Predicate:
    """No verifier is named."""
    return commitment.verifier_id.is_(None)


@relation
def asked_to_answer(commitment: type[Commitment], who: Who, now: Now) -> Predicate:
    """The person speaks for the party whose answer the proposal waits for."""
    return belongs(commitment.asked_id, who, now, *SPEAKERS)


@relation
def unanswered(commitment: type[Commitment], _who: Who, now: Now) -> Predicate:
    """The day by which the proposal was to be answered is over."""
    return commitment.answer_by_at <= now


@relation
def waiting(commitment: type[Commitment], _who: Who, now: Now) -> Predicate:
    """A condition keeps the commitment from beginning; of two that begin together it binds both."""
    asked_of_it = some(
        BACK,
        PEER,
        where=(
            BACK.on_id == commitment.id,
            BACK.type == ConditionType.TOGETHER,
            PEER.id == BACK.commitment_id,
            PEER.published_at.is_not(None),
            PEER.state.not_in(READY),
        ),
    )
    its_own = some(
        HANGS,
        OTHER,
        where=(
            HANGS.commitment_id == commitment.id,
            OTHER.id == HANGS.on_id,
            or_(
                and_(
                    HANGS.type == ConditionType.AFTER,
                    or_(HANGS.turns_at.is_(None), HANGS.turns_at > now),
                ),
                and_(HANGS.type == ConditionType.TOGETHER, OTHER.state.not_in(READY)),
            ),
        ),
    )
    return or_(its_own, asked_of_it)


@relation
def broken(commitment: type[Commitment], _who: Who, now: Now) -> Predicate:
    """A commitment that this one holds only as long as has stopped, and its grace is over."""
    return some(
        HANGS,
        where=(
            HANGS.commitment_id == commitment.id,
            HANGS.type == ConditionType.WHILE,
            HANGS.turns_at <= now,
        ),
    )


@relation
def round_over(commitment: type[Commitment], _who: Who, now: Now) -> Predicate:
    """The present round of a recurring commitment is over."""
    return commitment.next_round_at <= now


@relation
def found(commitment: type[Commitment], _who: Who, _now: Now) -> Predicate:
    """Somebody has stated a finding on the commitment."""
    return some(
        FOUND, where=(FOUND.commitment_id == commitment.id, FOUND.type == StatementType.FINDING)
    )


@relation
def pending(commitment: type[Commitment], _who: Who, _now: Now) -> Predicate:
    """One party has asked the other for other terms or a release, and waits for the answer."""
    return some(ASKED, where=(ASKED.commitment_id == commitment.id, ASKED.answered_at.is_(None)))


def asked_for(proposal: Proposal) -> Relation:
    """The person speaks for the party that the other one asks for this."""

    def clause(commitment: Any, who: Who, now: Now) -> Predicate:
        theirs = or_(
            and_(
                ASKED.organisation_id == commitment.organisation_id,
                belongs(commitment.addressee_id, who, now, *SPEAKERS),
            ),
            and_(
                ASKED.organisation_id == commitment.addressee_id,
                belongs(commitment.organisation_id, who, now, *SPEAKERS),
            ),
        )
        return some(
            ASKED,
            where=(
                ASKED.commitment_id == commitment.id,
                ASKED.answered_at.is_(None),
                ASKED.type == proposal,
                ASKED.by_id != who,
                theirs,
            ),
        )

    return Relation(f"asked for {proposal}", clause)


@relation
def asking(commitment: type[Commitment], who: Who, now: Now) -> Predicate:
    """The person speaks for the party that asks for other terms or a release."""
    return some(
        ASKED,
        where=(
            ASKED.commitment_id == commitment.id,
            ASKED.answered_at.is_(None),
            belongs(ASKED.organisation_id, who, now, *SPEAKERS),
        ),
    )


@relation
def mediates_it(commitment: type[Commitment], who: Who, now: Now) -> Predicate:
    """The person is on the mediating team of a process that it is part of or addressed to.

    A seat on the team counts as long as the person mediates or coordinates for its body.
    """
    addressed = some(
        NAMES,
        where=(
            NAMES.commitment_id == commitment.id,
            NAMES.process_id == DOSSIER.id,
            ~NAMES.excepted,
        ),
    )
    return some(
        MEDIATOR,
        DOSSIER,
        where=(
            MEDIATOR.person_id == who,
            MEDIATOR.part == Part.TEAM,
            DOSSIER.id == MEDIATOR.process_id,
            or_(DOSSIER.id == commitment.process_id, addressed),
            belongs(DOSSIER.organisation_id, who, now, *MEDIATES),
        ),
    )


@relation
def report_overdue(commitment: type[Commitment], _who: Who, now: Now) -> Predicate:
    """A due day has passed on which nothing was reported in full."""
    return some(
        DUE,
        where=(
            DUE.commitment_id == commitment.id,
            DUE.met_at.is_(None),
            DUE.reported_at.is_(None),
            DUE.due_at <= now,
        ),
    )


@relation
def finding_awaited(commitment: type[Commitment], _who: Who, _now: Now) -> Predicate:
    """Something was reported in full that nobody has verified yet."""
    return some(
        DUE,
        where=(
            DUE.commitment_id == commitment.id,
            DUE.met_at.is_(None),
            DUE.reported_at.is_not(None),
        ),
    )
