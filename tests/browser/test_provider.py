"""Sign-in through the real provider: both sides end together, and only the invited come in."""

import re
import urllib.request

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Server, faults
from tests.browser.patience import PATIENCE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
]


def provider(server: Server) -> str:
    """The address of the demo provider: one port above the portal."""
    scheme, _, port = server.base.rpartition(":")
    return f"{scheme}:{int(port) + 1}"


def test_signing_out_here_signs_out_there(server: Server, chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    server.sign_in(page, "Mediator")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out").click()  # the provider asks as well
    page.wait_for_url(f"{server.base}/**")
    assert "/auth/sign-in" in page.url
    page.get_by_role("button", name=re.compile("Sign in with")).click()
    expect(page.get_by_role("button", name=re.compile("^Mediator"))).to_be_visible()


def test_signing_out_there_ends_it_here(server: Server, chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    server.sign_in(page, "Mediator")
    page.goto(f"{provider(server)}/session/end")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{server.base}/notices/")
    assert "/auth/sign-in" in page.url, "the provider told the portal behind the browser's back"


def test_somebody_new_stays_outside_until_invited(server: Server, chromium: Browser) -> None:
    stranger = chromium.new_context().new_page()
    stranger.goto(f"{server.base}/")
    stranger.get_by_role("button", name=re.compile("Sign in with")).click()
    stranger.get_by_label(re.compile("new", re.IGNORECASE)).fill("duty@telco.example")
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_text("nobody has invited you")).to_be_visible()
    assert faults(stranger) == []

    steward = chromium.new_context().new_page()
    server.sign_in(steward, "Steward")
    steward.goto(f"{server.base}/stakeholders/")
    steward.get_by_role("link", name="Telco", exact=True).click()
    steward.get_by_label("Display name").fill("Telco duty officer")
    steward.get_by_label("Mail address").fill("duty@telco.example")
    steward.get_by_label("Role").select_option(label="liaison")
    steward.get_by_role("button", name="Send invitation").click()
    expect(steward.get_by_text("Invitation sent.")).to_be_visible()

    server.wait_for_email("duty@telco", "invited")
    with urllib.request.urlopen(server.mailbox, timeout=PATIENCE) as answer:
        listed = answer.read().decode()
    number = re.findall(r"<a href='/(\d+)'>[^<]*duty@telco", listed)[0]
    with urllib.request.urlopen(f"{server.mailbox}/{number}", timeout=PATIENCE) as answer:
        link = re.findall(
            rf"{re.escape(server.base)}/auth/invitation/[\w-]+", answer.read().decode()
        )[0]

    stranger = chromium.new_context().new_page()
    stranger.goto(link)
    expect(stranger.get_by_text("You will be shown here as Telco duty officer")).to_be_visible()
    assert faults(stranger) == []
    stranger.get_by_role("button", name=re.compile("^Accept with")).click()
    stranger.get_by_label(re.compile("new", re.IGNORECASE)).fill("duty@telco.example")
    stranger.keyboard.press("Enter")
    stranger.wait_for_url(f"{server.base}/**")
    expect(stranger.locator("nav").get_by_text("Telco duty officer")).to_be_visible()
    stranger.goto(link)
    expect(stranger.get_by_role("heading", name="Not signed in")).to_be_visible()
