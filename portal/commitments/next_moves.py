"""Whose turn it is: what each commitment waits for next."""

from dataclasses import dataclass
from typing import Any, Final

from models.commitments import CommitmentState, StatementType, Step

ANSWER, BEGIN, REPORT, REPORT_ON, REPORT_AGAIN, VERIFY, CONSIDER, RESUME, NOTHING, PROPOSE = (
    "answer",
    "begin",
    "report",
    "report-on",
    "report-again",
    "verify",
    "consider",
    "resume",
    "nothing",
    "propose",
)
BLOCKED: Final = {BEGIN, RESUME}
REPORTS: Final = {REPORT, REPORT_ON, REPORT_AGAIN}


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

    `row` has state, organisation_id, asked_id, the names promisor, addressee, verifier;
    `unverified`: whether something was reported in full that nobody has verified; `last_statement`:
    who spoke last (Voice, none where nobody has); `found`: the step of the last finding.
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
    if row.state == CommitmentState.IN_FORCE:
        return _in_force(row)
    return Move(NOTHING, "")


def _in_force(row: Any) -> Move:
    # Whoever spoke last is not the one who is waited for, unless the word was only a part of it.
    finder = row.verifier or row.addressee
    met = row.found == Step.FULL
    if row.unverified:
        return Move(VERIFY, finder)
    if row.last_statement == StatementType.REPLY and not met:
        return Move(CONSIDER, finder)
    if row.last_statement == StatementType.FINDING and not met:
        return Move(REPORT_AGAIN, row.promisor)
    return Move(REPORT_ON if row.last_statement == StatementType.REPORT else REPORT, row.promisor)


def differ(row: Any) -> bool:
    """Whether self-report and finding, as they were last said of the same thing, are different.

    `row` has the steps `reported` and `found`, and of which milestone each was said (`reported_of`,
    `found_of`; 0 for the whole). Whoever reports the whole in full reports each milestone so.
    """
    if not row.reported or not row.found or row.reported == row.found:
        return False
    whole = row.reported_of == 0 and row.reported == Step.FULL
    return bool(whole or row.reported_of == row.found_of)
