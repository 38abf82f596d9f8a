"""A record is written point by point: by one, and by two at once."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models.dialogues import Dialogue
from models.records import Position, Record, RecordEdition, RecordState
from portal import records
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from portal.records import PointText
from tests.cast import NOW, World
from tests.commitments.at_once import at_once, by, exactly_one
from tests.dialogues.builders import ORGANISER
from tests.pages import Answer, Visitor, fields_of
from tests.records.builders import CERT, CLOUD, TELCO, begun, points, side, written

Visit = Callable[[str], Visitor]


def rows(world: World, record: Record) -> list[tuple[int, str, str]]:
    """The points as the database has them."""
    with reading(world.sessions) as session:
        return [(row.number, row.title, row.notes) for row in points(session, record)]


def point_form(page: Answer, number: int = 1) -> dict[str, list[str]]:
    """What a browser would send of the form of a point."""
    return fields_of(page.page.select("main form[data-hx-post]")[number - 1])


def test_title_notes_and_positions_are_kept(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        telco = side(session, world, record, "telco")
    organiser = visit(ORGANISER)
    page = organiser.get(f"/records/{record.ref}/write")
    said = {"notes": ["Both **agree**."], f"position-{telco}": ["We hold back."]}
    answer = organiser.post(f"/records/{record.ref}/write", point_form(page) | said)
    assert answer.to.endswith(f"#point-{points_key(world, record, 1)}")
    read = organiser.get(f"/records/{record.ref}")
    assert "We hold back." in read.words
    assert "agree" in [tag.get_text() for tag in read.page.select("main strong")]
    assert rows(world, record)[0] == (1, "Restraint", "Both **agree**.")


def points_key(world: World, record: Record, number: int) -> int:
    with reading(world.sessions) as session:
        return points(session, record)[number - 1].id


def test_a_position_that_is_emptied_is_taken_out(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        telco, cloud = (side(session, world, record, home) for home in ("telco", "cloud"))
        written(session, world, record, 1, positions={telco: "Yes.", cloud: "No."})
        written(session, world, record, 1, positions={telco: "Yes, perhaps.", cloud: " "})
        left = session.execute(select(Position.delegation_id, Position.words)).all()
        assert [tuple(row) for row in left] == [(telco, "Yes, perhaps.")]
        written(session, world, record, 1, notes="More.")
        assert session.scalars(select(Position.words)).all() == ["Yes, perhaps."]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"notes": "x" * 50_001}, "notes"),
        ({"positions": {999: "Who?"}}, "positions"),
    ],
)
def test_what_cannot_be_taken_is_said(world: World, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        written(session, world, begun(session, world), 1, **said)
    assert set(refused.value.problems) == {field}


def test_what_is_wrong_comes_back_with_all_that_was_typed(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        telco = side(session, world, record, "telco")
    organiser = visit(ORGANISER)
    form = point_form(organiser.get(f"/records/{record.ref}/write"))
    form |= {"title": [""], "notes": ["Kept typing"], f"position-{telco}": ["Ours"]}
    answer = organiser.post(f"/records/{record.ref}/write", form)
    assert answer.status == 422
    again = point_form(answer)
    assert (again["notes"], again[f"position-{telco}"]) == (["Kept typing"], ["Ours"])
    assert "Give the point a title." in answer.words


def test_two_editors_see_both_texts_and_the_second_decides(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
    first, second, address = visit(ORGANISER), visit(CERT), f"/records/{record.ref}/write"
    forms = [point_form(visitor.get(address)) for visitor in (first, second)]
    first.follow(first.post(address, forms[0] | {"notes": ["Theirs was first"]}))
    answer = second.post(address, forms[1] | {"notes": ["Mine came later"]})
    assert answer.status == 409
    deleted = " ".join(tag.get_text() for tag in answer.page.select("del"))
    inserted = " ".join(tag.get_text() for tag in answer.page.select("ins"))
    assert "Mine" in deleted
    assert "Theirs" in inserted
    assert rows(world, record)[0][2] == "Theirs was first"
    assert point_form(answer)["notes"] == ["Mine came later"]
    second.follow(second.post(address, point_form(answer)))
    assert rows(world, record)[0][2] == "Mine came later"


def test_two_write_different_points_at_once_and_both_are_kept(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        keys = [(point.id, point.version) for point in points(session, record)]
    acts = [
        by(
            world, name, records.write, record.ref, key,
            text=PointText("Point", f"By {name}"), version=version,
        )
        for name, (key, version) in zip((ORGANISER, CERT), keys, strict=True)
    ]  # fmt: skip
    assert at_once(world, *acts) == [None, None]
    assert [notes for _n, _title, notes in rows(world, record)] == [f"By {ORGANISER}", f"By {CERT}"]


def test_two_write_one_point_at_once_and_one_is_told(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        point = points(session, record)[0]
    acts = [
        by(
            world, name, records.write, record.ref, point.id,
            text=PointText("Point", f"By {name}"), version=point.version,
        )
        for name in (ORGANISER, CERT)
    ]  # fmt: skip
    won = exactly_one(at_once(world, *acts), TooLate)
    assert rows(world, record)[0][2] == f"By {(ORGANISER, CERT)[won]}"


@pytest.mark.parametrize(("name", "says"), [(TELCO, 404), (CLOUD, 404), ("liaison@bank", 404)])
def test_nobody_else_sees_a_draft(world: World, visit: Visit, name: str, says: int) -> None:
    with writing(world.sessions) as session:
        ref = begun(session, world).ref
    visitor = visit(name)
    for address in (f"/records/{ref}", f"/records/{ref}/write"):
        assert visitor.get(address).status == says
    assert ref not in visitor.get("/records/").text


def test_once_sent_round_it_is_no_longer_written(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        record.state = RecordState.CIRCULATED
    with pytest.raises(TooLate), writing(world.sessions) as session:
        written(session, world, record, 1, notes="Too late")
    for name, says in ((TELCO, Refused), ("liaison@bank", NotFound)):
        with pytest.raises(says), writing(world.sessions) as session:
            records.add_point(session, world.actors[name], record.ref, title="x", now=NOW)


def test_under_chatham_house_there_is_no_place_for_a_speaker(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world, rule="chatham")
        telco = side(session, world, record, "telco")
    organiser = visit(ORGANISER)
    page = organiser.get(f"/records/{record.ref}/write")
    assert not [name for name in point_form(page) if name.startswith("position")]
    assert "never who said it" in page.words
    form = point_form(page) | {f"position-{telco}": ["We said it"]}
    assert organiser.post(f"/records/{record.ref}/write", form).status == 422
    with reading(world.sessions) as session:
        assert session.scalars(select(Position)).all() == []


@pytest.mark.parametrize("attributed", [True, False])
def test_the_table_itself_takes_no_position_under_chatham_house(
    world: World, attributed: bool
) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world, rule="chatham")
        telco, point = side(session, world, record, "telco"), points(session, record)[0].id
        row = {"dialogue_id": record.dialogue_id, "point_id": point, "delegation_id": telco}
        assert not session.get_one(Dialogue, record.dialogue_id).attributed
        session.add(Position(**row, attributed=attributed, words="We said it"))
        with pytest.raises(IntegrityError):
            session.flush()
        session.rollback()


def test_no_word_falls_between_the_draft_and_what_is_sent_round(world: World) -> None:
    for _ in range(4):
        with writing(world.sessions) as session:
            record = begun(session, world)
            point = written(session, world, record, 1, notes="Before")
            ready = records.ready(session, world.actors[ORGANISER], record.ref, NOW)
        who, text = record.ref, PointText("Restraint", "At the last moment")
        ends = at_once(
            world,
            by(world, CERT, records.write, who, point.id, text=text, version=point.version),
            by(world, ORGANISER, records.circulate, who, days=5, sha256=ready.sha256),
        )
        exactly_one(ends, TooLate)
        with reading(world.sessions) as session:
            sealed = session.scalars(
                select(RecordEdition.text).where(RecordEdition.record_id == record.id)
            ).one_or_none()
        if sealed is not None:
            assert sealed["points"][0]["notes"] == rows(world, record)[0][2] == "Before"
