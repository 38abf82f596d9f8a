"""Tying a notice or commitment to a norm: with a reason, once a norm, by whom the law lets."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from portal import coverage
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, TooLate
from portal.rules import COMMITMENTS, LINK_NORM, NOTICES, ResourceType
from tests.cast import NOW, World
from tests.commitments import builders
from tests.factories import published
from tests.norms.builders import WHY, F, K, tie, ties, untie


def trail(world: World, ref: str) -> list[Any]:
    """What the trail keeps of tying: the norm, and whether it was tied or taken off."""
    with reading(world.sessions) as session:
        events = select(AuditEvent).where(AuditEvent.ref == ref, AuditEvent.verb == LINK_NORM)
        return [event.detail for event in session.scalars(events.order_by(AuditEvent.id))]


@pytest.fixture(params=["notices", "commitments"])
def resource(request: pytest.FixtureRequest, world: World) -> tuple[ResourceType[Any], str]:
    """A published resource of Telco, of each noun in turn."""
    with writing(world.sessions) as session:
        if request.param == "notices":
            return NOTICES, published(session, world, "peace").ref
        return COMMITMENTS, builders.agreed(session, world, "peace").ref


def test_a_tie_keeps_norm_reason_who_and_when_and_is_in_the_trail(
    world: World, resource: tuple[ResourceType[Any], str]
) -> None:
    tie(world, "liaison@telco", *resource, reason=f"  {WHY}\n")
    assert ties(world) == [(F, WHY, world.actors["liaison@telco"].person_id, NOW)]
    assert trail(world, resource[1]) == [{"norm": F, "tied": True}]


def test_several_norms_but_none_twice(
    world: World, resource: tuple[ResourceType[Any], str]
) -> None:
    tie(world, "liaison@telco", *resource)
    tie(world, "liaison@telco", *resource, norm=K)
    for reason in (WHY, "Another reason."):
        with pytest.raises(Invalid) as refused:
            tie(world, "liaison@telco", *resource, reason=reason)
        assert refused.value.problems == {"norm": "It is already linked to this norm."}
    assert [norm for norm, *_rest in ties(world)] == [F, K]
    assert len(trail(world, resource[1])) == 2


def test_of_two_who_tie_at_once_one_is_told(
    world: World, resource: tuple[ResourceType[Any], str]
) -> None:
    actor = world.actors["liaison@telco"]
    said: dict[str, Any] = {"norm": F, "reason": WHY, "now": NOW}
    with ThreadPoolExecutor() as others:
        with writing(world.sessions) as session:
            coverage.link_norm(session, actor, *resource, **said)
            other = others.submit(tie, world, "liaison@telco", *resource)
            with pytest.raises(TimeoutError):
                other.exception(timeout=0.5)
        assert isinstance(other.exception(), TooLate | Invalid)
    assert len(ties(world)) == 1
    assert len(trail(world, resource[1])) == 1


def test_two_resources_may_be_tied_to_one_norm(
    world: World, resource: tuple[ResourceType[Any], str]
) -> None:
    tie(world, "liaison@telco", *resource)
    with writing(world.sessions) as session:
        other = published(session, world, "peace").ref
    tie(world, "liaison@telco", NOTICES, other)
    assert len(ties(world)) == 2


@pytest.mark.parametrize(
    ("norm", "reason", "field"),
    [
        (F, "", "reason"),
        (F, " \n ", "reason"),
        (F, "x" * 501, "reason"),
        ("", WHY, "norm"),
        ("un-gge-2015", WHY, "norm"),
        ("un-gge-2015-z", WHY, "norm"),
        ("x" * 5000, WHY, "norm"),
    ],
)
def test_a_tie_needs_a_reason_and_a_norm_of_the_registry(
    world: World, norm: str, reason: str, field: str
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    with pytest.raises(Invalid) as refused:
        tie(world, "liaison@telco", NOTICES, ref, norm, reason)
    assert set(refused.value.problems) == {field}
    assert (ties(world), trail(world, ref)) == ([], [])


def test_the_longest_reason_is_kept_whole(
    world: World, resource: tuple[ResourceType[Any], str]
) -> None:
    tie(world, "liaison@telco", *resource, reason="x" * 500)
    assert ties(world)[0][1] == "x" * 500


def test_a_tie_is_taken_off_and_the_trail_says_so(
    world: World, resource: tuple[ResourceType[Any], str]
) -> None:
    tie(world, "liaison@telco", *resource)
    tie(world, "liaison@telco", *resource, norm=K)
    untie(world, "liaison@telco", *resource)
    assert [norm for norm, *_rest in ties(world)] == [K]
    assert trail(world, resource[1])[-1] == {"norm": F, "tied": False}
    for norm in (F, "un-gge-2015-a", "nothing"):
        with pytest.raises(NotFound):
            untie(world, "liaison@telco", *resource, norm=norm)
    assert len(trail(world, resource[1])) == 3
    tie(world, "liaison@telco", *resource)


def test_taking_off_leaves_the_ties_of_others(
    world: World, resource: tuple[ResourceType[Any], str]
) -> None:
    with writing(world.sessions) as session:
        other = published(session, world, "peace").ref
    tie(world, "liaison@telco", NOTICES, other)
    with pytest.raises(NotFound):
        untie(world, "liaison@telco", *resource)
    assert len(ties(world)) == 1


def acts(world: World, by: str, kind: ResourceType[Any], ref: str) -> Iterator[Callable[[], None]]:
    """Both ways to change the ties of a resource."""
    yield lambda: tie(world, by, kind, ref, norm=K)
    yield lambda: untie(world, by, kind, ref)
