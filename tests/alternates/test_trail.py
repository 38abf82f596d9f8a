"""For whom somebody acted stands in the trail, and nobody can change it unnoticed, up or down."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from portal.db import reading, writing
from portal.ledger import first_fault
from portal.schema import downgrade, upgrade
from tests.alternates.builders import AWAY, OTHER, accepted
from tests.alternates.test_act_for import acknowledge_for, asked_of
from tests.cast import World

ACTED = "SELECT id, for_id, detail FROM audit_events WHERE verb = 'acknowledge'"


def acted(world: World) -> None:
    with writing(world.sessions) as session:
        row, notice = accepted(session, world), asked_of(session, world)
        acknowledge_for(session, world, notice, row.ref)


def fault(world: World) -> str | None:
    with reading(world.sessions) as session:
        return first_fault(session)


def forgotten(_world: World) -> str:
    return "UPDATE audit_events SET for_id = NULL WHERE verb = 'acknowledge'"


def of_another(world: World) -> str:
    key = world.actors[OTHER].person_id
    return f"UPDATE audit_events SET for_id = {key} WHERE verb = 'acknowledge'"


def into_the_detail(world: World) -> str:
    # What would be hashed is the same, so that it is refused for what it says.
    said = json.dumps({"for": world.actors[AWAY].person_id})
    return f"UPDATE audit_events SET for_id = NULL, detail = '{said}' WHERE verb = 'acknowledge'"


def added(world: World) -> str:
    key = world.actors[AWAY].person_id
    return f"UPDATE audit_events SET for_id = {key} WHERE verb = 'publish'"


@pytest.mark.parametrize("change", [forgotten, of_another, into_the_detail, added])
def test_it_cannot_be_changed_unnoticed(world: World, change: Callable[[World], str]) -> None:
    acted(world)
    assert fault(world) is None
    with world.engine.begin() as connection:
        connection.exec_driver_sql(change(world))
    assert "its content was changed" in (fault(world) or "")


def test_no_link_changes_on_the_way_down_and_up(world: World) -> None:
    acted(world)
    before, links = _row(world.engine), _links(world.engine)
    downgrade(world.engine, "0047")
    assert _links(world.engine) == links
    upgrade(world.engine)
    assert _links(world.engine) == links
    assert _row(world.engine) == before
    assert fault(world) is None


def _row(engine: Engine) -> tuple[int, int, dict[str, object]]:
    with engine.connect() as connection:
        key, whom, detail = connection.execute(text(ACTED)).one()
        return key, whom, detail if isinstance(detail, dict) else json.loads(detail)


def _links(engine: Engine) -> list[tuple[int, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, digest FROM audit_events ORDER BY id"))
        return [(key, digest) for key, digest in rows]
