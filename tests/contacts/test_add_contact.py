"""A contact point is written by its organisation, and nothing typed is lost."""

from collections.abc import Callable

import pytest

from models.contacts import ContactPoint
from portal.contacts import fingerprint_from, languages_from, phones_from
from portal.db import reading
from tests.cast import World
from tests.contacts.builders import TELCO, said, typed
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_liaison_writes_a_draft_that_nobody_else_sees(world: World, visit: Visit) -> None:
    made = visit(TELCO).post("/contacts/new", typed(world))
    assert "/contacts/K-" in made.to
    ref = made.to.rpartition("/")[2]
    with reading(world.sessions) as session:
        contact = session.query(ContactPoint).filter_by(ref=ref).one()
        assert contact.hours == [[0, "08:00", "16:00"]]
        assert contact.languages == ["en", "fi"]
    assert "Duty officer" in visit("colleague@telco").get(f"/contacts/{ref}").words
    for who in ("mediator@peace", "steward@portal", "liaison@bank"):
        assert visit(who).get(f"/contacts/{ref}").status == 404


@pytest.mark.parametrize(
    ("field", "wrong", "says"),
    [
        ("phones", "09 5550 0101", "country code"),
        ("languages", "Klingonese", "languages by name or code"),
        ("hours-0-ends", "", "both times of a day"),
        ("email", "duty", "e-mail address"),
        ("openpgp", "1234", "40 or 64"),
        ("label", " ", "Name the position"),
        ("place", "0", "from 1 to 99"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field(
    world: World, visit: Visit, field: str, wrong: str, says: str
) -> None:
    answer = visit(TELCO).post("/contacts/new", typed(world, **{field: wrong}))
    assert answer.status == 422
    assert says in answer.words
    assert answer.page.find("input", {"name": "email"})["value"]


def test_nobody_writes_for_another_organisation(world: World, visit: Visit) -> None:
    other = typed(world, organisation=world.organisations["cloud"].ref)
    assert visit(TELCO).post("/contacts/new", other).status == 422
    assert visit("observer@un").get("/contacts/new").status == 403


def test_a_holder_belongs_to_the_organisation(world: World) -> None:
    assert "person_id" not in said(person_id=1).problems()
    assert said(hours=()).problems() == {
        "hours": "Give hours for at least one day, or agree to any hour."
    }
    assert said(hours=(), round_the_clock=True).problems() == {}


def test_what_is_typed_is_read_as_it_is_meant() -> None:
    assert languages_from("English; FR,\nArabic, English") == ("en", "fr", "ar")
    assert phones_from("+358 1 2345\n\n+44 20 7946 0000") == ("+358 1 2345", "+44 20 7946 0000")
    assert fingerprint_from("ab cd:ef") == "ABCDEF"
