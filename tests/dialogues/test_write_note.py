"""Notes of one side: written, taken away, and seen by nobody else."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.agenda import SideNote
from models.ledger import AuditEvent
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import Shared
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.seat_builders import CLOUD, GUEST, OUTSIDER, TELCO, item, sat, side, suggest
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def note(session: Any, world: World, ref: str, by: str = TELCO, **values: Any) -> SideNote:
    said = {"text": "Canary of a side", "now": NOW} | values
    return dialogues.write_note(session, world.actors[by], ref, **said)


def test_a_note_by_a_form_stands_at_its_item_and_is_taken_away(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco")
        number = item(session, world, ref).id
    visitor = visit(TELCO)
    form = visitor.get(f"/dialogues/{ref}/write-note").form()
    assert visitor.post(
        f"/dialogues/{ref}/write-note", form | {"text": [" "], "sight": [f"side:{telco}"]}
    ).errors()["text"]
    form |= {"text": ["We can give here."], "item": [str(number)], "sight": [f"side:{telco}"]}
    page = visitor.follow(visitor.post(f"/dialogues/{ref}/write-note", form))
    place = page.page.select_one(f"#item-{number}")
    assert place is not None
    assert "We can give here." in place.get_text()
    with reading(world.sessions) as session:
        key = session.scalars(select(SideNote.id)).one()
    visitor.follow(visitor.post(f"/dialogues/{ref}/notes/{key}/remove"))
    with reading(world.sessions) as session:
        assert session.scalars(select(SideNote)).all() == []


@pytest.mark.parametrize("sight", ["side", "caucus", "organisers"])
def test_a_note_is_seen_by_those_it_is_for_and_by_no_number(
    world: World, visit: Visit, sight: str
) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco")
        by = ORGANISER if sight == "organisers" else TELCO
        shared = Shared(sight, None if sight == "organisers" else telco)
        number = note(session, world, ref, by, shared=shared).id
    sees = {
        TELCO: sight != "organisers",
        "colleague@telco": sight != "organisers",
        ORGANISER: sight != "side",
        CLOUD: False,
        GUEST: False,
        OUTSIDER: False,
        "steward@portal": False,
        "mediator@peace": False,
    }
    for name, expected in sees.items():
        visitor = visit(name)
        assert ("Canary of a side" in visitor.get(f"/dialogues/{ref}").text) == expected, name
        if name != by:
            answer = visitor.post(f"/dialogues/{ref}/notes/{number}/remove")
            # A guest alone writes no notes at all, and so is told the same of every number.
            hidden = 403 if name == GUEST else 404
            assert answer.status == (403 if expected else hidden), name
    with reading(world.sessions) as session:
        assert session.scalars(select(SideNote.id)).all() == [number]


def test_the_other_side_sees_no_form_choice_page_or_endpoint_of_it(
    world: World, visit: Visit
) -> None:
    """Attack B22: side B looks for side A's notes, items and papers, by page and by number."""
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref = dialogue.ref
        telco, cloud = (side(session, world, dialogue, name) for name in ("telco", "cloud"))
        aside = item(session, world, ref, "Canary aside", shared=Shared("caucus", telco)).id
        secret = suggest(session, world, ref, to=Shared("side", telco), title="Canary wish").id
        kept = note(session, world, ref, item=aside, shared=Shared("side", telco)).id
        shared = Shared("caucus", telco)
        said = {"title": "Canary paper", "link": "https://canary.example/", "shared": shared}
        read = dialogues.add_document(session, world.actors[TELCO], ref, **said, now=NOW).id
    visitor = visit(CLOUD)
    for page in ("", "/suggest-item", "/add-document", "/write-note", "/check-in"):
        text = visitor.get(f"/dialogues/{ref}{page}").text.lower()
        assert "canary" not in text, page
        assert f"item-{aside}" not in text, page
        assert f":{telco}" not in text, page
    for endpoint in (
        f"items/{secret}/withdraw",
        f"items/{aside}/withdraw",
        f"notes/{kept}/remove",
        f"papers/{read}/remove",
    ):
        absent = endpoint.replace("/", "/9999", 1)
        found = [visitor.post(f"/dialogues/{ref}/{one}") for one in (endpoint, absent)]
        assert [answer.status for answer in found] == [404, 404], endpoint
        bare = [answer.words.replace("9999", "") for answer in found]
        assert bare[0] == bare[1], "hidden and absent look alike"
    own = {"sight": f"side:{cloud}", "text": "x", "title": "x", "link": "https://x.example/"}
    for page in ("write-note", "add-document"):
        answer = visitor.post(f"/dialogues/{ref}/{page}", own | {"item": str(aside)})
        assert answer.status == 422, page
        assert "canary" not in answer.text.lower()
        stolen = visitor.post(f"/dialogues/{ref}/{page}", own | {"sight": f"side:{telco}"})
        assert set(stolen.errors()) == {"sight"}, page


@pytest.mark.parametrize(
    ("by", "sight", "home"),
    [
        (TELCO, "all", ""),
        (TELCO, "organisers", ""),
        (TELCO, "side", "cloud"),
        (TELCO, "caucus", "cloud"),
        (TELCO, "side", ""),
        (ORGANISER, "side", "telco"),
        (ORGANISER, "caucus", ""),
        (ORGANISER, "organisers", "telco"),
    ],
)
def test_nobody_writes_where_she_would_not_read(
    world: World, by: str, sight: str, home: str
) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        shared = Shared(sight, side(session, world, dialogue, home) if home else None)
        with pytest.raises(Invalid, match="sight"):
            note(session, world, dialogue.ref, by, shared=shared)


def test_a_side_of_another_dialogue_is_none(world: World) -> None:
    with writing(world.sessions) as session:
        other = sat(session, world)
        ref, telco = sat(session, world).ref, side(session, world, other, "telco")
        for by, sight in ((TELCO, "side"), (ORGANISER, "caucus")):
            with pytest.raises(Invalid, match="sight"):
                note(session, world, ref, by, shared=Shared(sight, telco))


def test_whoever_left_her_organisation_sees_its_notes_no_more(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco")
        note(session, world, ref, shared=Shared("side", telco))
    colleague = visit("colleague@telco")
    assert "Canary of a side" in colleague.get(f"/dialogues/{ref}").text
    with world.engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE memberships SET ends_at = begins_at WHERE person_id = "
            f"{world.actors['colleague@telco'].person_id}"
        )
    assert colleague.get(f"/dialogues/{ref}").status == 404


def test_the_trail_holds_no_word_and_no_item_of_a_note(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco")
        number = item(session, world, ref).id
        note(session, world, ref, item=number, shared=Shared("side", telco))
        events = session.scalars(select(AuditEvent).where(AuditEvent.verb == "write-note")).all()
    assert [event.detail for event in events] == [{}]


def test_a_guest_alone_has_nobody_to_write_to(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = sat(session, world).ref
    guest = visit(GUEST)
    assert "Add note" not in guest.get(f"/dialogues/{ref}").words
    assert guest.get(f"/dialogues/{ref}/write-note").status == 403
