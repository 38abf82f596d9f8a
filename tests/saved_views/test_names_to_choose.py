"""Names to choose from may be hundreds: a list loads them for a page that shows one of them."""

from collections.abc import Callable

import pytest

from tests.cast import World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
LISTS = ("/notices/", "/commitments/", "/claims/", "/harm/", "/releases/", "/exercises/")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("address", LISTS)
def test_names_come_with_more_filters_and_what_was_typed_stays(
    world: World, visit: Visit, address: str
) -> None:
    mediator = visit("mediator@peace")
    page = mediator.get(address).page
    form = page.select_one("form.go-narrow-by")
    assert form is not None
    assert "Response Team" not in form.get_text()
    more = form.select_one('button[name="more"]')
    assert more is not None
    assert form.select("button").index(more) > 0, "what the return key does is to filter"
    opened = mediator.get(f"{address}?q=typed&more=1").page
    assert opened.select_one('input[name="q"][value="typed"]') is not None
    assert opened.select_one("details.go-fold[open]") is not None
    options = opened.select("details.go-fold option")
    assert "Response Team" in {option.get_text() for option in options}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_is_chosen_is_named_on_the_page_that_it_narrows(world: World, visit: Visit) -> None:
    key = world.organisations["telco"].id
    page = visit("mediator@peace").get(f"/notices/?party={key}")
    assert "From: Telco" in page.words
    assert page.page.select_one(f'option[value="{key}"][selected]') is not None


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_progress_offers_the_names_that_it_is_narrowed_to(world: World, visit: Visit) -> None:
    page = visit("mediator@peace").get("/commitments/progress").page
    assert "Response Team" in {option.get_text() for option in page.select("select option")}
