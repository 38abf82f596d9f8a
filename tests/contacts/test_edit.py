"""A contact point is changed by its organisation; who may see it changes at once."""

from collections.abc import Callable

from portal.db import writing
from tests.cast import World
from tests.contacts.builders import CLOUD, MEDIATOR, TELCO, published, typed
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_recipients_change_at_once_on_page_and_list(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        contact = published(session, world, "peace")
        ref, version = contact.ref, contact.version
    page = f"/contacts/{ref}/edit"
    cloud = str(world.organisations["cloud"].id)
    sent = typed(world, organisation="", organisations=cloud, version=str(version))
    assert visit(TELCO).post(page, sent).to.endswith(ref)
    for who, sees in ((CLOUD, True), (MEDIATOR, False)):
        assert visit(who).get(f"/contacts/{ref}").status == (200 if sees else 404)
        assert (ref in visit(who).get("/contacts/").text) == sees


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        contact = published(session, world, "peace")
        ref, version = contact.ref, contact.version
    page = f"/contacts/{ref}/edit"
    late = typed(world, organisation="", label="Mine", version=str(version - 1))
    late |= {"purpose": "technical", "hours-0-begins": "07:30", "round_the_clock": "y"}
    answer = visit(TELCO).post(page, late)
    assert answer.status == 409
    assert "yours: Technical theirs: Duty officer" in answer.words, "as the form words it"
    assert "Monday 07:30–16:00" in answer.words
    assert "yours: yes theirs: no" in answer.words
    assert "Someone saved another version" in answer.words
    assert "Duty officer" in visit(TELCO).get(f"/contacts/{ref}").words


def test_the_form_holds_what_is_saved(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    form = visit(TELCO).get(f"/contacts/{ref}/edit").page
    assert form.find("input", {"name": "hours-4-begins"})["value"] == "08:00"
    assert form.find("input", {"name": "languages"})["value"] == "en, fi"
