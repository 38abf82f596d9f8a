"""Stating harm of one's own organisation: what must be said, and what is left open."""

from collections.abc import Callable

import pytest

from tests.cast import World
from tests.harm.builders import ref_in, typed
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_a_new_row_is_a_draft_and_what_is_empty_is_not_known(world: World, visit: Visit) -> None:
    liaison, home = visit("liaison@telco"), world.organisations["telco"].ref
    page = liaison.follow(liaison.post("/harm/new", typed(organisation=home, lower="", upper="")))
    assert "Servers wiped" in page.words
    assert "not known" in page.words
    assert visit("mediator@peace").get(f"/harm/{ref_in(page)}").status == 404


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"lower": "many"}, "Enter a whole number, or leave it empty"),
        ({"lower": "-1"}, "Enter a whole number, or leave it empty"),
        ({"lower": "60"}, "must rise"),
        ({"unit": ""}, "Say what is counted"),
        ({"from_on": "yesterday"}, "Enter a day, a month or a year"),
        ({"intended": "not-meant"}, "Name who says whether it was meant"),
        ({"notice": "N-26-AAAAAA"}, "nothing with this reference"),
        ({"year": "17x"}, "Enter a year"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(
    world: World, visit: Visit, said: dict[str, str], words: str
) -> None:
    home = world.organisations["telco"].ref
    page = visit("liaison@telco").post("/harm/new", typed(organisation=home) | said)
    assert page.status == 422
    assert words in page.words
    assert "Servers wiped" in page.text


def test_an_observer_states_none(visit: Visit) -> None:
    assert visit("observer@un").get("/harm/new").status == 403
