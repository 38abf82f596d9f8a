"""Suggestions for the agenda: made by anybody at the table, planned or laid aside by organisers."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.agenda import AgendaItem
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import Shared
from portal.dialogues.suggestions import MOST_WISHES
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.seat_builders import (
    CLOUD,
    GUEST,
    OUTSIDER,
    TELCO,
    item,
    sat,
    side,
    suggest,
    titles,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_suggestion_by_a_form_is_taken_up_and_its_writer_sees_that(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        item(session, world, ref, "Opening")
    telco, coordinator = visit(TELCO), visit(ORGANISER)
    form = telco.get(f"/dialogues/{ref}/suggest-item").form() | {"sight": ["all:0"]}
    assert telco.post(f"/dialogues/{ref}/suggest-item", form | {"title": [" "]}).errors()["title"]
    answer = telco.post(
        f"/dialogues/{ref}/suggest-item", form | {"title": ["Hotline"], "body": ["Now."]}
    )
    page = telco.follow(answer)
    assert "Hotline · not decided yet" in page.words
    number = answer.to.rpartition("-")[2]
    taken = coordinator.post(f"/dialogues/{ref}/items/{number}/take")
    coordinator.follow(taken)
    with reading(world.sessions) as session:
        assert titles(session, ref) == ["Opening", "Hotline"]
    assert "Hotline · planned" in telco.get(f"/dialogues/{ref}").words
    assert coordinator.post(f"/dialogues/{ref}/items/{number}/lay-aside").status == 409


def test_a_suggestion_that_is_laid_aside_is_seen_so_by_its_writer(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        number = suggest(session, world, ref, to=Shared()).id
    coordinator = visit(ORGANISER)
    coordinator.follow(coordinator.post(f"/dialogues/{ref}/items/{number}/lay-aside"))
    assert "A wish · declined" in visit(TELCO).get(f"/dialogues/{ref}").words
    assert visit(TELCO).post(f"/dialogues/{ref}/items/{number}/withdraw").status == 409


def test_a_suggestion_of_one_side_is_hidden_from_everybody_else(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref = dialogue.ref
        telco = side(session, world, dialogue, "telco")
        ours = suggest(session, world, ref, to=Shared("side", telco), title="Ours alone").id
        notified = suggest(
            session, world, ref, to=Shared("caucus", telco), title="In confidence"
        ).id
    sees = {
        TELCO: (True, True),
        "colleague@telco": (True, True),
        ORGANISER: (False, True),
        CLOUD: (False, False),
        GUEST: (False, False),
        OUTSIDER: (False, False),
    }
    for name, expected in sees.items():
        text = visit(name).get(f"/dialogues/{ref}").text
        assert ("Ours alone" in text, "In confidence" in text) == expected, name
    assert "Ours alone" not in visit(ORGANISER).get(f"/dialogues/{ref}/plan").text
    own = visit(TELCO).get(f"/dialogues/{ref}").words
    assert "Ours alone · for your delegation only" in own, "nobody else is to answer it"
    assert "In confidence · not decided yet" in own
    for verb in ("edit", "move", "remove", "take", "lay-aside"):
        coordinator = visit(ORGANISER).post(f"/dialogues/{ref}/items/{ours}/{verb}", {"to": "up"})
        assert coordinator.status == 404, verb
    for name in (CLOUD, GUEST):
        for number in (ours, notified):
            answer = visit(name).post(f"/dialogues/{ref}/items/{number}/withdraw")
            assert answer.status == 404, name


def test_each_may_share_a_suggestion_only_with_her_own_side(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref = dialogue.ref
        telco, cloud = (side(session, world, dialogue, name) for name in ("telco", "cloud"))
        for name, shared in (
            (TELCO, Shared("side", cloud)),
            (TELCO, Shared("caucus", cloud)),
            (TELCO, Shared("organisers")),
            (GUEST, Shared("caucus", telco)),
            (ORGANISER, Shared("side", telco)),
        ):
            with pytest.raises(Invalid, match="sight"):
                suggest(session, world, ref, name, to=shared)
        assert session.scalars(select(AgendaItem)).all() == []
    offered = {
        str(option["value"])
        for option in visit(TELCO)
        .get(f"/dialogues/{ref}/suggest-item")
        .page.select("#sight option")
        if option["value"]
    }
    assert offered == {"all:0", f"caucus:{telco}", f"side:{telco}"}
    alone = visit(GUEST).get(f"/dialogues/{ref}/suggest-item").page.select("#sight option")
    assert [str(option["value"]) for option in alone] == ["all:0"]


def test_a_suggestion_is_taken_back_by_its_writer_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        number = suggest(session, world, ref, to=Shared()).id
    address = f"/dialogues/{ref}/items/{number}/withdraw"
    assert visit(CLOUD).post(address).status == 403
    telco = visit(TELCO)
    telco.follow(telco.post(address))
    with reading(world.sessions) as session:
        assert session.scalars(select(AgendaItem)).all() == []


def test_a_suggestion_is_no_item_before_it_is_taken_up(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        number = suggest(session, world, ref, to=Shared()).id
    coordinator = visit(ORGANISER)
    assert coordinator.get(f"/dialogues/{ref}/items/{number}/edit").status == 409
    for verb in ("move", "remove"):
        answer = coordinator.post(f"/dialogues/{ref}/items/{number}/{verb}", {"to": "up"})
        assert answer.status == 409, verb


def test_who_suggests_on_and_on_waits_for_an_answer(world: World) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        for _n in range(MOST_WISHES):
            suggest(session, world, ref, to=Shared())
        with pytest.raises(Invalid, match="title"):
            suggest(session, world, ref, to=Shared())
        suggest(session, world, ref, CLOUD, to=Shared())


def test_nobody_suggests_before_the_table_is_told_or_after_it_met(world: World) -> None:
    with writing(world.sessions) as session:
        for state in ("held", "concluded"):
            ref = sat(session, world, state=state).ref
            with pytest.raises(TooLate):
                suggest(session, world, ref, to=Shared())
        row = sat(session, world)
        number = suggest(session, world, row.ref, to=Shared()).id
        dialogues.lay_suggestion_aside(session, world.actors[ORGANISER], row.ref, number, NOW)
        assert session.get_one(AgendaItem, number).state == "dropped"
