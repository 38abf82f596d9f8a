"""Papers to read before a dialogue: added, shared with some, new to others, taken away."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from models.agenda import Document
from models.dialogues import Dialogue
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import Shared
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.seat_builders import CLOUD, GUEST, OUTSIDER, TELCO, item, sat, side
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def document(session: Any, world: World, ref: str, by: str = TELCO, **values: Any) -> Document:
    said = {"title": "Norm f", "link": "https://un.example/f", "shared": Shared(), "now": NOW}
    return dialogues.add_document(session, world.actors[by], ref, **(said | values))


def test_a_document_by_a_form_stands_at_its_item(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        number = item(session, world, ref).id
    telco = visit(TELCO)
    form = telco.get(f"/dialogues/{ref}/add-document").form() | {"sight": ["all:0"]}
    form |= {"title": ["Norm f"], "link": ["http://un.example/f"], "item": [str(number)]}
    assert telco.post(f"/dialogues/{ref}/add-document", form).errors()["link"]
    form |= {"link": ["https://un.example/f"]}
    page = telco.follow(telco.post(f"/dialogues/{ref}/add-document", form))
    link = page.page.select_one(f"#item-{number} a[href='https://un.example/f']")
    assert link is not None
    assert link.get_text() == "Norm f"
    assert link["rel"] == ["noreferrer"], "where it lies does not learn where it is read"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://files.example/f"}, "link"),
        ({"link": "https://" + "x" * 2000}, "link"),
        ({"item": 999_999}, "item"),
        ({"shared": Shared("organisers")}, "sight"),
        ({"shared": Shared("caucus", 999_999)}, "sight"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field(
    world: World, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused, writing(world.sessions) as session:
        document(session, world, sat(session, world).ref, **values)
    assert set(refused.value.problems) == {field}


def test_each_sees_what_is_shared_with_her(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco")
        document(session, world, ref, title="For all of us")
        document(session, world, ref, title="For our side", shared=Shared("side", telco))
        document(session, world, ref, title="In caucus", shared=Shared("caucus", telco))
        ours = Shared("organisers")
        document(session, world, ref, ORGANISER, title="Backstage", shared=ours)
    every = ("For all of us", "For our side", "In caucus", "Backstage")
    sees = {
        TELCO: (True, True, True, False),
        ORGANISER: (True, False, True, True),
        CLOUD: (True, False, False, False),
        GUEST: (True, False, False, False),
    }
    for name, expected in sees.items():
        text = visit(name).get(f"/dialogues/{ref}").text
        assert tuple(title in text for title in every) == expected, name
    assert visit(OUTSIDER).get(f"/dialogues/{ref}").status == 404


def test_taken_away_by_its_adder_or_an_organiser(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco")
        first, second = (document(session, world, ref).id for _n in range(2))
        hidden = document(session, world, ref, shared=Shared("side", telco)).id
        other = sat(session, world).ref
    address = f"/dialogues/{ref}/documents/%s/remove"
    assert visit(CLOUD).post(address % first).status == 403
    assert visit(CLOUD).post(address % hidden).status == 404
    assert visit(ORGANISER).post(address % hidden).status == 404
    assert visit(ORGANISER).post(f"/dialogues/{other}/documents/{first}/remove").status == 404
    for name, number in ((TELCO, first), (ORGANISER, second), (TELCO, hidden)):
        visitor = visit(name)
        visitor.follow(visitor.post(address % number))
    with reading(world.sessions) as session:
        assert session.scalars(select(Document)).all() == []


def test_what_was_added_since_one_last_looked_is_new(world: World) -> None:
    cloud = world.actors[CLOUD]

    def new(at: Any) -> list[str]:
        with writing(world.sessions) as session:
            read = dialogues.read(session, cloud, ref, at)
            return [row.title for row in read.related.documents if row.new]

    with writing(world.sessions) as session:
        ref = sat(session, world).ref
        document(session, world, ref, title="Early")
        document(session, world, ref, CLOUD, title="Own")
    assert new(NOW + timedelta(hours=1)) == ["Early"], "never read: all of others is new"
    assert new(NOW + timedelta(hours=2)) == []
    with writing(world.sessions) as session:
        document(session, world, ref, title="Late", now=NOW + timedelta(hours=3))
        # That another read it, or that she read another, changes nothing for her.
        dialogues.read(session, world.actors[ORGANISER], ref, NOW + timedelta(hours=4))
        other = sat(session, world).ref
        dialogues.read(session, cloud, other, NOW + timedelta(hours=4))
    assert new(NOW + timedelta(hours=5)) == ["Late"]
    assert new(NOW + timedelta(hours=6)) == []


def test_who_added_it_is_told_to_the_table_alone(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world, rule="open", tlp="GREEN").ref
        document(session, world, ref, GUEST, title="For everybody")
    outside = visit(OUTSIDER).get(f"/dialogues/{ref}")
    assert "For everybody" in outside.words
    assert "Response analyst" not in outside.words
    assert "Response analyst" in visit(TELCO).get(f"/dialogues/{ref}").words


def test_only_organisers_add_to_a_draft(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
        document(session, world, ref, ORGANISER)
        assert session.scalars(select(Dialogue.state)).all() == ["draft"]
    assert visit(TELCO).get(f"/dialogues/{ref}/add-document").status == 404
