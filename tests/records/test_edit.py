"""Editing a redacted version, and confirming it on another's page."""

from collections.abc import Callable

from models.records import RecordState
from portal.db import writing
from tests.cast import World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.circulated_builders import again
from tests.records.redacted_builders import OTHER, full, redacted

Visit = Callable[[str], Visitor]


def test_the_two_pages_in_turn(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        made = redacted(session, world, full(session, world))
    other, organiser = visit(OTHER), visit(ORGANISER)
    assert organiser.get(f"/records/{made.ref}/confirm").status == 403
    confirm, edit = f"/records/{made.ref}/confirm", f"/records/{made.ref}/edit"
    page = other.get(confirm)
    assert "Bank liaison" in page.words
    assert "[removed]" in page.words
    form = organiser.get(edit).form()
    assert sorted(form["passages"]) == ["0.positions.0", "1", "decisions.0"]
    assert form["names"] == ["Telco"]
    assert set(form["words"][0].split()) == {"Zebra", "CANARY", "Telcos"}
    looked = organiser.post(edit, {**form, "passages": ["1"], "look": "1"})
    assert "Shall Magpie be told?" in looked.words
    organiser.follow(organiser.post(edit, form))
    stale = organiser.post(edit, form)
    assert (stale.status, stale.form()["names"]) == (409, ["Telco"])
    late = other.post(confirm, page.form())
    assert late.status == 409
    assert again(world, made.ref).state == RecordState.DRAFT
    done = other.follow(other.post(confirm, late.form()))
    assert "Redacted version confirmed. Its readers are notified." in done.words
