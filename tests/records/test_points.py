"""Points of a record are added, moved and taken out, while others write them."""

from collections.abc import Callable
from typing import Any

import pytest

from models.records import Record
from portal import records
from portal.db import reading, writing
from portal.errors import Invalid, TooLate
from portal.records import PointText
from tests.cast import NOW, World
from tests.commitments.at_once import at_once, by
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, begun, points, side, written
from tests.records.test_action_items import acted

Visit = Callable[[str], Visitor]


def titles(world: World, record: Record) -> list[tuple[int, str]]:
    with reading(world.sessions) as session:
        return [(row.number, row.title) for row in points(session, record)]


def test_a_point_comes_behind_another_or_at_the_end(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        first = points(session, record)[0].id
    organiser, address = visit(ORGANISER), f"/records/{record.ref}/add-point"
    organiser.follow(organiser.post(address, {"title": "Between", "after": first}))
    organiser.follow(organiser.post(address, {"title": "At the end", "after": 0}))
    assert titles(world, record) == [
        (1, "Restraint"), (2, "Between"), (3, "Next steps"), (4, "At the end"),
    ]  # fmt: skip
    answer = organiser.post(address, {"title": " ", "after": 0})
    assert (answer.status, set(answer.errors())) == (422, {"title"})


def test_a_point_moves_up_and_down_and_stays_at_the_ends(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        first, second = (point.id for point in points(session, record))
    organiser, base = visit(ORGANISER), f"/records/{record.ref}/points"
    organiser.follow(organiser.post(f"{base}/{second}/move", {"way": "up"}))
    assert titles(world, record) == [(1, "Next steps"), (2, "Restraint")]
    organiser.follow(organiser.post(f"{base}/{second}/move", {"way": "up"}))
    organiser.follow(organiser.post(f"{base}/{first}/move", {"way": "down"}))
    assert titles(world, record) == [(1, "Next steps"), (2, "Restraint")]
    assert organiser.post(f"{base}/{first + second}/move", {"way": "up"}).status == 409


def test_whoever_writes_a_point_keeps_her_place_when_it_is_moved(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        point = points(session, record)[1]
        records.move_point(session, world.actors[CERT], record.ref, point.id, up=True, now=NOW)
    with writing(world.sessions) as session:
        text = PointText("Next steps", "Written meanwhile")
        who = world.actors[ORGANISER]
        said: dict[str, Any] = {"text": text, "version": point.version, "now": NOW}
        records.write(session, who, record.ref, point.id, **said)
        assert [row.notes for row in points(session, record)] == ["Written meanwhile", ""]


def test_a_point_is_taken_out_and_the_others_close_up(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        first = points(session, record)[0]
    organiser = visit(ORGANISER)
    page = organiser.get(f"/records/{record.ref}/write")
    address = f"/records/{record.ref}/points/{first.id}/remove"
    organiser.follow(organiser.post(address, page.form(address)))
    assert titles(world, record) == [(1, "Next steps")]


def test_what_somebody_wrote_meanwhile_is_not_taken_out(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        first = points(session, record)[0]
    organiser, address = visit(ORGANISER), f"/records/{record.ref}/points/{first.id}/remove"
    form = organiser.get(f"/records/{record.ref}/write").form(address)
    with writing(world.sessions) as session:
        written(session, world, record, 1, notes="New words")
    assert organiser.post(address, form).status == 409
    assert len(titles(world, record)) == 2


@pytest.mark.parametrize("hanging", ["position", "action"])
def test_what_hangs_on_a_point_keeps_it(world: World, visit: Visit, hanging: str) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        if hanging == "action":
            acted(session, world, record)
        else:
            telco = side(session, world, record, "telco")
            written(session, world, record, 1, positions={telco: "Yes."})
        first = points(session, record)[0]
    who, said = world.actors[ORGANISER], {"version": first.version, "now": NOW}
    with pytest.raises(Invalid, match="point"), writing(world.sessions) as session:
        records.remove_point(session, who, record.ref, first.id, **said)
    organiser, address = visit(ORGANISER), f"/records/{record.ref}/points/{first.id}/remove"
    page = organiser.follow(organiser.post(address, {"version": first.version}))
    assert "This point has positions or action items" in page.words


def test_of_those_who_rearrange_at_once_the_order_stays_whole(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        first, second = (point.id for point in points(session, record))
    ends = at_once(
        world,
        by(world, ORGANISER, records.move_point, record.ref, second, up=True),
        by(world, CERT, records.add_point, record.ref, title="Third", after=first),
    )
    assert all(end is None or isinstance(end, TooLate) for end in ends)
    assert None in ends
    numbers = [number for number, _title in titles(world, record)]
    assert numbers == list(range(1, len(numbers) + 1))
