"""NotPetya is entered by hand, as of the day after, and shown in pictures: harm, spread, claims."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.clock import now
from tests.browser.conftest import Server
from tests.browser.release_steps import addressed, field, look, person, pressed, published

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]

TITLE = "NotPetya, entered by hand"
# What, whom it happened to, at least and at most, in what, how it was reached, who said it, source.
ROWS = (
    ("Machines hit in Ukraine", "Machines in Ukraine", ("12500", ""), "machines", "First target",
     "Microsoft, by press", "usatoday.com, 28 June 2017"),
    ("Hidden in an update of M.E.Doc", "Users of M.E.Doc", ("", ""), "machines",
     "Spread through a software update", "Microsoft, by press", "usatoday.com, 28 June 2017"),
    ("Cost to Maersk", "Maersk", ("200000000", "300000000"), "USD of the report",
     "Spread, the way not stated", "The company", "helpnetsecurity.com, 17 August 2017"),
)  # fmt: skip


def test_what_is_entered_of_notpetya_stands_in_pictures(server: Server, chromium: Browser) -> None:
    liaison, mediator = (person(server, chromium, who) for who in ("Telco colleague", "Mediator"))
    notice = _noticed(liaison, server)
    mediator.goto(f"{server.base}/harm/together/{notice}")
    for row in ROWS:
        mediator.get_by_role("link", name="State harm of others, from a source").click()
        _entered(mediator, row)
        mediator.goto(f"{server.base}/harm/together/{notice}")
    for who in (mediator, liaison):
        who.goto(f"{server.base}/harm/spread/{notice}")
        _spread(who)
    look(mediator, server, "notpetya-spread")
    _claimed(mediator, server, notice)
    look(mediator, server, "notpetya-claims")


def _noticed(page: Page, server: Server) -> str:
    page.goto(f"{server.base}/notices/new")
    field(page, "Title").fill(TITLE)
    field(page, "Details").fill(
        "A wiper that looks like ransomware. Whom it was meant for: not known."
    )
    field(page, "Type").select_option(index=1)
    addressed(page, "AMBER", "Peace Mediation")
    page.get_by_role("radio", name=re.compile("^PAP:AMBER")).check()
    by = now() + timedelta(days=3)
    field(page, "Acknowledge by").fill(by.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Continue to publish").click()
    pressed(page, "Publish and notify", "Its recipients are notified.")
    return re.findall(r"N-\d\d-\w{6}", page.url)[0]


def _entered(page: Page, row: tuple[str, str, tuple[str, str], str, str, str, str]) -> None:
    title, who, (least, most), unit, reached, said_by, source = row
    field(page, "Harm").fill(title)
    field(page, "Category").select_option(index=1)
    field(page, "Whom it happened to").fill(who)
    field(page, "From").fill("2017-06-27")
    field(page, "First target or spread").select_option(label=reached)
    field(page, "At the least").fill(least)
    field(page, "At the most").fill(most)
    field(page, "Unit").fill(unit)
    field(page, "Who said it").fill(said_by)
    field(page, "Source").fill(source)
    field(page, "How far verified").select_option("secondary")
    addressed(page, "AMBER", "Telco")
    pressed(page, "Save draft", "Draft saved.")
    published(page, "Row published.")


def _spread(page: Page) -> None:
    """Each row is in the picture with how much is known of it, and in the table beside it."""
    # A dot stands for the space between thousands.
    picture = page.locator("figure svg").first
    for title, known in (
        ("Machines hit in Ukraine", "at least 12.500 machines"),
        ("Hidden in an update of M.E.Doc", "not known"),
        ("Cost to Maersk", "200.000.000 to 300.000.000"),
    ):
        drawn = picture.locator("a.go-node", has_text=title)
        expect(drawn).to_have_attribute("aria-label", re.compile(known))
        rows = page.get_by_role("region", name="The same as a table").get_by_role("row")
        expect(rows.filter(has_text=title).first).to_be_visible()


def _claimed(page: Page, server: Server, notice: str) -> None:
    """A State's statement is entered with form and day, and drawn; nothing says who is right."""
    page.goto(f"{server.base}/claims/side-by-side/{notice}")
    page.get_by_role("link", name="New claim").click()
    field(page, "What is claimed").fill("The United Kingdom names the Russian military")
    field(page, "Who claims it").fill("United Kingdom")
    field(page, "Day").fill("2018-02-15")
    field(page, "Form").select_option(label="Political statement")
    field(page, "Whom it is about").select_option(label="Organisation or body")
    field(page, "Name").fill("Russian military")
    field(page, "Title of the source").fill("EuRepoC 1.1, attribution 8652")
    field(page, "How far verified").select_option("secondary")
    addressed(page, "AMBER", "Telco")
    pressed(page, "Save draft", "Draft saved.")
    published(page, "Claim published.")
    page.goto(f"{server.base}/claims/side-by-side/{notice}")
    drawn = page.locator("figure svg").first
    expect(drawn).to_contain_text("United Kingdom")
    expect(page.get_by_text("many claims are not a verdict")).to_be_visible()
