"""Three people at work by the keyboard alone: on a dark telephone, right to left, without scripts.

They reach each link, button and box with Tab, as whoever has no pointer does. How many clicks the
usual ways take is counted in test_journeys; whether words are right, in the tests of each page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Server, shot
from tests.browser.patience import until
from tests.browser.test_journeys import Walk
from tests.browser.test_looks import spoken, sticks_out

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]
MOST_STOPS = 90
HERE = "at => at === document.activeElement"
# Whether one sees where one is: inside the window, with the ring of the design, which stands out
# (tests/pictures/test_colours), and nothing lies above it.
SEEN = """at => {
    const box = at.getClientRects()[0], style = getComputedStyle(at), ring = new Option().style;
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    ring.color = style.getPropertyValue("--go-focus");
    return style.outlineStyle !== "none" && style.outlineWidth === "3px"
        && style.outlineColor === ring.color && top !== null
        && (at.contains(top) || top.contains(at));
}"""
# The colours of a tick or radio button and of its mark.
TICKED = """at => [
    getComputedStyle(at).backgroundColor,
    getComputedStyle(at, "::before").backgroundColor,
]"""


@dataclass
class Keys(Walk):
    """A person with a keyboard and nothing else."""

    def go_to(self, target: Locator) -> None:
        """Go on with Tab until the keyboard is there."""
        expect(target).to_be_visible()
        for _stop in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if target.evaluate(HERE):
                self._is_seen(target)
                return
        raise AssertionError(f"{target} is not reached by Tab on {self.page.url}")

    def _is_seen(self, target: Locator) -> None:
        # The browser takes its time to scroll there.
        unseen = f"one does not see {target} on {self.page.url}"
        until(lambda: target.evaluate(SEEN), unseen, 0.05)

    def press(self, target: Locator) -> None:
        self.go_to(target)
        self.pressed.append(target.inner_text().strip())
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        assert not sticks_out(self.page), self.page.url
        assert self.page.locator("html").get_attribute("dir") == "rtl"
        shot(self.page, f"keys-{len(self.pressed)}-{self.page.url.rpartition('/')[2][:20]}")

    def tick(self, target: Locator) -> None:
        """Tick a box."""
        self.go_to(target)
        self.page.keyboard.press("Space")
        expect(target).to_be_checked()

    def type(self, label: str, words: str) -> None:
        """Write into a field."""
        self.go_to(self.page.get_by_label(label))
        self.page.keyboard.type(words)

    def menu(self, name: str) -> None:
        """Open the menu, and one of its pages."""
        self.go_to(self.page.locator(".go-menu > summary"))
        self.page.keyboard.press("Enter")
        self.press(self.page.locator(".go-main").get_by_role("link", name=name))

    def more(self, name: str) -> None:
        """Open what is rarely done with a record, and do it."""
        self.go_to(self.page.locator(".go-more > summary").first)
        self.page.keyboard.press("Enter")
        self.link(name)

    def sees(self, words: str) -> None:
        """What the page says now."""
        expect(self.page.get_by_text(words).first).to_be_visible()


@pytest.fixture(scope="module", autouse=True)
def right_to_left(server: Server) -> Iterator[None]:
    """Everybody reads a language that goes from right to left; its words are the usual ones."""
    with spoken(server, "ar"):
        yield


def keys(server: Server, chromium: Browser, who: str) -> Keys:
    page = chromium.new_context(
        viewport={"width": 390, "height": 844},
        color_scheme="dark",
        java_script_enabled=False,
    ).new_page()
    server.sign_in(page, who)
    return Keys(server, page)


def test_a_liaison_acknowledges_a_notice_and_reminds_who_did_not(
    server: Server, chromium: Browser
) -> None:
    at = keys(server, chromium, "Telco liaison")
    at.task("Read and acknowledge")
    at.button("Acknowledge")
    at.sees("Notice acknowledged.")
    at.menu("Notices")
    at.link("Ledgerfall: a wiper")
    at.link("Receipts")
    at.tick(at.page.get_by_role("checkbox").first)
    at.button("Remind those ticked")
    at.sees("1 person has been reminded.")


def test_a_mediator_reminds_comments_and_starts_a_dialogue_about_it(
    server: Server, chromium: Browser
) -> None:
    at = keys(server, chromium, "Mediator")
    at.button("Remind")
    at.sees("eminder sent")
    at.link("with differing accounts")
    at.link("No action against response teams")
    at.link("Comment", exact=True)
    at.type("Comment", "Which ranges are left?")
    at.button("Comment")
    at.sees("Which ranges are left?")
    at.more("Start a dialogue about it")
    expect(at.page.get_by_label("Title")).to_be_visible()


def test_keys_close_what_is_open_and_lead_to_the_search(server: Server, chromium: Browser) -> None:
    page = chromium.new_page()
    server.sign_in(page, "Mediator")
    page.goto(f"{server.base}/commitments/")
    menu, search = page.locator(".go-more").first, page.get_by_label("Words")
    menu.locator("summary").press("Enter")
    expect(menu).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    for _stop in range(menu.locator("a, button").count() + 1):
        page.keyboard.press("Tab")
    expect(menu).not_to_have_attribute("open", "")
    page.keyboard.press("/")
    expect(search).not_to_be_focused()
    page.keyboard.press("Control+/")
    expect(search).to_be_focused()


def test_enter_opens_what_was_typed_however_fast(server: Server, chromium: Browser) -> None:
    page = chromium.new_page()
    server.sign_in(page, "Mediator")
    page.keyboard.press("Control+k")
    page.locator("dialog li").first.wait_for()
    page.keyboard.insert_text("calendar")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server.base}/calendar/")


def test_how_many_entries_fit_is_said_in_a_sentence(server: Server, chromium: Browser) -> None:
    page = chromium.new_page()
    server.sign_in(page, "Mediator")
    page.keyboard.press("Control+k")
    said = page.locator("dialog [role=status]")
    expect(said).to_have_text(re.compile(r"^\d+ entries found$"))
    for words, found in (("calendar", "1 entry found"), ("xyzzy", "No entry found")):
        page.locator("dialog input").fill(words)
        expect(said).to_have_text(found)


def test_a_menu_stays_open_while_one_is_at_it(server: Server, chromium: Browser) -> None:
    page = chromium.new_page()
    server.sign_in(page, "Mediator")
    page.goto(f"{server.base}/processes/")
    page.locator("main").get_by_role("link", name="Ledgerfall talks").click()
    menu = page.locator(".go-phase-menu")
    menu.locator("summary").click()
    menu.locator(".form-hint").first.click()
    expect(menu).to_have_attribute("open", "")
    page.get_by_role("heading", level=1).click()
    expect(menu).not_to_have_attribute("open", "")


def test_a_list_is_sorted_on_a_telephone(server: Server, chromium: Browser) -> None:
    at = keys(server, chromium, "Mediator")
    at.menu("Notices")
    at.link("Changed")
    expect(at.page.get_by_role("link", name="Changed")).to_be_in_viewport()
    assert "sort=" in at.page.url


def test_what_is_chosen_is_seen_where_the_system_sets_the_colours(
    server: Server, chromium: Browser
) -> None:
    page = chromium.new_context(forced_colors="active", reduced_motion="reduce").new_page()
    server.sign_in(page, "Telco liaison")
    lines = page.locator(".go-main a").evaluate_all(
        "links => links.map(link => getComputedStyle(link).borderBottomColor)"
    )
    assert sorted(map(lines.count, set(lines))) == [1, len(lines) - 1], "one page is open"
    page.goto(f"{server.base}/notices/new")
    red = page.get_by_role("radio", name="TLP:RED")
    empty, _hidden = red.evaluate(TICKED)
    red.check()
    filled, mark = red.evaluate(TICKED)
    assert filled not in (empty, mark)


def test_a_coordinator_sees_the_responses_and_confirms_a_date(
    server: Server, chromium: Browser
) -> None:
    at = keys(server, chromium, "Coordinator")
    at.menu("Dialogues")
    at.link("Restraint while the repair goes on")
    at.link("See responses")
    at.link("Choose this time")
    if at.page.get_by_label("Reason").count():
        at.type("Reason", "Cloud answered by telephone.")
    at.button("Confirm date and invite")
    at.sees("Date confirmed.")
