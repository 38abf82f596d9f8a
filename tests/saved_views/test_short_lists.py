"""What stands beside a list is short: names to choose from are hundreds, drafts are dozens."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal import notices
from portal.db import writing
from portal.recipients import RecipientList
from tests.cast import NOW, World
from tests.factories import text
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


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_many_drafts_do_not_push_the_list_away(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        liaison, home = world.actors["liaison@telco"], world.organisations["telco"].ref
        for number in range(7):
            notices.post_notice(
                session,
                liaison,
                home,
                text=text(title=f"Draft {number}"),
                to=RecipientList(),
                now=NOW + timedelta(minutes=number),
            )
    page = visit("liaison@telco").get("/notices/")
    assert "Draft 6" in page.words
    assert "Draft 1" not in page.words
    link = page.page.find("a", string="More drafts")
    assert link is not None
    assert "Draft 0" in visit("liaison@telco").get(str(link["href"])).words
