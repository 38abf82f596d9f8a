"""Guard against empty success: take each check of the law away, and see that it is missed.

Each part of a sentence about notices is replaced by "always" and by "never", each sentence is made
to hold in every state, and the ground under all of them is taken away; on a fixed set of small
worlds the requirement (tests/law/policy.py) must then be contradicted at least once.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import false, true
from sqlalchemy.orm import Session

from models.stakeholders import Person
from portal import access
from portal.db import open_session
from portal.relations import Relation, belonging, lists, some
from portal.rules import ACKNOWLEDGE, NOTICES, READ, READ_TEXT, own
from tests.cast import NOW, World
from tests.law.test_three_readings import POLICY, Laid

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

VERBS = (READ, READ_TEXT, ACKNOWLEDGE)
WORLDS = 400


def plan(seed: int) -> dict[str, Any]:
    """A small world, the same for the same seed; lists are short so that each part matters."""
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


def contradicted(session: Session, verbs: tuple[str, ...] = VERBS) -> bool:
    """Whether the law as it now stands differs from the requirement in one of the worlds."""
    for seed in range(WORLDS):
        nest = session.begin_nested()
        laid = Laid(session, plan(seed))
        case = laid.as_case()
        people = [laid.as_person(n) for n in range(4)]
        wrong = False
        for verb in verbs:
            asked = access.audience(NOTICES, verb, laid.notice.id, NOW, Person.id)
            everybody = set(session.scalars(asked))
            wrong |= any(
                (laid.people[n].id in everybody) is not POLICY[verb](people[n], case)
                for n in range(4)
            )
        session.expunge_all()
        nest.rollback()
        if wrong:
            return True
    return False


def forget() -> None:
    """Let the law be spelled anew."""
    for spelled in (access._spelled_verb, access._spelled_relation):
        spelled.cache_clear()


def atoms() -> dict[str, Relation]:
    """The simple sentences in the rows about reading and acknowledging, by name."""
    found: dict[str, Relation] = {}

    def walk(part: Relation) -> None:
        for inner in part.parts:
            walk(inner)
        if not part.parts:
            found.setdefault(part.name, part)

    for rule in (row for verb in VERBS for row in NOTICES.rows(verb)):
        walk(rule.who)
    return found


@contextmanager
def saying(part: Relation, answer: Callable[[], Any]) -> Iterator[None]:
    """With one simple sentence replaced, wherever it stands."""
    kept = part.clause
    object.__setattr__(part, "clause", lambda _matter, _who, _now: answer())
    forget()
    try:
        yield
    finally:
        object.__setattr__(part, "clause", kept)
        forget()


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    """A session on SQLite; the engines are compared elsewhere."""
    if world.engine.dialect.name != "sqlite":
        pytest.skip("the law is one text: it is taken apart once")
    with open_session(world.sessions, writes=True) as opened:
        yield opened
        opened.rollback()


def test_the_law_itself_is_not_contradicted(session: Session) -> None:
    assert not contradicted(session)


# True already; and nobody has acknowledged anything in these worlds (see test_acknowledge).
SAME = {("anyone", "always"), ("acknowledged", "never")}


@pytest.mark.parametrize("answer", ["always", "never"])
@pytest.mark.parametrize("name", sorted(atoms()))
def test_each_part_of_a_sentence_is_missed(session: Session, name: str, answer: str) -> None:
    if (name, answer) in SAME:
        pytest.skip("this changes nothing here")
    with saying(atoms()[name], true if answer == "always" else false):
        assert contradicted(session)


@pytest.mark.parametrize("answer", ["always", "never"])
@pytest.mark.parametrize("way", ["on_group_list", "has_seat"])
def test_each_way_onto_the_list_is_missed(
    session: Session, way: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = true() if answer == "always" else false()
    monkeypatch.setattr(lists, way, lambda *_words: said)
    forget()
    try:
        assert contradicted(session)
    finally:
        monkeypatch.undo()
        forget()


@pytest.mark.parametrize("answer", ["always", "never"])
@pytest.mark.parametrize("way", ["MATE", "CHAIR"])
def test_each_way_to_clients_is_missed(
    session: Session, way: str, answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = true() if answer == "always" else false()

    def otherwise(*rows: Any, where: tuple[Any, ...]) -> Any:
        return said if rows[0] is getattr(lists, way) else some(*rows, where=where)

    monkeypatch.setattr(lists, "some", otherwise)
    forget()
    try:
        assert contradicted(session)
    finally:
        monkeypatch.undo()
        forget()


@pytest.mark.parametrize("number", range(len([r for r in NOTICES.rules if r.verb in VERBS])))
def test_each_state_is_missed(
    session: Session, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = [row for row in NOTICES.rules if row.verb in VERBS][number]
    everywhere = replace(rule, states=NOTICES.states)
    rules = tuple(everywhere if row is rule else row for row in NOTICES.rules)
    monkeypatch.setitem(access.KINDS, NOTICES.name, replace(NOTICES, rules=rules))
    forget()
    try:
        assert contradicted(session) is (rule.who is not own), "own is own in every state"
    finally:
        monkeypatch.undo()
        forget()


@pytest.mark.parametrize("ground", ["standing", "in_force"])
def test_the_ground_is_missed(
    session: Session, ground: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = access if ground == "standing" else belonging
    monkeypatch.setattr(room, ground, lambda *_words: true())
    forget()
    try:
        assert contradicted(session)
    finally:
        monkeypatch.undo()
        forget()
