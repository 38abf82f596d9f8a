"""The whole policy, every noun: what the tables say holds, and each way to spoil it is noticed.

The tables (`expected/*.txt`) are written by hand, from the requirement. A mutant is noticed where
an answer differs from the table in one cell; those that cannot be are named in `same.py`, with why.
"""

from collections.abc import Callable
from fnmatch import fnmatchcase

import pytest
from sqlalchemy.orm import Session

from portal.rules import RESOURCE_TYPES
from tests.policy.whole.bits import Ground, Policy
from tests.policy.whole.mutants import mutants
from tests.policy.whole.nouns import NOUNS
from tests.policy.whole.people import Cast
from tests.policy.whole.same import OPEN, SAME
from tests.policy.whole.table import Cells, expected

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
Asked = tuple[list[Ground], Policy, Cells]


@pytest.fixture(scope="module")
def asked(long_session: Session) -> Callable[[str], Asked]:
    """The ground of a noun, its policy, and what its table says as numbers; the world laid once."""
    cast, kept = Cast(long_session), dict[str, Asked]()
    laid = {name: noun.lay(cast) for name, noun in NOUNS.items()}
    long_session.expire_all()

    def of(name: str) -> Asked:
        if name not in kept:
            noun, keys, texts = NOUNS[name], laid[name], dict[str, str]()
            # All resources at once, and one by one: some questions are dear for many.
            worlds = [keys, *({one: keys[one]} for one in reversed(keys))]
            grounds = [Ground(long_session, noun.model, w, cast.people, texts) for w in worlds]
            kept[name] = grounds, noun.policy, expected(name, list(keys), list(cast.people))
        return kept[name]

    return of


def test_every_noun_is_said_a_second_time() -> None:
    # Dialogues and minutes have readings of their own, in plain Python.
    assert set(RESOURCE_TYPES) == {*NOUNS, "dialogues", "records"}


@pytest.mark.parametrize("name", NOUNS)
def test_the_policy_is_what_the_table_says(asked: Callable[[str], Asked], name: str) -> None:
    (ground, *_), policy, table = asked(name)
    answers = ground.answers(policy)
    assert set(table) <= set(answers), "the table speaks of what the policy does not"
    for key, found in answers.items():
        said, holds = table.get(key, set()), ground.said(found)
        assert (sorted(said - holds), sorted(holds - said)) == ([], []), key


# Of people the table holds, but this world does not yet try each part of the sentences.
SPOILED = [name for name in NOUNS if name != "people"]


@pytest.mark.parametrize("name", SPOILED)
def test_each_way_to_spoil_it_is_noticed(asked: Callable[[str], Asked], name: str) -> None:
    (ground, *single), policy, table = asked(name)
    # What the table says, as numbers.
    whole, parts = [(ground, ground.right(table))], [(one, one.right(table)) for one in single]
    every = list(mutants(policy, ground))
    assert len(every) > 20
    left = {
        mutant.name for mutant in every if not mutant.is_noticed(parts if mutant.spoil else whole)
    }
    known = {**SAME.get(name, {}), **OPEN.get(name, {})}
    same = {one: [name for name in left if fnmatchcase(name, one)] for one in known}
    unnamed = left - {one for found in same.values() for one in found}
    assert "\n".join(sorted(unnamed)) == ""
    assert [one for one, found in same.items() if not found] == [], "noticed after all"
