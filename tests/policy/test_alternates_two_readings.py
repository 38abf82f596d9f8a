"""Who may act for whom, said a second time: over random worlds every question answers the same."""

import random
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, select, true

from portal.access import Actor
from portal.catalogue import LADDERS
from portal.contacts.absences import absences
from portal.db import open_session
from portal.errors import NotFound, Refused, TooLate
from portal.on_behalf import acting_for, acts_by, admit, stand_ins, taken_over
from portal.parameters import KEY, ME
from portal.parameters import NOW as AT
from portal.presence import Limits, who_is_here
from portal.reminders.planning import found_by
from portal.rules import ANSWER, BY_ALTERNATE, RESOURCE_TYPES, WITHDRAW
from portal.rules.verbs import OBJECT
from tests.cast import NOW, World
from tests.policy.alternate_plans import NOUNS, plan
from tests.policy.alternate_policy import (
    ROLES,
    Asked,
    answer,
    buttons,
    called,
    in_force,
    instead_of,
    may_now,
    notified,
)
from tests.policy.alternate_worlds import DAY, WORLDS, People

VERBS = {noun: [verb for name, verb in BY_ALTERNATE if name == noun] for noun in NOUNS}
some_dice = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def check(
    session: Any, noun: str, world: dict[str, Any], mark: str = ""
) -> tuple[int, int, int, int]:
    """Hold every question against the requirement; how often it said yes, instead and away.

    At last, how often yes to an alternate for a role.
    """
    laid = WORLDS[noun](session, world, mark)
    laid.lay()
    asked = laid.as_asked()
    shown = check_buttons(laid, asked)
    check_acts(laid, asked)
    instead = check_instead(laid, asked)
    check_reminders(laid, asked)
    away = check_presence(laid, asked)
    if noun == "contacts":
        check_called(laid, asked)
    by_role = [one for one in asked.alternates if one.scope in ROLES]
    return shown, instead, away, sum(bool(buttons(one, VERBS[noun], asked)) for one in by_role)


def check_buttons(laid: People, asked: Asked) -> int:
    """What each sees on the page as "A for B", and whom an e-mail asks so."""
    session, kind, key = laid.session, laid.kind, laid.resource.id
    count = 0
    for n, person in enumerate(laid.people):
        found = acting_for(session, Actor(person.id, ""), kind, key, NOW)
        says = {
            (laid.alternates[one.key].ref, laid.people[one.away].name): verbs
            for one in asked.alternates
            if one.stands_in == n and (verbs := buttons(one, VERBS[kind.name], asked))
        }
        assert {(one.ref, one.name): one.verbs for one in found} == says, n
        count += len(says)
    for one in asked.alternates:
        pair = laid.people[one.stands_in].id, laid.people[one.away].id
        for verb in VERBS[kind.name]:
            by = acts_by(session, *pair, kind, key, verb, NOW)
            also = [
                laid.alternates[other.key].ref
                for other in asked.alternates
                if (other.away, other.stands_in) == (one.away, one.stands_in)
                and answer(other, verb, asked) == "yes"
            ]
            assert by == (also[0] if also else None), (one, verb)
    return count


def check_acts(laid: People, asked: Asked) -> None:
    """What a form that was opened before is told: done, hidden, refused or too late."""
    for one in asked.alternates:
        actor = Actor(
            laid.people[one.stands_in].id,
            "",
            acts_by=laid.alternates[one.key].id,
            for_id=laid.people[one.away].id,
        )
        for verb in (*VERBS[laid.kind.name], WITHDRAW):
            said = "yes"
            try:
                admit(laid.session, actor, verb, laid.kind, laid.resource.ref, NOW)
            except NotFound:
                said = "hidden"
            except Refused:
                said = "refused"
            except TooLate:
                said = "too late"
            assert said == answer(one, verb, asked), (one, verb)


