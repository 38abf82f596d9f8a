"""Exporting the agenda of a dialogue and the list of who is invited."""

from collections.abc import Callable

import pytest

from models.agenda import AgendaLink
from models.vocabulary import Tlp
from portal.db import writing
from tests.cast import World
from tests.commitments.exported import name_of, pdf_of
from tests.dialogues.builders import ORGANISER
from tests.dialogues.seat_builders import sat
from tests.factories import published
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO, item
from tests.records.test_export import exported, talk, words

Visit = Callable[[str], Visitor]
BANK = "liaison@bank"
ARABIC, HEBREW = "تم الوفاء بالتعهد", "ההתחייבות קוימה"
# One engine is enough for what is laid out.
pytestmark = [pytest.mark.laid_out, pytest.mark.parametrize("engine", ["sqlite"], indirect=True)]


def test_the_agenda_is_printed_as_far_as_it_is_in_the_readers_sight(
    world: World, visit: Visit
) -> None:
    ref = talk(world).ref
    seen = {"Item for all": {TELCO, CLOUD, ORGANISER}, "Item of Telco": {TELCO}}
    seen["Item of organisers"] = {ORGANISER}
    for name in (TELCO, CLOUD, ORGANISER):
        answer = visit(name).get(f"/dialogues/{ref}/export/agenda")
        pages = pdf_of(answer)
        assert pages[0].count("TLP:AMBER+STRICT") >= 2
        text = words(pages)
        for title, whom in seen.items():
            assert (title in text) == (name in whom), (name, title)
        assert "Read this." in text
        assert "30 minutes" in text
        assert "Room 4" in text
        assert set(ARABIC.split()) <= set(text.split())
    assert name_of(answer).startswith(f"{ref}-agenda-TLP-AMBER-STRICT-")
    assert exported(world, "dialogues") == [ref] * 3


def test_an_agenda_is_as_strict_as_what_it_names(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = sat(session, world)
        key = item(session, world, dialogue, "About it", number=1)
        notice = published(session, world, CERT, tlp=Tlp.RED)
        session.add(AgendaLink(item_id=key, notice_id=notice.id))
    strict = visit(TELCO).get(f"/dialogues/{dialogue.ref}/export/agenda")
    assert pdf_of(strict)[0].count("TLP:RED") >= 2
    assert "-TLP-RED-" in name_of(strict)
    other = visit(CLOUD).get(f"/dialogues/{dialogue.ref}/export/agenda")
    assert "TLP:RED" not in words(pdf_of(other)), "what she may not know of is not on hers"


def test_who_is_invited_is_printed_for_those_at_the_table(world: World, visit: Visit) -> None:
    ref = talk(world).ref
    text = words(pdf_of(visit(TELCO).get(f"/dialogues/{ref}/export/invited")))
    for said in ("Telco liaison", "Cloud liaison", "Coordinator", "Response analyst", "Observer"):
        assert said in text, said
    assert "no response" in text or "not invited yet" in text
    for path in ("export/agenda", "export/invited"):
        assert visit("observer@un").get(f"/dialogues/{ref}/{path}").status == 404
        assert visit(BANK).get(f"/dialogues/{ref}/{path}").status == 404
