"""How long and how heavy pages are: rows of lists on a telephone, forms and records on a screen."""

import re
from typing import Final

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Server, shot

# Whether what has the focus is seen: the browser takes its time to scroll there.
SEEN: Final = """() => {
    const now = document.activeElement, bar = document.querySelector(".go-sticky");
    const here = now.getBoundingClientRect(), over = bar.getBoundingClientRect();
    return bar.contains(now) || here.top < over.top || here.bottom > over.bottom;
}"""
IN_FORM: Final = "document.activeElement.closest('form.go-form') !== null"

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HEADER, SCREEN, ROW, BAR = 60, 844, 150, 64
# Each list, the mean of whose rows is at most ROW at 390 px.
LISTS: Final = (
    "/notices/",
    "/dialogues/",
    "/records/",
    "/claims/",
    "/releases/",
    "/exercises/",
    "/processes/",
    "/stakeholders/",
    "/offers/",
    "/alternates/",
    "/clauses/",
    "/contacts/",
    "/harm/",
    "/commitments/",
)
ROWS = "main .go-stack tbody tr:not(.go-group), main .go-rows > li"
MEASURED = "rows => rows.filter(row => row.offsetParent).map(row => row.offsetHeight)"


def height(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollHeight"))


def test_rows_of_lists_are_low_on_a_telephone(server: Server, chromium: Browser) -> None:
    page = chromium.new_context(viewport=NARROW, color_scheme="dark").new_page()
    server.sign_in(page, "Mediator")
    wrong = []
    for path in LISTS:
        page.goto(f"{server.base}{path}")
        rows = page.locator(ROWS).evaluate_all(MEASURED)
        mean = sum(rows) / len(rows) if rows else 0
        if mean > ROW:
            wrong.append(f"{path}: {mean:.0f} px a row")
        header = page.locator(".go-header").bounding_box()
        assert header is not None
        if header["height"] > HEADER:
            wrong.append(f"{path}: a header of {header['height']:.0f} px")
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append(f"{path}: wider than the window")
        shot(page, f"rows-390-{path.strip('/')}")
    assert wrong == []


def test_ten_items_of_the_overview_stand_on_two_screens(server: Server, chromium: Browser) -> None:
    page = chromium.new_context(viewport=NARROW).new_page()
    server.sign_in(page, "Mediator")
    if page.get_by_role("button", name="Close these steps").count():
        page.get_by_role("button", name="Close these steps").click()
    tenth = page.locator("main .go-rows > li").nth(9).bounding_box()
    assert tenth is not None
    assert tenth["y"] + tenth["height"] <= 2 * SCREEN


def test_a_notice_and_a_commitment_are_short_on_a_screen(server: Server, chromium: Browser) -> None:
    page = chromium.new_context(viewport=WIDE).new_page()
    server.sign_in(page, "Telco colleague")
    page.goto(f"{server.base}/notices/new")
    assert height(page) <= 1400
    page.context.close()
    page = chromium.new_context(viewport=WIDE).new_page()
    server.sign_in(page, "Mediator")
    page.goto(f"{server.base}/commitments/")
    links = page.locator("tbody th a").evaluate_all("links => links.map(link => link.href)")
    assert len(links) > 5
    for link in links:
        page.goto(link)
        assert height(page) <= 1800, (link, height(page))


def test_the_menu_is_one_line_on_a_usual_screen(server: Server, chromium: Browser) -> None:
    page = chromium.new_context(viewport=WIDE).new_page()
    server.sign_in(page, "Mediator")
    tops = page.locator(".go-main a").evaluate_all(
        "links => links.map(link => Math.round(link.getBoundingClientRect().top))"
    )
    assert len(set(tops)) == 1
    assert re.search("Training", page.locator(".go-main").inner_text())


def test_what_has_the_focus_is_not_under_the_bar_of_the_main_action(
    server: Server, chromium: Browser
) -> None:
    """WCAG 2.2, 2.4.11 (Focus Not Obscured, minimum): on a telephone, all along two forms."""
    page = chromium.new_context(viewport={"width": 390, "height": 600}).new_page()
    server.sign_in(page, "Telco liaison")
    for address in ("/contacts/new", "/notices/new"):
        page.goto(f"{server.base}{address}")
        bar = page.locator(".go-sticky").bounding_box()
        assert bar is not None
        assert bar["height"] <= BAR, address
        page.locator("form.go-form").get_by_role("textbox").first.focus()
        looked = 0
        while page.evaluate(IN_FORM):
            page.wait_for_function(SEEN)
            page.keyboard.press("Tab")
            looked += 1
        assert looked > 15, address
