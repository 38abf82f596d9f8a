"""A sentence about a dialogue, a part of one or a record, asked in every way, answers alike."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.agenda import AgendaItem, SideNote
from models.dialogues import Dialogue
from portal.access import predicate, sub_resource
from portal.db import open_session
from portal.rules import DIALOGUES, READ_TEXT
from tests.cast import BEGINNING, NOW, World
from tests.policy import dialogue_worlds, record_worlds
from tests.policy.at_once import DocumentWorlds, Worlds
from tests.policy.dialogue_policy import is_on_side, may_see_sub_resource
from tests.policy.dialogue_worlds import LaidTalk
from tests.policy.small_worlds import Laid, Policy, agree

WORLDS: dict[str, tuple[Any, type[Laid], Policy]] = {
    "dialogues": (dialogue_worlds.plan, dialogue_worlds.LaidTalk, dialogue_worlds.POLICY),
    "records": (record_worlds.plan, record_worlds.LaidMinutes, record_worlds.POLICY),
}
SIDED = ("side", "caucus")
some_dice = settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize("noun", WORLDS)
@some_dice
@given(dice=st.randoms(use_true_random=False))
def test_three_readings_agree_with_each_other_and_with_the_requirement(
    world: World, noun: str, dice: random.Random
) -> None:
    plan, laid, policy = WORLDS[noun]
    with open_session(world.sessions, writes=True) as session:
        agree(laid(session, plan(dice)), policy)
        session.rollback()


@pytest.mark.parametrize("noun", WORLDS)
def test_both_engines_say_of_many_worlds_what_the_requirement_says(world: World, noun: str) -> None:
    plan, laid, policy = WORLDS[noun]
    plans = [plan(random.Random(f"{noun}{n}")) for n in range(60)]
    if noun == "dialogues":
        plans += [dialogue_worlds.plan_of_names(random.Random(f"names {n}")) for n in range(6)]
    with open_session(world.sessions, writes=True) as session:
        worlds = Worlds(session, laid, plans, policy)
        for verb, expected in worlds.expected.items():
            assert worlds.said(verb) == expected, verb
        session.rollback()


def test_both_engines_say_of_many_papers_what_the_requirement_says(world: World) -> None:
    with open_session(world.sessions, writes=True) as session:
        documents = DocumentWorlds(
            session, [dialogue_worlds.plan(random.Random(f"p{n}")) for n in range(60)]
        )
        assert documents.said() == documents.expected
        session.rollback()


def test_items_and_notes_and_delegations_go_by_sight_as_papers_do(world: World) -> None:
    with open_session(world.sessions, writes=True) as session:
        for n in range(25):
            laid = LaidTalk(session, dialogue_worlds.plan(random.Random(f"i{n}")), f"{n}-")
            for number, person in enumerate(laid.people):
                for row, expected in hung(laid, number):
                    model = type(row)
                    seen = select(model.id).join(Dialogue, Dialogue.id == model.dialogue_id)
                    seen = seen.where(
                        model.id == row.id,
                        predicate(DIALOGUES, READ_TEXT, person.id, NOW),
                        sub_resource(model, person.id, NOW),
                    )
                    found = session.scalar(seen) is not None
                    assert found is expected, (model, getattr(row, "sight", ""), number)
        session.rollback()


def hung(laid: LaidTalk, number: int) -> list[tuple[Any, bool]]:
    """Rows of other sorts that hang on the dialogue, and whether the person is to see them."""
    talk, person = laid.as_talk(), laid.as_person(number)
    of = {"dialogue_id": laid.resource.id, "by_id": laid.people[0].id}
    reads = may_see_sub_resource(person, talk, "all", None)
    found: list[tuple[Any, bool]] = [
        (delegation, reads and person.active and is_on_side(person, talk, side))
        for side, delegation in laid.sides.items()
    ]
    for sight, side in [("organisers", None), *((s, n) for n in laid.sides for s in SIDED)]:
        whose = {"sight": sight, "side_id": None if side is None else laid.sides[side].id}
        says = may_see_sub_resource(person, talk, sight, side)
        item = AgendaItem(number=1, title="random", created_at=BEGINNING, **of, **whose)
        note = SideNote(text="random", at=BEGINNING, **of, **whose)
        laid.session.add_all((item, note))
        found += [(item, says), (note, says)]
    laid.session.flush()
    return found
