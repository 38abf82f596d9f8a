"""Two companies promise reciprocally, clicked through: together, disputed, suspended, amended."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from models.commitments import Condition
from portal.clock import now
from portal.db import make_engine
from tests.browser.conftest import Server, faults, shot
from tests.browser.patience import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def picture(page: Page, server: Server, name: str) -> None:
    """Keep the page as it looks, wide and narrow; axe finds nothing on it."""
    shot(page, f"promises-{server.engine}-{name}-1280")
    assert faults(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot(page, f"promises-{server.engine}-{name}-390")
    page.set_viewport_size(WIDE)


def day(ahead: int) -> str:
    return (now() + timedelta(days=ahead)).date().isoformat()


def drafted(page: Page, server: Server, title: str, to: str, verifier: str) -> str:
    """Write a draft; gives back its reference."""
    page.goto(f"{server.base}/commitments/")
    page.get_by_role("link", name="New commitment").click()
    page.get_by_label("Counterpart").select_option(label=to)
    page.get_by_label("Verifier").select_option(label=verifier)
    page.get_by_label("Commitment in one line").fill(title)
    page.get_by_label("Full text").fill(f"{title}, for as long as the talks go on.")
    page.get_by_label("Theme").select_option("notice-contacts")
    page.get_by_role("radio", name=re.compile(r"^TLP:AMBER\+STRICT")).check()
    page.get_by_label("Due date").fill(day(40))
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/commitments/C-"))
    return re.findall(r"C-\d\d-\w{6}", page.url)[0]


def hung(page: Page, server: Server, ref: str, on: str, how: str, days: int) -> None:
    page.goto(f"{server.base}/commitments/{ref}/conditions")
    page.get_by_label("Reference of the other commitment").fill(on)
    page.get_by_role("radio", name=re.compile(f"^{how}")).check()
    page.get_by_label("Days", exact=True).fill(str(days))
    page.get_by_role("button", name="Add condition").click()
    expect(page.get_by_text("Condition saved.")).to_be_visible()


def proposed(page: Page, server: Server, ref: str) -> None:
    page.goto(f"{server.base}/commitments/{ref}/propose")
    page.get_by_label("Response due").fill(day(20))
    page.get_by_role("button", name="Propose and notify").click()
    expect(page.get_by_text("Commitment proposed. The counterpart is notified.")).to_be_visible()


def accepted(page: Page, server: Server, ref: str) -> None:
    page.goto(f"{server.base}/commitments/{ref}")
    page.get_by_role("link", name="Accept").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("Commitment accepted.", exact=True)).to_be_visible()


def said(page: Page, server: Server, where: str, how_far: str, words: str, stopped: bool) -> None:
    page.goto(f"{server.base}{where}")
    page.get_by_role("radio", name=re.compile(f"^{how_far}")).check()
    page.get_by_label("Description").fill(words)
    if stopped:
        page.get_by_label("Not met at present").check()
    page.get_by_role("button", name="Submit report").click()
    expect(page.get_by_text("It is shown beside the other party's account.")).to_be_visible()


def in_state(page: Page, server: Server, ref: str, words: str) -> None:
    """Wait until a commitment is in a state: the jobs may be the ones who move it."""

    def reached() -> bool:
        page.goto(f"{server.base}/commitments/{ref}")
        return page.locator("main .go-path [aria-current]").first.inner_text() == words

    until(reached, f"{ref} is not {words}", 1)


def test_two_promise_together_and_one_is_suspended_while_the_other_stops(
    server: Server, chromium: Browser
) -> None:
    people = {}
    for name in ("Telco liaison", "Cloud liaison", "Response analyst"):
        people[name] = chromium.new_context(viewport=WIDE).new_page()
        server.sign_in(people[name], name)
    telco, cloud, _analyst = people.values()

    ours = drafted(telco, server, "No scans of response teams", "Cloud", "Response Team")
    proposed(telco, server, ours)
    theirs = drafted(cloud, server, "No public word on who did it", "Telco", "Peace Mediation")
    hung(cloud, server, theirs, ours, "Starts together", 0)
    hung(cloud, server, theirs, ours, "Only while it is met", 1)
    picture(cloud, server, "1-hangs-together")
    proposed(cloud, server, theirs)
    accepted(cloud, server, ours)
    in_state(telco, server, ours, "accepted, not yet in force")
    accepted(telco, server, theirs)
    in_state(telco, server, ours, "in force")
    in_state(telco, server, theirs, "in force")

    _differ_and_suspend(server, people, ours, theirs)
    _amend(server, telco, cloud, ours)
    outsider = chromium.new_context().new_page()
    server.sign_in(outsider, "Bank liaison")
    answer = outsider.goto(f"{server.base}/commitments/{ours}")
    assert answer is not None
    assert answer.status == 404


def _differ_and_suspend(server: Server, people: dict[str, Page], ours: str, theirs: str) -> None:
    telco, cloud, analyst = people.values()
    said(telco, server, f"/commitments/{ours}/report", "Full", "All scans are off.", stopped=False)
    words = "Two ranges still scan us."
    said(analyst, server, f"/commitments/{ours}/verify", "Minimal", words, stopped=True)
    telco.goto(f"{server.base}/commitments/{ours}")
    expect(telco.get_by_text("The accounts differ.")).to_be_visible()
    picture(telco, server, "2-two-voices-differ")
    in_state(cloud, server, theirs, "in force")
    _let_the_grace_end(server)
    in_state(cloud, server, theirs, "suspended")
    picture(cloud, server, "3-suspended")
    assert server.wait_for_email("liaison@cloud", theirs)

    said(analyst, server, f"/commitments/{ours}/verify", "Intermediate", "One left.", stopped=False)
    in_state(cloud, server, theirs, "in force")


def _amend(server: Server, telco: Page, cloud: Page, ours: str) -> None:
    telco.goto(f"{server.base}/commitments/{ours}/amend")
    telco.get_by_label("Full text").fill("No scans of response teams, ever.")
    telco.get_by_label("Reason").fill("The end of the talks is no reason to begin again.")
    telco.get_by_role("button", name="Send to the other party").click()
    cloud.goto(f"{server.base}/commitments/{ours}")
    cloud.get_by_role("link", name="Show changes word by word").click()
    picture(cloud, server, "4-word-by-word")
    cloud.goto(f"{server.base}/commitments/{ours}/consent")
    cloud.get_by_role("button", name="Confirm").click()
    expect(cloud.get_by_text("Amendment agreed. The new terms hold.")).to_be_visible()
    expect(cloud.get_by_text("No scans of response teams, ever.").first).to_be_visible()
    cloud.goto(f"{server.base}/commitments/")
    picture(cloud, server, "5-overview")


def _let_the_grace_end(server: Server) -> None:
    # The one thing that a test cannot wait for.
    engine = make_engine(server.database_url).execution_options(writes=True)
    with engine.begin() as connection:
        over = now() - timedelta(minutes=1)
        running = update(Condition).where(Condition.type == "while", Condition.turns_at > now())
        connection.execute(running.values(turns_at=over))
    engine.dispose()
