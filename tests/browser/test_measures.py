"""What all pages have: their measures, what surrounds each, and how an entry is picked.

Rows of lists are low on a telephone, forms and records short on a screen. The header is low, and
its menu needs no script. People, organisations and countries are found by type-ahead, by keyboard,
and chosen as before without scripts.
"""

import re
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, faults, shot

# Whether what has the focus is seen: the browser takes its time to scroll there.
SEEN: Final = """() => {
    const now = document.activeElement, bar = document.querySelector(".go-sticky");
    const here = now.getBoundingClientRect(), over = bar.getBoundingClientRect();
    return bar.contains(now) || here.top < over.top || here.bottom > over.bottom;
}"""
# What people wrote is one word that is wider than a telephone, and every menu is open.
LONG_WORDS: Final = """() => {
    const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    for (const one of document.querySelectorAll("main bdi, main [dir=auto]"))
        if (!one.children.length) one.textContent = word;
    for (const one of document.querySelectorAll("details")) one.open = true;
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
# How far a table goes on beyond its window, in pixels.
BEYOND: Final = "tables => tables.map(table => table.scrollWidth - table.clientWidth)"


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


def test_all_columns_of_a_list_are_seen_on_a_usual_screen(
    server: Server, chromium: Browser
) -> None:
    page = chromium.new_context(viewport=WIDE).new_page()
    server.sign_in(page, "Mediator")
    hidden = {}
    for path in LISTS:
        page.goto(f"{server.base}{path}")
        if any(beyond := page.locator("main > .table-responsive").evaluate_all(BEYOND)):
            hidden[path] = beyond
    assert hidden == {}


def test_no_word_and_no_open_menu_sticks_out_of_a_telephone(
    server: Server, chromium: Browser
) -> None:
    page = chromium.new_context(viewport=NARROW).new_page()
    server.sign_in(page, "Telco liaison")
    wrong = []
    for path in (*LISTS, "/commitments/progress"):
        page.goto(f"{server.base}{path}")
        record = page.locator(f"main a[href^='{path}'][href*='-2']").first
        first = record.get_attribute("href") if record.count() else None
        for address in filter(None, (path, first)):
            page.goto(f"{server.base}{address}")
            page.evaluate(LONG_WORDS)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wrong.append(address)
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


def test_the_menu_opens_on_a_telephone_without_scripts(server: Server, chromium: Browser) -> None:
    page = chromium.new_context(viewport=NARROW, java_script_enabled=False).new_page()
    server.sign_in(page, "Mediator")
    menu, notices = (
        page.locator(".go-menu > summary"),
        page.locator(".go-nav").get_by_text("Notices"),
    )
    header = page.locator(".go-header").bounding_box()
    assert header is not None
    assert header["height"] <= HEADER
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
    expect(page.locator("td .go-entry").first).to_be_visible()
    page.set_viewport_size(NARROW)
    expect(page.locator(".go-calendar thead")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert faults(page) == []


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
    expect(chosen).to_have_values(["FI", "NE"])
    page.get_by_role("button", name="Remove Niger").press("Enter")
    expect(chosen).to_have_values(["FI"])
    page.get_by_label("Countries affected").fill("nowhere at all")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No entry fits.")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("Title").fill("Kept as it was")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(chosen).to_have_values(["FI"])


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
