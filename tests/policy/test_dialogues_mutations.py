"""Guard against empty success, for dialogues: whatever part is taken out of the policy is missed.

As in test_mutations; here all worlds (tests/policy/dialogue_worlds.py) lie in one database, so that
every comparison in the SQL of the policy can be taken out, one by one, and is asked for everywhere
at once.
"""

import random

import pytest
from sqlalchemy import true
from sqlalchemy.orm import Session

from models.agenda import Document
from models.stakeholders import Role
from portal import policy_sql
from portal.policy_sql import Form
from portal.relations import belonging, dialogues
from portal.rules import DIALOGUES, FOLLOW, READ, READ_TEXT, UNFOLLOW
from portal.rules.verbs import READ_ANSWERS, READ_TABLE
from tests.policy.at_once import DocumentWorlds, Worlds
from tests.policy.dialogue_worlds import POLICY, LaidTalk, plan, plan_of_names
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

PLANS = [plan(random.Random(seed)) for seed in range(300)]
PLANS += [plan_of_names(random.Random(f"names {seed}")) for seed in range(24)]
ATOMS, ROWS = atoms(DIALOGUES, POLICY), rows(DIALOGUES, POLICY)
SPELLED = [policy_sql.verb_text("dialogues", verb, Form(by_value=False)) for verb in POLICY]
INSIDE = comparisons(SPELLED, [*names_of(dialogues), "dialogues"])
ON_PAPER = comparisons(
    [policy_sql.sub_resource_text(Document, Form(by_value=False))], [*names_of(dialogues), "papers"]
)


@pytest.fixture(scope="module")
def worlds(long_session: Session) -> Worlds:
    """All worlds, laid once."""
    return Worlds(long_session, LaidTalk, PLANS, POLICY)


@pytest.fixture(scope="module")
def documents(other_session: Session) -> DocumentWorlds:
    """The same worlds with papers for each sight."""
    return DocumentWorlds(other_session, PLANS)


def test_the_policy_itself_is_not_contradicted(worlds: Worlds, documents: DocumentWorlds) -> None:
    for verb, expected in worlds.expected.items():
        assert worlds.said(verb) == expected, verb
    assert documents.said() == documents.expected


# Whoever is signed in is anyone already. Nothing is required before a seat in these worlds: what
# somebody may not do before a unit is in tests/dialogues/test_take_seat.py.
SAME = {("anyone", "always"), ("untrained for seat", "never")}
# That somebody could answer is asked of the few people of the organisation: nobody else could.
SAME_INSIDE = {"policy_there.organisation_id = policy_unnamed.organisation_id"}
# Only what is of a side or a caucus has a side (a check of the table).
SAME_ON_PAPER = {"papers.sight IN ('side', 'caucus')"}
# What organisers may they may in every state; a draft is not published; READ underlies every verb.
SAME_EVERYWHERE = {
    (READ, "draft"), (READ, "cancelled"),
    (READ_TEXT, "draft"), (READ_TEXT, "polling"), (READ_TEXT, "cancelled"),
    (READ_TABLE, "draft"), (READ_ANSWERS, "draft"),
    (FOLLOW, "draft"), (UNFOLLOW, "draft"),  # in every state anyway
}  # fmt: skip


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
        assert worlds.contradicted() is (part not in SAME_INSIDE)


@pytest.mark.parametrize("part", ON_PAPER)
def test_each_comparison_about_a_part_is_missed(
    documents: DocumentWorlds, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with holding_always(monkeypatch, part):
        assert documents.contradicted() is (part not in SAME_ON_PAPER)


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_each_state_is_missed(worlds: Worlds, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    said = (ROWS[number].verb, ROWS[number].states[0])
    in_every_state(monkeypatch, DIALOGUES, ROWS[number])
    with compiled_anew(monkeypatch, is_no_row):
        assert worlds.contradicted() is (said not in SAME_EVERYWHERE)


def test_who_speaks_for_a_delegation_is_missed(
    worlds: Worlds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogues, "SPEAKERS", belonging.ANY_ROLE)
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()


@pytest.mark.parametrize("role", ["MEDIATOR", "COORDINATOR"])
def test_who_organises_is_missed(
    worlds: Worlds, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = (Role[role],)
    monkeypatch.setitem(belonging.HOMES, one, belonging.homes_fact(role, *one))
    monkeypatch.setattr(dialogues, "MEDIATES", one)
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()


@pytest.mark.parametrize("ground", ["standing", "in_force"])
def test_the_ground_is_missed(
    worlds: Worlds, documents: DocumentWorlds, ground: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = policy_sql if ground == "standing" else belonging
    monkeypatch.setattr(room, ground, lambda *_words: true())
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()
        assert documents.contradicted()
