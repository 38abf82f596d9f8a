"""Guard against empty success, for commitments: whatever part is taken out of the policy is missed.

As in test_mutations, on small worlds of their own (tests/policy/commitment_worlds.py); beside whole
sentences the parts inside them are taken out of the SQL that they are spelled in.
"""

import random

import pytest
from sqlalchemy import true
from sqlalchemy.orm import Session

from portal import policy_sql
from portal.relations import belonging, commitments
from portal.rules import COMMITMENTS, READ, READ_TERMS, READ_TEXT
from tests.policy.at_once import Worlds
from tests.policy.commitment_worlds import POLICY, LaidPromise, plan
from tests.policy.taken_apart import (
    ANSWERS,
    atoms,
    compiled_anew,
    in_every_state,
    is_no_row,
    rows,
    saying,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ATOMS, ROWS = atoms(COMMITMENTS, POLICY), rows(COMMITMENTS, POLICY)
PLANS = [plan(random.Random(seed)) for seed in range(500)]
# Whoever is signed in is anyone already.
SAME = {("anyone", "always")}
# Own is own in every state; and READ underlies every verb: what a draft hides stays hidden.
SAME_EVERYWHERE = {
    (READ, "draft"), (READ_TEXT, "draft"), (READ_TERMS, "draft"),
    (READ_TEXT, "proposed"), (READ_TERMS, "proposed"),
}  # fmt: skip
# A part inside a sentence, as it is spelled, and the sentence without it.
INSIDE = {
    "the other side is not RED": ("commitments.tlp != 'RED' AND ((", "true AND (("),
    "only what is asked still": ("policy_asked.answered_at IS NULL", "true"),
    "other terms, not a release": ("policy_asked.type = 'terms'", "true"),
    "never who asked": ("policy_asked.by_id != ", "0 != "),
    "the promisor asks the addressee": (
        "policy_asked.organisation_id = commitments.organisation_id",
        "true",
    ),
    "the addressee asks the promisor": (
        "policy_asked.organisation_id = commitments.addressee_id",
        "true",
    ),
    "after, once it is known": ("policy_hangs.turns_at IS NULL", "false"),
    "after, once it has come": ("policy_hangs.turns_at > ", "1 > "),
    "after alone waits for a day": ("policy_hangs.type = 'after'", "true"),
    "together waits for the other": ("policy_other.state NOT IN", "'' IN"),
    "together alone waits for a state": ("policy_hangs.type = 'together'", "true"),
    "together binds the other as well": ("policy_peer.state NOT IN", "'' IN"),
    "no draft binds": ("policy_peer.published_at IS NOT NULL", "true"),
    "only together binds back": ("policy_back.type = 'together'", "true"),
    "only while breaks": ("policy_hangs.type = 'while'", "true"),
    "only its own conditions": ("policy_hangs.commitment_id = commitments.id", "true"),
}


@pytest.fixture(scope="module")
def worlds(long_session: Session) -> Worlds:
    """All worlds, laid once."""
    return Worlds(long_session, LaidPromise, PLANS, POLICY)


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
def test_each_part_inside_a_sentence_is_missed(
    worlds: Worlds, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (old, new), spell, found = INSIDE[part], policy_sql.compiled_text, []

    def otherwise(*words: object) -> str:
        sql = spell(*words)
        found.append(old in sql)
        return sql.replace(old, new)

    monkeypatch.setattr(policy_sql, "compiled_text", otherwise)
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()
    assert any(found), "the law is no longer spelled so"


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_each_state_is_missed(worlds: Worlds, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    said = (ROWS[number].verb, ROWS[number].states[0])
    in_every_state(monkeypatch, COMMITMENTS, ROWS[number])
    with compiled_anew(monkeypatch, is_no_row):
        assert worlds.contradicted() is (said not in SAME_EVERYWHERE)


def test_who_speaks_for_a_party_is_missed(worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commitments, "SPEAKERS", belonging.ANY_ROLE)
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()


@pytest.mark.parametrize("ground", ["standing", "in_force"])
def test_the_ground_is_missed(worlds: Worlds, ground: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = policy_sql if ground == "standing" else belonging
    monkeypatch.setattr(room, ground, lambda *_words: true())
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()
