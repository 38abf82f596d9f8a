"""Guard against empty success: take each check of the policy away, and see that it is missed.

Each part of a sentence about notices is replaced by "always" and by "never", each sentence is made
to hold in every state, and the ground under all of them is taken away; on a fixed set of small
worlds the requirement (tests/policy/policy.py) must then be contradicted at least once.
"""

import random
from typing import Any

import pytest
from sqlalchemy import true
from sqlalchemy.orm import Session

from portal import policy_sql
from portal.relations import belonging, lists, some
from portal.rules import NOTICES, own
from tests.policy.at_once import Worlds
from tests.policy.taken_apart import (
    ANSWERS,
    atoms,
    compiled_anew,
    in_every_state,
    is_no_row,
    rows,
    saying,
)
from tests.policy.test_three_readings import POLICY, LaidNotice

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

ATOMS, ROWS = atoms(NOTICES, POLICY), rows(NOTICES, POLICY)
WORLDS = 400


def plan(seed: int) -> dict[str, Any]:
    """A small world, the same for the same seed; lists are short so that each part resources."""
    dice = random.Random(seed)

    def some(most: int) -> frozenset[int]:
        return frozenset(dice.sample(range(4), dice.randint(0, most)))

    def pairs(most: int) -> frozenset[tuple[int, int]]:
        return frozenset(
            (dice.randrange(4), dice.randrange(4)) for _ in range(dice.randint(1, most))
        )

    return {
        "state": dice.choice(["draft", "open", "open", "closed", "withdrawn"]),
        "tlp": dice.choice(["CLEAR", "GREEN", "AMBER", "AMBER", "AMBER+STRICT", "RED"]),
        "ever_published": dice.random() < 0.8,
        "organisation": dice.randrange(4),
        "author": dice.randrange(4),
        "organisations": some(2),
        "people": some(1),
        "excepted_organisations": some(1),
        "excepted_people": some(1),
        "group": dice.random() < 0.5,
        "group_organisations": some(2),
        "group_people": some(1),
        "memberships": pairs(5),
        "ended": pairs(2),
        "clients": pairs(3),
        "suspended_people": some(1) if dice.random() < 0.3 else frozenset(),
        "suspended_organisations": some(1) if dice.random() < 0.4 else frozenset(),
        "process": dice.random() < 0.4,
        "seat_organisations": some(2),
        "seat_people": some(1),
    }


PLANS = [plan(seed) for seed in range(WORLDS)]


@pytest.fixture(scope="module")
def worlds(long_session: Session) -> Worlds:
    """All worlds, laid once in one database."""
    return Worlds(long_session, LaidNotice, PLANS, POLICY)


def test_the_policy_itself_is_not_contradicted(worlds: Worlds) -> None:
    for verb, expected in worlds.expected.items():
        assert worlds.said(verb) == expected, verb


# True already; and nobody has acknowledged anything in these worlds (see test_acknowledge).
SAME = {("anyone", "always"), ("acknowledged", "never")}


@pytest.mark.parametrize(
    ("name", "answer"), [(n, a) for n in sorted(ATOMS) for a in ANSWERS if (n, a) not in SAME]
)
def test_each_part_of_a_sentence_is_missed(worlds: Worlds, name: str, answer: str) -> None:
    with saying(ATOMS[name], ANSWERS[answer]):
        assert worlds.contradicted()


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("way", ["on_group_list", "has_seat"])
def test_each_way_onto_the_list_is_missed(
    worlds: Worlds, way: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, way, lambda *_words: ANSWERS[answer]())
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("way", ["MATE", "CHAIR"])
def test_each_way_to_clients_is_missed(
    worlds: Worlds, way: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def otherwise(*rows: Any, where: tuple[Any, ...]) -> Any:
        said = rows[0] is getattr(lists, way)
        return ANSWERS[answer]() if said else some(*rows, where=where)

    monkeypatch.setattr(lists, "some", otherwise)
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_each_state_is_missed(worlds: Worlds, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    in_every_state(monkeypatch, NOTICES, ROWS[number])
    with compiled_anew(monkeypatch, is_no_row):
        assert worlds.contradicted() is (ROWS[number].who is not own), "own is own in every state"


@pytest.mark.parametrize("ground", ["standing", "in_force"])
def test_the_ground_is_missed(worlds: Worlds, ground: str, monkeypatch: pytest.MonkeyPatch) -> None:
    room = policy_sql if ground == "standing" else belonging
    monkeypatch.setattr(room, ground, lambda *_words: true())
    with compiled_anew(monkeypatch):
        assert worlds.contradicted()
