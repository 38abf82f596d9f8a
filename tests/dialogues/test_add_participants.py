"""Participants are added without saving three at a time, and from lists that were saved before."""

from collections.abc import Callable

from sqlalchemy import select

from models.dialogues import Delegation
from models.saved_views import SavedRecipients
from portal.db import reading, writing
from tests.cast import World
from tests.dialogues.builders import ORGANISER, drafted
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def begun(world: World, *names: str) -> str:
    with writing(world.sessions) as session:
        return f"/dialogues/{drafted(session, world, *names).ref}/seat"


def homes(world: World) -> set[str]:
    with reading(world.sessions) as session:
        keys = set(session.scalars(select(Delegation.organisation_id)))
    return {name for name, home in world.organisations.items() if home.id in keys}


def lines(page: Answer) -> list[str]:
    """The organisations on the lines, in their order."""
    chosen = page.page.select("select[name$='-organisation'] option[selected]")
    return [option.get_text(strip=True) for option in chosen if str(option["value"]) != "0"]


def test_several_are_ticked_and_saved_at_once(world: World, visit: Visit) -> None:
    path, four = begun(world, "telco"), ("cloud", "bank", "cert", "un")
    organiser = visit(ORGANISER)
    page = organiser.get(path)
    offered = {str(box["value"]) for box in page.page.select("input[name=add]")}
    ids = {name: str(world.organisations[name].id) for name in world.organisations}
    assert ids["telco"] not in offered, "it has a line already"
    ticked = [ids[name] for name in four if ids[name] in offered]
    assert len(ticked) >= 3
    answer = organiser.post(path, page.form() | {"add": ticked})
    assert answer.to, answer.errors()
    assert homes(world) >= {"telco", "cloud", "bank"}
    assert len(homes(world)) == 1 + len(ticked)


def test_lines_are_added_without_saving_and_nothing_typed_is_lost(
    world: World, visit: Visit
) -> None:
    path, organiser = begun(world), visit(ORGANISER)
    form = organiser.get(path).form()
    cloud, bank = (str(world.organisations[name].id) for name in ("cloud", "bank"))
    typed = {"delegations-0-organisation": [cloud], "delegations-0-seats": ["4"], "add": [bank]}
    more = organiser.post(path, form | typed | {"more": ["1"]})
    assert more.status == 200
    assert lines(more) == ["Cloud", "Bank"]
    assert len(more.page.select("select[name$='-organisation']")) == 6
    assert homes(world) == set(), "nothing is saved yet"
    answer = organiser.post(path, more.form())
    assert answer.to, answer.errors()
    assert homes(world) == {"cloud", "bank"}
    with reading(world.sessions) as session:
        assert sorted(session.scalars(select(Delegation.seats))) == [1, 4]


def test_a_saved_list_fills_lines_and_what_is_hidden_is_left_out(
    world: World, visit: Visit
) -> None:
    path, organiser = begun(world, "telco"), visit(ORGANISER)
    form = organiser.get(path).form()
    kept = organiser.post(path, form | {"list_name": ["Usual table"], "save_list": ["1"]})
    assert "List saved." in kept.words
    cloud = world.organisations["cloud"].id
    guest = world.actors["analyst@cert"].person_id
    with writing(world.sessions) as session:
        row = session.scalars(select(SavedRecipients)).one()
        assert row.keys == {"organisations": [world.organisations["telco"].id]}
        row.keys = {"organisations": [cloud, 99_999], "people": [guest, 99_998], "groups": [1]}
        key = row.id
    other = begun(world, "telco")
    page = organiser.post(other, organiser.get(other).form() | {"load_list": [str(key)]})
    assert lines(page) == ["Telco", "Cloud"]
    assert "3 entries of the list were left out" in page.words
    guests = page.page.select("select[name='guests-0-person'] option[selected]")
    assert str(guests[0]["value"]) == str(guest)
    assert visit("liaison@telco").post(other, {"load_list": [str(key)]}).status == 404


def test_what_nobody_offered_is_not_added(world: World, visit: Visit) -> None:
    path, organiser = begun(world, "telco"), visit(ORGANISER)
    answer = organiser.post(path, organiser.get(path).form() | {"add": ["99999", "x"]})
    assert answer.to or answer.status == 422
    assert homes(world) == {"telco"}
