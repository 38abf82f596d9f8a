"""Recipients that somebody saved are chosen with one button, as far as they may still be chosen."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.notices import Notice
from models.saved_views import SavedRecipients
from portal.db import reading, writing
from portal.recipients import list_of
from tests.cast import World
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]
TELCO, COLLEAGUE = "liaison@telco", "colleague@telco"
FORMS = ("/notices/new", "/commitments/new")


def key_of(world: World) -> int:
    with reading(world.sessions) as session:
        return session.scalars(select(SavedRecipients.id)).one()


def chosen(answer: Answer) -> set[str]:
    """The organisations that stand ticked."""
    ticked = answer.page.select("input[name=organisations][checked]")
    return {str(one["value"]) for one in ticked}


def keep(visitor: Visitor, path: str, *organisations: int, name: str = "Usual") -> Answer:
    form = visitor.get(path).form()
    typed = {"organisations": [str(key) for key in organisations], "list_name": name}
    return visitor.post(path, {**form, **typed, "save_list": "1"})


@pytest.mark.parametrize("path", FORMS)
def test_a_list_is_saved_from_a_form_and_loaded_into_another(
    world: World, visit: Visit, path: str
) -> None:
    telco, homes = visit(TELCO), world.organisations
    answer = keep(telco, path, homes["peace"].id, homes["cert"].id)
    assert answer.status == 200
    assert "List saved." in answer.words
    other = FORMS[1 - FORMS.index(path)]
    form = telco.get(other).form()
    typed = {"title": "Typed already", "organisations": [str(homes["cloud"].id)]}
    answer = telco.post(other, {**form, **typed, "load_list": str(key_of(world))})
    assert chosen(answer) == {str(homes[name].id) for name in ("peace", "cert", "cloud")}
    assert "Typed already" in answer.text
    assert "left out" not in answer.words


def test_what_may_no_longer_be_chosen_is_left_out_and_said(world: World, visit: Visit) -> None:
    telco, homes = visit(TELCO), world.organisations
    keep(telco, "/notices/new", homes["peace"].id)
    with writing(world.sessions) as session:
        row = session.scalars(select(SavedRecipients)).one()
        row.keys = {**row.keys, "people": [99_999], "groups": [99_999]}
    form = telco.get("/notices/new").form()
    answer = telco.post("/notices/new", {**form, "load_list": str(key_of(world))})
    assert chosen(answer) == {str(homes["peace"].id)}
    assert "2 entries of the list were left out" in answer.words


def test_a_list_is_its_makers_alone(world: World, visit: Visit) -> None:
    keep(visit(TELCO), "/notices/new", world.organisations["peace"].id, name="Quiet friends")
    colleague = visit(COLLEAGUE)
    assert "Quiet friends" not in colleague.get("/notices/new").text
    form, key = colleague.get("/notices/new").form(), key_of(world)
    hidden = colleague.post("/notices/new", {**form, "load_list": str(key)})
    absent = colleague.post("/notices/new", {**form, "load_list": str(key + 9)})
    # What was sent is given back to whoever sent it: the key differs by that alone.
    same = absent.words.replace(f"load_list {key + 9} ", f"load_list {key} ")
    assert (hidden.status, hidden.words) == (404, same)
    colleague.post("/notices/new", {**form, "remove_list": str(key)})
    assert key_of(world) == key


def test_nothing_is_saved_without_a_name_or_recipients(world: World, visit: Visit) -> None:
    telco = visit(TELCO)
    for answer in (
        keep(telco, "/notices/new", world.organisations["peace"].id, name=" "),
        keep(telco, "/notices/new"),
        keep(telco, "/notices/new", 99_999),
    ):
        assert answer.status == 422
        assert answer.page.select_one("#list_name-error") is not None
    with reading(world.sessions) as session:
        assert session.scalars(select(SavedRecipients)).all() == []


def test_the_same_name_replaces_and_a_list_is_removed(world: World, visit: Visit) -> None:
    telco, homes = visit(TELCO), world.organisations
    keep(telco, "/notices/new", homes["peace"].id)
    keep(telco, "/notices/new", homes["cert"].id)
    form = telco.get("/notices/new").form()
    answer = telco.post("/notices/new", {**form, "load_list": str(key_of(world))})
    assert chosen(answer) == {str(homes["cert"].id)}
    answer = telco.post("/notices/new", {**form, "remove_list": str(key_of(world))})
    assert answer.page.select("[name=load_list]") == []


def test_a_draft_is_made_from_the_page_on_which_a_list_was_saved(
    world: World, visit: Visit
) -> None:
    telco, homes = visit(TELCO), world.organisations
    page = keep(telco, "/notices/new", homes["peace"].id)
    typed = {"title": "A wiper", "kind": "other", "tlp": "AMBER", "pap": "AMBER", "keep": "1"}
    answer = telco.post("/notices/new", {**page.form(), **typed})
    assert answer.status == 302
    with reading(world.sessions) as session:
        made = session.scalars(select(Notice)).one()
        assert list_of(session, made).organisations == {homes["peace"].id}
