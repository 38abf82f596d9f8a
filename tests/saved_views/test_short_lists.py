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
LISTS = (
    "/notices/", "/commitments/", "/claims/", "/harm/", "/releases/", "/exercises/", "/contacts/",
    "/contacts/now",
)  # fmt: skip
# What offers names in the line that is always open, or none at all.
OTHERS = ("/records/", "/dialogues/", "/stakeholders/")


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
    assert [one["value"] for one in opened.select("form.go-narrow-by input[name=q]")] in (
        ["typed"], []
    )  # fmt: skip
    options = opened.select("#more-filters option")
    assert "Response Team" in {option.get_text() for option in options}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_more_filters_come_in_one_way_on_every_list(visit: Visit) -> None:
    mediator = visit("mediator@peace")
    for address in (*LISTS, *OTHERS):
        form = mediator.get(address).page.select_one("form.go-narrow-by")
        assert form is not None
        assert form.select("details") == [], "folds stand on no list"
        (more,) = form.select('button[name="more"]')
        assert more["formaction"] == f"{address}#more-filters", "there the page goes on"
        assert form.select_one("#more-filters") is None
        form = mediator.get(f"{address}?more=1").page.select_one("form.go-narrow-by")
        assert form is not None
        assert form.select('button[name="more"], details') == []
        group = form.select_one("#more-filters[role=group][aria-label]")
        assert group is not None
        assert len(group.select("label")) == len(group.select("input, select")) > 0


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_filters_that_are_on_stay_on_whether_they_are_shown_or_not(visit: Visit) -> None:
    mediator = visit("mediator@peace")
    for address, name, value in (
        ("/notices/", "quiet", "7"), ("/contacts/", "stale", "1"),
        ("/dialogues/", "unanswered", "1"),
    ):  # fmt: skip
        form = mediator.get(f"{address}?{name}={value}").page.select_one("form.go-narrow-by")
        assert form is not None
        (field,) = form.select(f"[name={name}]")
        assert field["value"] == value
        assert field["type"] == "hidden" or form.select_one("#more-filters") is not None
        assert field["type"] != "checkbox" or field.has_attr("checked")


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