def check_instead(laid: People, asked: Asked) -> int:
    """Who is asked in whose place, of everybody who may do it themselves."""
    session, kind, key, count = laid.session, laid.kind, laid.resource.id, 0
    keys = [person.id for person in laid.people]
    for verb in VERBS[kind.name]:
        instead = {n: instead_of(n, verb, asked) for n in range(4)}
        says = [
            (keys[n], keys[other])
            for n, other in instead.items()
            if other is not None and may_now(asked.people[n], verb, asked)
        ]
        found = stand_ins(session, kind, key, verb, true(), NOW)
        assert [pair for pair in found if pair[0] in keys] == says, verb
        for n, other in instead.items():
            asked_of = {"key": key, "me": keys[n], "now": NOW}
            waiting = session.scalar(waits(kind.name, verb), asked_of) is not None
            assert waiting is (other is None), (verb, n)
        count += len(says)
    return count


@cache
def waits(noun: str, verb: str) -> Select[tuple[int]]:
    """The resource, unless another is asked in the person's place; built once, as for tasks."""
    kind = RESOURCE_TYPES[noun]
    return select(kind.model.id).where(kind.model.id == KEY, ~taken_over(kind, verb, ME, AT))


def check_reminders(laid: People, asked: Asked) -> None:
    """Whom the ladders remind, and in whose place."""
    number = {person.id: n for n, person in enumerate(laid.people)}
    for ladder in LADDERS:
        if not ladder.passed_on or ladder.resource_type is not laid.kind:
            continue
        rows = [row for batch in found_by(laid.session, ladder, NOW) for row in batch]
        own = [row for row in rows if row["resource_id"] == laid.resource.id]
        found = {(number[row["person_id"]], number.get(row["for_id"])) for row in own}
        begun = ladder.verb == ANSWER and asked.case.begun
        # Whoever agreed to the minutes could still object, and is not urged to.
        settled = asked.case.agreed if ladder.verb == OBJECT else ()
        says = set() if begun else notified(ladder.verb, asked)
        says = {pair for pair in says if (pair[0] if pair[1] is None else pair[1]) not in settled}
        assert found == says, ladder.verb
        assert len(own) == len(says), "one e-mail each"


def check_presence(laid: People, asked: Asked) -> int:
    """Whether somebody acts at all, and what their own overview says of their absence."""
    count = 0
    for n in range(4):
        here = who_is_here(laid.session, f"{laid.mark}key{n}", Limits(DAY, DAY), NOW)
        assert (here is not None) is asked.people[n].active
        if here is None:
            continue
        held = [one for one in asked.alternates if in_force(one, asked.people)]
        assert bool(here.acts) is any(one.stands_in == n for one in held)
        away = [laid.people[one.stands_in].name for one in held if one.away == n]
        assert (here.absence.name if here.absence else None) == (away[0] if away else None)
        count += len(away)
    return count


def check_called(laid: People, asked: Asked) -> None:
    """Who is called in the place of the holder."""
    away, other = called(asked)
    found = absences(laid.session, [laid.resource], NOW).get(laid.resource.id)
    assert (found is not None) is away
    if found is not None:
        assert found.person == (laid.people[other].id if other is not None else 0)


@pytest.mark.parametrize("noun", NOUNS)
@some_dice
@given(dice=st.randoms(use_true_random=False))
def test_both_readings_of_alternates_agree(world: World, noun: str, dice: random.Random) -> None:
    with open_session(world.sessions, writes=True) as session:
        check(session, noun, plan(dice, noun))
        session.rollback()


@pytest.mark.parametrize("noun", NOUNS)
def test_both_readings_agree_on_many_worlds_in_which_people_act(world: World, noun: str) -> None:
    said = []
    for n in range(60):
        with open_session(world.sessions, writes=True) as session:
            said.append(check(session, noun, plan(random.Random(f"{noun}{n}"), noun)))
            session.rollback()
    # A world in which nobody ever acts proves nothing.
    *acted, by_role = map(sum, zip(*said, strict=True))
    assert min(acted) >= 3
    assert by_role == 0 if noun == "contacts" else by_role >= 3, "positions are no role's work"
