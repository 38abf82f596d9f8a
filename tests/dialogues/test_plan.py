"""The agenda is planned: added, said anew, ordered by any sequence of moves, timed, removed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.dialogues import Dialogue
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import Shared
from portal.dialogues.agenda_rows import ItemRow
from portal.dialogues.planning import DOWN, UP, put
from portal.errors import Invalid
from tests.cast import World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.seat_builders import (
    STARTS,
    TELCO,
    attendee,
    item,
    sat,
    titles,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
ORDER = list(range(1, 8))


@given(
    st.lists(
        st.tuples(st.sampled_from(ORDER), st.sampled_from([UP, DOWN, "1", "3", "7", "99", "0"])),
        max_size=20,
    ),
    st.sets(st.sampled_from(ORDER), min_size=1),
)
def test_any_sequence_of_moves_keeps_each_item_once(
    moves: list[tuple[int, str]], seen: set[int]
) -> None:
    order = ORDER
    for key, to in moves:
        if key in seen:
            before = [one for one in order if one not in seen]
            order = put(order, frozenset(seen), key, to)
            assert [one for one in order if one not in seen] == before
    assert sorted(order) == ORDER


def test_an_item_is_moved_past_those_that_its_mover_sees() -> None:
    everybody = frozenset({1, 2, 3, 4})
    assert put([1, 2, 3, 4], everybody, 3, UP) == [1, 3, 2, 4]
    assert put([1, 2, 3, 4], everybody, 3, DOWN) == [1, 2, 4, 3]
    assert put([1, 2, 3, 4], everybody, 1, UP) == [1, 2, 3, 4]
    assert put([1, 2, 3, 4], everybody, 4, "1") == [4, 1, 2, 3]
    assert put([1, 2, 3, 4], everybody, 1, "3") == [2, 3, 1, 4]
    assert put([1, 2, 3, 4], frozenset({1, 4}), 4, UP) == [4, 1, 2, 3]


@pytest.mark.parametrize("to", ["", "left", "-1", "1.5", "١", "12345"])
def test_a_place_that_is_none_is_refused(to: str) -> None:
    with pytest.raises(Invalid, match="to"):
        put([1, 2], frozenset({1, 2}), 1, to)


def test_planned_by_a_form_and_moved_by_its_buttons(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    coordinator = visit(ORGANISER)
    form = coordinator.get(f"/dialogues/{ref}/plan").form() | {"sight": ["all:0"]}
    for title in ("First", "Second", "Third"):
        answer = coordinator.post(f"/dialogues/{ref}/plan", form | {"title": [title]})
        page = coordinator.follow(answer)
    third = answer.to.rpartition("-")[2]
    moved = coordinator.post(f"/dialogues/{ref}/items/{third}/move", {"to": "up"})
    assert moved.to == f"/dialogues/{ref}/plan#up-{third}"
    page = coordinator.follow(moved)
    assert page.page.select_one(f"#up-{third}"), "the focus comes back to the button"
    assert "The item is now number 2." in page.words
    coordinator.follow(coordinator.post(f"/dialogues/{ref}/items/{third}/move", {"to": "1"}))
    with reading(world.sessions) as session:
        assert titles(session, ref) == ["Third", "First", "Second"]


def test_what_the_script_sends_is_what_the_buttons_send(visit: Visit, world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
        item(session, world, ref)
    page = visit(ORGANISER).get(f"/dialogues/{ref}/plan").page
    row = page.select("[data-agenda] > li")[0]
    form = row.select_one("form[data-move]")
    assert form is not None
    assert [str(one["value"]) for one in form.select("button[name=to]")] == ["up", "down"]
    script = page.select_one("main script[src]")
    assert script is not None
    assert str(script["src"]).startswith("/static/"), "from our own origin, as the policy asks"


def test_times_are_in_the_zone_of_whoever_reads(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        item(session, world, ref, "Opening", minutes=30)
        item(session, world, ref, "Restraint", minutes=75)
    page = visit(TELCO).get(f"/dialogues/{ref}")
    agenda = page.page.select_one("#agenda")
    assert agenda is not None
    instants = [str(time["datetime"]) for time in agenda.select(".go-agenda h3 time")]
    assert instants == [at.isoformat(timespec="minutes") for at in (
        STARTS, STARTS + timedelta(minutes=30),
    )]  # fmt: skip
    assert "15 minutes longer than the dialogue" in page.words


def seen(**values: Any) -> ItemRow:
    item = ItemRow(
        id=1,
        number=1,
        title="Item",
        body="",
        state="planned",
        sight="all",
        minutes=10,
        side=None,
        leader=None,
        mine=False,
        carried_over=False,
    )
    return replace(item, **values)


def test_what_not_all_see_moves_no_time_of_the_others() -> None:
    dialogue = Dialogue(minutes=60, starts_at=STARTS)
    items = [
        seen(),
        seen(id=2, sight="caucus", minutes=20),
        seen(id=3, state="dropped"),
        seen(id=4, state="done"),
        seen(id=5, state="suggested"),
    ]
    agenda = dialogues.agenda_of(dialogue, items)
    minutes = [line.starts_at and (line.starts_at - STARTS).seconds // 60 for line in agenda.lines]
    assert minutes == [0, 10, None, 10]
    assert [line.beside for line in agenda.lines] == [False, True, False, False]
    assert (agenda.planned, agenda.spare) == (20, 40)
    assert [row.id for row in agenda.suggestions] == [5]
    without = dialogues.agenda_of(dialogue, [one for one in items if one.sight == "all"])
    assert [line.starts_at for line in without.lines if line.item.id == 4] == [
        line.starts_at for line in agenda.lines if line.item.id == 4
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": "x" * 20_001}, "body"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": 1441}, "minutes"),
        ({"state": "suggested"}, "state"),
        ({"state": "solved"}, "state"),
        ({"lead_id": 999_999}, "lead"),
        ({"links": ("N-26-ZZZZZZ",)}, "links"),
        ({"links": tuple(f"N-26-{n:06}" for n in range(21))}, "links"),
        ({"shared": Shared("everybody")}, "sight"),
        ({"shared": Shared("caucus")}, "sight"),
        ({"shared": Shared("caucus", 999_999)}, "sight"),
        ({"shared": Shared("all", 1)}, "sight"),
        ({"shared": Shared("side", 1)}, "sight"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field(
    world: World, values: dict[str, Any], field: str
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        item(session, world, ref, **({"title": "Restraint"} | values))
    assert set(refused.value.problems) == {field}


def test_somebody_of_another_table_leads_nothing(world: World) -> None:
    with writing(world.sessions) as session:
        other = attendee(session, world, sat(session, world), TELCO).id
        ref = sat(session, world).ref
        with pytest.raises(Invalid, match="lead"):
            item(session, world, ref, lead_id=other)
