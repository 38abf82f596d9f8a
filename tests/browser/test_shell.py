"""What surrounds each page: a low header whose menu needs no script, icons, the mark."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HIGHEST = 60  # px, of the header on a telephone


def height(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["height"]


def test_the_menu_opens_on_a_telephone_without_scripts(server: Server, chromium: Browser) -> None:
    page = chromium.new_context(viewport=NARROW, java_script_enabled=False).new_page()
    server.sign_in(page, "Mediator")
    menu, notices = (
        page.locator(".go-menu > summary"),
        page.locator(".go-nav").get_by_text("Notices"),
    )
    assert height(page, ".go-header") <= HIGHEST
    expect(notices).to_be_hidden()
    menu.focus()
    page.keyboard.press("Enter")
    expect(notices).to_be_visible()
    for _stop in ("account", "sign out", "overview", "notices"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.base}/notices/")


def test_header_and_open_menu_at_each_width(server: Server, chromium: Browser) -> None:
    page = chromium.new_page(viewport=WIDE)
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    server.sign_in(page, "Steward")
    expect(page.locator(".go-menu")).to_be_hidden()
    expect(page.locator(".go-nav").get_by_text("Administration")).to_be_visible()
    page.set_viewport_size(NARROW)
    page.locator(".go-menu > summary").click()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shape = page.locator(".go-find .go-icon").evaluate("it => getComputedStyle(it).maskImage")
    assert shape.startswith("url("), "the icon has its shape"
    assert refused == []


def test_the_calendar_goes_by_keyboard_and_is_a_list_on_a_telephone(
    server: Server, chromium: Browser
) -> None:
    page = chromium.new_page(viewport=WIDE)
    server.sign_in(page, "Mediator")
    page.goto(f"{server.base}/calendar/?from=2027-01")
    page.locator(".go-day").nth(10).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".go-day").nth(18)).to_be_focused()
    page.keyboard.press("PageDown")
    page.wait_for_url(f"{server.base}/calendar/?from=2027-02-01")
    page.get_by_role("link", name="Today").click()
    assert page.locator("td .go-entry").count() > 0
    page.set_viewport_size(NARROW)
    expect(page.locator(".go-calendar thead")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults(page) == []
