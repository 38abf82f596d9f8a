"""Conditions: after, together, while; grace, resumption, circles, and what stays unseen."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.commitments import Commitment, ConditionType
from portal import commitments
from portal.commitments import Filter
from portal.commitments.related import RelatedRows
from portal.db import writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.commitments.builders import drafted, proposed

TELCO, CLOUD = "liaison@telco", "liaison@cloud"


def add_condition(
    session: Session, world: World, ref: str, on: str, condition_type: str, **values: Any
) -> None:
    said = {"by": TELCO, "days": 0} | values
    commitments.add_condition(
        session,
        world.actors[str(said["by"])],
        ref,
        on=on,
        condition_type=condition_type,
        days=said["days"],
        now=NOW,
    )


def put_forward(session: Session, world: World, ref: str, by: str, to: str) -> None:
    commitments.propose(session, world.actors[by], ref, answer_by_on=date(2026, 12, 1), now=NOW)
    commitments.accept(session, world.actors[to], ref, NOW)


def states(session: Session, *resources: Commitment) -> list[str]:
    session.expire_all()
    return [str(session.get_one(Commitment, m.id).state) for m in resources]


def apply_due_transitions(session: Session, at: datetime) -> int:
    refs = commitments.due_for_the_system(session, at)
    return sum(commitments.apply_due_transitions(session, ref, at) for ref in refs)


@pytest.mark.parametrize("condition_type", [ConditionType.AFTER, ConditionType.WHILE])
def test_a_circle_is_refused_by_name(world: World, condition_type: ConditionType) -> None:
    with writing(world.sessions) as session:
        one, two = drafted(session, world), drafted(session, world)
        add_condition(session, world, one.ref, two.ref, condition_type)
        with pytest.raises(Invalid) as refused:
            add_condition(session, world, two.ref, one.ref, condition_type)
        message: Any = refused.value.problems["on"]
        assert message.values["circle"] == f"{two.ref} → {one.ref} → {two.ref}"


def test_overview_shows_the_parties_and_readers_alone(world: World) -> None:
    with writing(world.sessions) as session:
        commitment = proposed(session, world, "peace")
        for name, sees in (
            (TELCO, True), (CLOUD, True), ("analyst@cert", True), ("mediator@peace", True),
            ("liaison@bank", False), ("steward@portal", False),
        ):  # fmt: skip
            page = commitments.overview(session, world.actors[name], NOW, narrowed=Filter())
            assert ([row.ref for row in page.rows] == [commitment.ref]) is sees, name
        reading = commitments.read(session, world.actors["mediator@peace"], commitment.ref, NOW)
        assert _sorts(reading.related) == {"milestones"}
        reading = commitments.read(session, world.actors[CLOUD], commitment.ref, NOW)
        assert _sorts(reading.related) == {"milestones", "terms"}


def _sorts(related: RelatedRows) -> set[str]:
    # Which sorts of related rows there are any of.
    return {field.name for field in fields(related) if getattr(related, field.name)}
