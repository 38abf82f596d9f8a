"""Guard against empty success, for records: whatever part is taken out of the policy is missed.

As in test_dialogues_mutations, which takes apart how one sits at the table; how a recipient list is
read is taken apart in test_mutations.
"""

import random

import pytest
from sqlalchemy import true
from sqlalchemy.orm import Session

from portal import policy_sql
from portal.policy_sql import Form
from portal.relations import belonging, records
from portal.rules import FOLLOW, READ, READ_TEXT, RECORDS, UNFOLLOW
from portal.rules.verbs import READ_COMMENTS
from tests.policy.at_once import Worlds
from tests.policy.record_worlds import POLICY, LaidMinutes, agreeing, plan
from tests.policy.taken_apart import (
    ANSWERS,
    atoms,
    comparisons,
    compiled_anew,
    holding_always,
    in_every_state,
    is_no_row,
    names_of,
    rows,
    saying,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

PLANS = [
    *(plan(random.Random(seed)) for seed in range(250)),
    *(agreeing(random.Random(seed)) for seed in range(80)),
]
ATOMS, ROWS = atoms(RECORDS, POLICY), rows(RECORDS, POLICY)
# How one sits at a table is taken apart in test_dialogues_mutations.
SPELLED = [policy_sql.verb_text("records", verb, Form(by_value=False)) for verb in POLICY]
INSIDE = [
    part
    for part in comparisons(SPELLED, [*names_of(records), "records"])
    if "policy_line" not in part
]
# Whoever is signed in is anyone already.
SAME = {("anyone", "always")}
# What writers may they may in every state; and READ underlies every verb.
SAME_EVERYWHERE = {
    (READ, "draft"), (READ_TEXT, "draft"), (READ_TEXT, "circulated"), (READ_COMMENTS, "draft"),
    (FOLLOW, "draft"), (UNFOLLOW, "draft"),  # in every state anyway
}  # fmt: skip


@pytest.fixture(scope="module")
def worlds(long_session: Session) -> Worlds:
    """All worlds, laid once."""
    return Worlds(long_session, LaidMinutes, PLANS, POLICY)


def test_the_policy_itself_is_not_contradicted(worlds: Worlds) -> None:
    for verb, expected in worlds.expected.items():
        assert worlds.said(verb) == expected, verb


@pytest.mark.parametrize(
    ("name", "answer"), [(n, a) for n in sorted(ATOMS) for a in ANSWERS if (n, a) not in SAME]
)
def test_each_part_of_a_sentence_is_missed(worlds: Worlds, name: str, answer: str) -> None:
    with saying(ATOMS[name], ANSWERS[answer]):
        assert worlds.contradicted()


@pytest.mark.parametrize("part", INSIDE)
def test_each_comparison_is_missed(
    worlds: Worlds, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with holding_always(monkeypatch, part):
        assert worlds.contradicted()


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_each_state_is_missed(worlds: Worlds, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    said = (ROWS[number].verb, ROWS[number].states[0])
    in_every_state(monkeypatch, RECORDS, ROWS[number])
    with compiled_anew(monkeypatch, is_no_row):
        assert worlds.contradicted() is (said not in SAME_EVERYWHERE)


def test_who_takes_an_action_up_is_missed(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "SPEAKERS", belonging.ANY_ROLE)
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()


@pytest.mark.parametrize("ground", ["standing", "in_force"])
def test_the_ground_is_missed(worlds: Worlds, ground: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = policy_sql if ground == "standing" else belonging
    monkeypatch.setattr(room, ground, lambda *_words: true())
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()
