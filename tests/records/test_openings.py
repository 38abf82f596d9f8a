"""Their writers see who has opened minutes, and nobody else does."""

from collections.abc import Callable

import pytest

from portal import records, web
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO
from tests.records.circulated_builders import SECOND, again, circulated, ready, sent

Visit = Callable[[str], Visitor]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "read_clock", lambda: NOW)


def lines(world: World, ref: str) -> dict[str, tuple[bool, bool, bool]]:
    with reading(world.sessions) as session:
        rows = records.openings(session, again(world, ref), NOW)
    assert [row.opened_at is not None for row in rows] == sorted(
        row.opened_at is not None for row in rows
    ), "whoever has not opened it comes first"
    return {
        row.person: (bool(row.opened_at), bool(row.agreed_at), bool(row.objected_at))
        for row in rows
    }


def test_opened_agreed_and_objected_stand_beside_each_who_attended(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = circulated(session, world).ref
    nobody = dict.fromkeys(lines(world, ref), (False, False, False))
    assert set(lines(world, ref)) >= {world.actors[name].name for name in (TELCO, CLOUD, CERT)}
    assert {name: said for name, said in lines(world, ref).items() if any(said)} == {}
    visit(TELCO).get(f"/records/{ref}")
    with writing(world.sessions) as session:
        records.agree(session, world.actors[TELCO], ref, NOW + SECOND)
        records.read(session, world.actors[CERT], ref, NOW + SECOND)
    expected = nobody | {
        world.actors[TELCO].name: (True, True, False),
        world.actors[CERT].name: (True, False, False),
    }
    assert lines(world, ref) == expected
    page = visit(ORGANISER).get(f"/records/{ref}/read-ledger")
    assert f"2 of {len(expected)} people who attended have opened version 1." in page.words
    assert "not opened" in page.words
    assert visit(TELCO).get(f"/records/{ref}/read-ledger").status == 403


def test_a_new_version_is_unopened_and_an_objection_is_of_its_version(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = circulated(session, world).ref
        records.read(session, world.actors[CLOUD], ref, NOW)
        records.object_to(session, world.actors[CLOUD], ref, why="No", point=1, now=NOW)
    assert lines(world, ref)[world.actors[CLOUD].name] == (True, False, True)
    with writing(world.sessions) as session:
        record = again(world, ref)
        sent(session, world, session.merge(record))
    assert lines(world, ref)[world.actors[CLOUD].name] == (False, False, False)


def test_a_draft_was_opened_by_nobody(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = ready(session, world).ref
    assert lines(world, ref) == {}
    assert "Opened" not in visit(ORGANISER).get(f"/records/{ref}/read-ledger").words
