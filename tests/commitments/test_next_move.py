"""Whose turn it is, in each state: what waits, and for which party by its name."""

from types import SimpleNamespace
from typing import Any

import pytest

from models.commitments import CommitmentState
from portal.commitments import next_move

OURS, THEIRS = 1, 2
LIVE = {
    CommitmentState.DRAFT: ("propose", "Telco"),
    CommitmentState.PROPOSED: ("answer", "Cloud"),
    CommitmentState.ACCEPTED: ("begin", ""),
    CommitmentState.IN_FORCE: ("report", "Telco"),
    CommitmentState.SUSPENDED: ("resume", ""),
}


def row(state: str, **said: Any) -> SimpleNamespace:
    """A commitment of Telco to Cloud that the response team verifies."""
    names = {"promisor": "Telco", "addressee": "Cloud", "verifier": "Response team"}
    keys = {"organisation_id": OURS, "asked_id": THEIRS, "unverified": False}
    keys |= {"last_statement": None, "found": None}
    return SimpleNamespace(**({"state": state} | names | keys | said))


@pytest.mark.parametrize("state", CommitmentState)
def test_each_state_has_its_move(state: CommitmentState) -> None:
    move = next_move(row(state))
    assert (move.word, move.who) == LIVE.get(state, ("nothing", ""))
    assert move.blocked is (state in (CommitmentState.ACCEPTED, CommitmentState.SUSPENDED))


def test_a_counter_proposal_is_answered_by_who_proposed_first() -> None:
    move = next_move(row(CommitmentState.PROPOSED, asked_id=OURS))
    assert (move.word, move.who) == ("answer", "Telco")


@pytest.mark.parametrize(
    ("verifier", "who"), [("Response team", "Response team"), (None, "Cloud"), ("", "Cloud")]
)
def test_what_was_reported_waits_for_the_verifier_and_without_one_for_the_counterpart(
    verifier: str | None, who: str
) -> None:
    move = next_move(row(CommitmentState.IN_FORCE, unverified=True, verifier=verifier))
    assert (move.word, move.who) == ("verify", who)
