"""A liaison goes on leave: a colleague acts for them, acknowledges, and it ends at once."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, faults, shot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def picture(page: Page, server: Server, name: str) -> None:
    shot(page, f"alternates-{server.engine}-{name}")
    assert faults(page) == []


def test_a_liaison_goes_on_leave_and_the_alternate_acknowledges(
    server: Server, chromium: Browser
) -> None:
    away = chromium.new_context(viewport=WIDE).new_page()
    server.sign_in(away, "Telco liaison")
    ref = _name_an_alternate(away, server)

    stands_in = chromium.new_context(viewport=NARROW).new_page()
    server.sign_in(stands_in, "Telco colleague")
    expect(stands_in.get_by_role("link", name="Telco liaison asks you to act")).to_be_visible()
    stands_in.goto(f"{server.base}/alternates/{ref}")
    picture(stands_in, server, "2-asked")
    stands_in.get_by_role("button", name="Accept").click()

    away.goto(f"{server.base}/")
    expect(away.get_by_text("Telco colleague acts for you until")).to_be_visible()
    picture(away, server, "3-away")
    stands_in.goto(f"{server.base}/")
    picture(stands_in, server, "4-to-do")
    stands_in.get_by_role("link", name="Read and acknowledge for Telco liaison").first.click()
    stands_in.get_by_role("button", name="Acknowledge for Telco liaison").click()
    expect(stands_in.get_by_text("Notice acknowledged. Its author can see this.")).to_be_visible()
    away.goto(stands_in.url)
    expect(away.get_by_text("Telco colleague acknowledged this version for you")).to_be_visible()

    away.goto(f"{server.base}/")
    away.get_by_role("button", name=re.compile("^End now")).first.click()
    stands_in.goto(f"{server.base}/")
    expect(stands_in.get_by_text("for Telco liaison")).to_have_count(0)


def _name_an_alternate(page: Page, server: Server) -> str:
    page.goto(f"{server.base}/alternates/new")
    picture(page, server, "1-name")
    page.get_by_label(re.compile("^Alternate")).select_option(label="Telco colleague, Telco")
    first = page.get_by_label(re.compile("^First day")).input_value()
    page.get_by_label(re.compile("^Last day")).fill(first)
    page.get_by_label(re.compile("^Acts in")).select_option("all")
    page.get_by_role("button", name="Ask them").click()
    page.wait_for_url(re.compile("/alternates/B-"))
    return page.url.rpartition("/")[2]
