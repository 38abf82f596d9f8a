"""Whose turn it is: what each commitment waits for next."""

from dataclasses import dataclass
from typing import Any, Final

from models.commitments import CommitmentState

ANSWER, BEGIN, REPORT, VERIFY, RESUME, NOTHING, PROPOSE = (
    "answer",
    "begin",
    "report",
    "verify",
    "resume",
    "nothing",
    "propose",
)
BLOCKED: Final = {BEGIN, RESUME}


@dataclass(frozen=True)
class Move:
    """What is to be done next, and by which organisation (none where others must move first)."""

    word: str
    who: str

    @property
    def blocked(self) -> bool:
        """Whether others have to move before this one can go on."""
        return self.word in BLOCKED


def next_move(row: Any) -> Move:
    """The next move of a commitment.

    `row` has state, organisation_id, asked_id, the names promisor, addressee, verifier, and
    `unverified`: whether something was reported that nobody has verified.
    """
    if row.state == CommitmentState.DRAFT:
        return Move(PROPOSE, row.promisor)
    if row.state == CommitmentState.PROPOSED:
        asked_ours = row.asked_id == row.organisation_id
        return Move(ANSWER, row.promisor if asked_ours else row.addressee)
    if row.state == CommitmentState.ACCEPTED:
        return Move(BEGIN, "")
    if row.state == CommitmentState.SUSPENDED:
        return Move(RESUME, "")
    if row.state == CommitmentState.IN_FORCE and row.unverified:
        return Move(VERIFY, row.verifier or row.addressee)
    if row.state == CommitmentState.IN_FORCE:
        return Move(REPORT, row.promisor)
    return Move(NOTHING, "")


def differ(reported: str | None, found: str | None) -> bool:
    """Whether the two voices last said different things of a commitment."""
    return bool(reported and found and reported != found)
