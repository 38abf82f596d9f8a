"""How many clicks the usual ways take after the sign-in, by keyboard alone and without scripts.

A click is a link or a button that is pressed; what is typed or chosen in a form is none.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import Select, select

from models.dialogues import Dialogue
from models.notices import Notice
from models.records import Record
from portal.clock import now
from portal.db import make_engine
from tests.browser.conftest import Server, faults
from tests.browser.who_opens import DRAFT, ROUND, WRITTEN

PLAIN, PHONE = "without scripts", "a dark telephone with scripts"
LOOKS: Final[dict[str, dict[str, Any]]] = {
    PLAIN: {"java_script_enabled": False},
    PHONE: {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
}

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]


@dataclass
class Walk:
    """A person at their keyboard, without scripts; each link or button pressed is counted."""

    server: Server
    page: Page
    pressed: list[str] = field(default_factory=list)

    def press(self, target: Locator) -> None:
        """Go to a link or button by the keyboard and press Enter."""
        target.focus()
        assert target.evaluate("at => at === document.activeElement"), "the keyboard gets there"
        self.pressed.append(target.inner_text().strip())
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def link(self, name: str, exact: bool = False) -> None:
        self.press(self.page.locator("main").get_by_role("link", name=name, exact=exact).first)

    def task(self, name: str) -> None:
        """What waits on the overview."""
        self.press(self.page.locator("main .go-next", has_text=name).first)

    def button(self, name: str) -> None:
        self.press(self.page.locator("main").get_by_role("button", name=name).first)

    def takes(self, most: int, words: str) -> None:
        """The way has come to its end, with at most so many clicks."""
        expect(self.page.get_by_text(words).first).to_be_visible()
        assert len(self.pressed) <= most, self.pressed
        self.pressed.clear()


def walk(server: Server, chromium: Browser, who: str, path: str = "/", look: str = PLAIN) -> Walk:
    page = chromium.new_context(**LOOKS[look]).new_page()
    server.sign_in(page, who)
    page.goto(f"{server.base}{path}")
    return Walk(server, page)


def ref_of(server: Server, question: Select[Any]) -> str:
    engine = make_engine(server.database_url)
    with engine.connect() as connection:
        ref = connection.scalar(question)
    engine.dispose()
    return str(ref)


@pytest.mark.parametrize("look", LOOKS)
def test_a_notice_is_posted_by_three_clicks_and_acknowledged_by_one(
    server: Server, chromium: Browser, look: str
) -> None:
    at = walk(server, chromium, "Telco colleague", look=look)
    at.link("New notice")
    at.page.get_by_label("Title").fill(f"Three clicks {look}")
    at.page.get_by_label("Details").fill("What happened, and what is not known.")
    at.page.get_by_label("Type").select_option(index=1)
    at.page.get_by_role("radio", name=re.compile(r"^TLP:AMBER\+STRICT")).check()
    at.page.get_by_role("radio", name=re.compile("^PAP:AMBER")).check()
    at.page.get_by_role("group", name="Organisations", exact=True).get_by_label(
        "Peace Mediation"
    ).check()
    at.page.get_by_label("Acknowledge by").fill(
        (now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    )
    at.button("Continue to publish")
    at.button("Publish and notify")
    at.takes(3, "Its recipients are notified.")
    question = select(Notice.ref).where(Notice.title == f"Three clicks {look}")
    reader = walk(server, chromium, "Coordinator", f"/notices/{ref_of(server, question)}", look)
    reader.button("Acknowledge")
    reader.takes(1, "Notice acknowledged.")


def test_progress_is_reported_by_two_clicks(server: Server, chromium: Browser) -> None:
    at = walk(server, chromium, "Telco colleague")
    at.task("Report progress")
    at.page.get_by_role("radio", name=re.compile("^Intermediate")).first.check()
    if at.page.get_by_label("Milestone").count():
        at.page.get_by_label("Milestone").select_option(index=1)
    at.page.get_by_label("Description").fill("Half of it is done.")
    at.button("Submit report")
    at.takes(2, "It is shown beside the other party's account.")


def test_a_commitment_is_proposed_by_three_clicks_and_accepted_by_two(
    server: Server, chromium: Browser
) -> None:
    at = walk(server, chromium, "Telco colleague")
    at.link("New commitment")
    at.page.get_by_label("Counterpart").select_option(label="Cloud")
    at.page.get_by_label("Verifier").select_option(label="Response Team")
    at.page.get_by_label("Commitment in one line").fill("Proposed by three clicks")
    at.page.get_by_label("Full text").fill("For as long as the talks go on.")
    at.page.get_by_label("Theme").select_option("notice-contacts")
    at.page.get_by_role("radio", name=re.compile(r"^TLP:AMBER\+STRICT")).check()
    at.page.get_by_label("Due date").fill((now() + timedelta(days=40)).date().isoformat())
    at.button("Continue to propose")
    ref = re.findall(r"C-\d\d-\w{6}", at.page.url)[0]
    at.button("Propose and notify")
    at.takes(3, "Commitment proposed.")
    other = walk(server, chromium, "Cloud liaison", f"/commitments/{ref}")
    other.link("Accept")
    other.button("Confirm")
    other.takes(2, "Commitment accepted.")


def test_a_date_is_found_and_confirmed_by_eight_clicks(server: Server, chromium: Browser) -> None:
    question = select(Dialogue.ref).where(Dialogue.title.startswith(DRAFT))
    ref = ref_of(server, question)
    at = walk(server, chromium, "Coordinator")
    at.press(at.page.locator(".go-main").get_by_role("link", name="Dialogues"))
    at.link(DRAFT)
    at.link("Propose times")
    at.page.locator("summary", has_text="Other times").press("Enter")
    day = (now() + timedelta(days=21)).date().isoformat()
    for n, hour in ((1, "10:00"), (2, "13:00")):
        at.page.get_by_label(f"Time {n}", exact=True).fill(f"{day}T{hour}")
    at.button("Check local hours")
    at.button("Propose these times")
    expect(at.page.get_by_text("Times proposed.")).to_be_visible()
    at.page.goto(f"{server.base}/dialogues/{ref}")
    at.link("See responses")
    at.link("Choose this time")
    if at.page.get_by_label("Reason").count():
        at.page.get_by_label("Reason").fill("Nobody has responded; the date is needed.")
    at.button("Confirm date and invite")
    at.takes(8, "Date confirmed.")


@pytest.mark.parametrize("look", LOOKS)
def test_a_date_is_found_with_four_delegations_by_eight_clicks_of_all_together(
    server: Server, chromium: Browser, look: str
) -> None:
    """From the page with the times, and for each delegation from the page that its e-mail opens."""
    ref = _four_delegations(server, chromium)
    at = walk(server, chromium, "Coordinator", f"/dialogues/{ref}/poll", look)
    at.page.locator("summary", has_text="Other times").press("Enter")
    at.page.get_by_label("Time 1", exact=True).fill(
        f"{(now() + timedelta(days=24)).date().isoformat()}T11:00"
    )
    at.button("Check local hours")
    at.button("Propose these times")
    for who in ("Telco liaison", "Cloud liaison", "Response analyst", "Bank liaison"):
        side = walk(server, chromium, who, f"/dialogues/{ref}/answer-poll", look)
        side.page.get_by_label("yes", exact=True).first.check()
        side.button("Save response")
        at.pressed += side.pressed
    at.page.reload()
    expect(at.page.get_by_text("4 of 4 delegations have responded")).to_be_visible()
    at.link("Choose this time")
    at.button("Confirm date and invite")
    at.takes(8, "Date confirmed.")


def _four_delegations(server: Server, chromium: Browser) -> str:
    """A new dialogue with four delegations, of which nobody counts the clicks here."""
    page = walk(server, chromium, "Coordinator", "/dialogues/new").page
    page.get_by_label("Title (required)").fill("Four delegations")
    page.get_by_label("Purpose").fill("To count clicks.")
    page.get_by_role("radio", name="Limited").check()
    page.get_by_label("Format").select_option("online")
    page.get_by_label("Video link").fill("https://meet.peace.example/clicks")
    page.get_by_label("Time zone for planning").fill("helsinki")
    page.get_by_role("button", name="Save", exact=True).click()
    for n, name in enumerate(("Telco", "Cloud", "Response Team", "Bank"), 1):
        line = page.get_by_role("group", name=f"Delegation {n}")
        if not line.count():
            page.get_by_role("button", name="Add lines").click()
        line.get_by_label("Organisation").select_option(label=name)
    page.get_by_role("button", name="Save participants").click()
    expect(page.get_by_text("Participants saved.")).to_be_visible()
    return str(re.findall(r"D-\d\d-\w{6}", page.url)[0])


def test_minutes_are_circulated_by_four_clicks_and_adopted_early_by_one_each(
    server: Server, chromium: Browser
) -> None:
    first = walk(server, chromium, "Coordinator")  # what the demo world leaves undecided
    first.task("Write the minutes")
    closing = first.page.locator("main a[href*=close-decision]")
    if closing.count():
        decision = f"{server.base}{closing.first.get_attribute('href')}"
        for button in ("Close responses", "Save decision"):
            first.page.goto(decision)
            if first.page.get_by_label("Decision").count():
                first.page.get_by_label("Decision").fill("Nothing is said before the next talks.")
                first.page.get_by_role("radio").first.check()
            if first.page.get_by_role("button", name=button).count():
                first.button(button)
    at = walk(server, chromium, "Coordinator")
    at.task("Write the minutes")
    at.link(WRITTEN)
    at.link("Circulate", exact=True)
    box = at.page.get_by_role("checkbox")
    if box.count():
        box.first.check()
    at.button("Circulate minutes")
    at.takes(4, "Minutes circulated.")
    question = select(Record.ref).join(Dialogue, Dialogue.id == Record.dialogue_id)
    ref = ref_of(server, question.where(Dialogue.title.startswith(ROUND)))
    for who in ("Telco liaison", "Cloud liaison"):
        side = walk(server, chromium, who, f"/records/{ref}")
        if side.page.get_by_role("button", name="I agree").count():
            side.button("I agree")
            side.takes(1, "greed")


def test_a_ticket_number_is_kept_by_two_clicks(server: Server, chromium: Browser) -> None:
    question = select(Notice.ref).where(Notice.state == "open", Notice.tlp == "CLEAR")
    at = walk(server, chromium, "Bank liaison", f"/notices/{ref_of(server, question)}")
    at.link("Add own ticket number")
    at.page.get_by_label("Own ticket number").fill("INC-4711")
    at.button("Save")
    at.takes(2, "INC-4711")
    look = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    server.sign_in(look, "Bank liaison")
    look.goto(at.page.url)
    look.get_by_role("link", name="Change", exact=True).last.click()
    assert faults(look) == []
