"""People, organisations and countries by type-ahead: by keyboard, and as before without scripts."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server, faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]
NARROW = {"width": 390, "height": 844}


def test_recipients_are_found_by_what_is_typed(server: Server, chromium: Browser) -> None:
    page = chromium.new_page()
    server.sign_in(page, "Response analyst")
    page.goto(f"{server.base}/notices/new")
    box = page.get_by_role("group", name="Organisations", exact=True)
    page.get_by_label("Find in: Organisations").focus()
    page.keyboard.type("pea")
    expect(box.get_by_label("Peace Mediation")).to_be_visible()
    expect(box.get_by_label("Cloud")).to_be_hidden()
    expect(box.get_by_role("status")).to_contain_text("1 of ")
    page.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_have_text("Chosen: Peace Mediation")
    expect(box.get_by_label("Peace Mediation")).to_be_checked()
    page.keyboard.type("clou")
    expect(box.get_by_label("Peace Mediation")).to_be_visible()  # what is chosen stays in sight
    page.keyboard.press("ArrowDown")
    expect(box.get_by_label("Cloud")).to_be_focused()
    page.keyboard.press("Space")
    expect(box.get_by_label("Cloud")).to_be_checked()
    assert page.url == f"{server.base}/notices/new", "Enter sent nothing"
    assert faults(page) == []


def test_an_entry_of_a_list_is_found_by_what_is_typed(server: Server, chromium: Browser) -> None:
    page = chromium.new_page(viewport=NARROW)
    server.sign_in(page, "Mediator")
    page.goto(f"{server.base}/notices/new")
    page.locator("summary", has_text="Countries affected").press("Enter")
    page.get_by_label("Countries affected").focus()
    page.keyboard.type("niger")  # is Niger and the beginning of Nigeria: a whole name is that one
    page.keyboard.press("Enter")
    page.keyboard.type("finl")
    page.keyboard.press("Enter")
    chosen = page.locator("select[name=countries]")
    assert chosen.evaluate("at => [...at.selectedOptions].map(one => one.value)") == ["FI", "NE"]
    page.get_by_role("button", name="Remove Niger").press("Enter")
    assert chosen.evaluate("at => [...at.selectedOptions].map(one => one.value)") == ["FI"]
    page.get_by_label("Countries affected").fill("nowhere at all")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No entry fits.")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Title").fill("Kept as it was")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    assert chosen.evaluate("at => [...at.selectedOptions].map(one => one.value)") == ["FI"]


def test_without_scripts_everything_can_be_chosen(server: Server, chromium: Browser) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    server.sign_in(page, "Telco colleague")
    page.goto(f"{server.base}/notices/new")
    expect(page.locator(".go-pick")).to_have_count(0)
    box = page.get_by_role("group", name="Organisations", exact=True)
    expect(box.get_by_label("Peace Mediation")).to_be_visible()
    page.locator("summary", has_text="Countries affected").press("Enter")
    page.get_by_label("Countries affected").select_option(["FI", "NE"])
    page.get_by_role("radio", name=re.compile("^TLP:RED")).check()
