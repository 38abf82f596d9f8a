"""Public texts, clicked through: signed by all or not at all, read, corrected, withdrawn.

The clock is the one thing that is helped.
"""

from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.release_steps import (
    checked,
    confirmed,
    cooled,
    downloaded,
    field,
    fits,
    kept_at,
    let_go,
    look,
    of_case,
    person,
    pressed,
    read_outside,
    said_of_copy,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]
ATOM = "{http://www.w3.org/2005/Atom}"
JOINT = "Joint statement on hospitals"
SECRET = "Sandpiper"


def test_a_joint_statement_goes_out_together_or_not_at_all(
    server: Server, chromium: Browser
) -> None:
    telco, second, cloud, bank = (
        person(server, chromium, who, scripts=False, narrow=True)
        for who in ("Telco liaison", "Telco colleague", "Cloud liaison", "Bank liaison")
    )
    telco.goto(f"{server.base}/releases/")
    telco.get_by_role("link", name="New joint statement").click()
    field(telco, "Title").fill(JOINT)
    field(telco, "Text").fill(f"We leave hospitals alone. [[{SECRET}]] too.")
    signers = telco.get_by_role("group", name="Who signs it with you")
    for home in ("Cloud", "Bank"):
        signers.get_by_label(home, exact=True).check()
    checked(telco)
    fits(telco, server, "statement-390")
    pressed(telco, "Save draft", "Draft saved.")
    address, ref = kept_at(telco)
    confirmed(telco, second, address)

    for page in (telco, cloud):
        _signed(page, address)
    bank.goto(address)
    bank.get_by_role("link", name="Decline").click()
    field(bank, "Reason").fill("We cannot say “alone”.")
    pressed(bank, "Decline", "You declined. Nothing goes out.")
    cooled(server, ref)
    for page in (telco, cloud):
        page.goto(address)
        expect(page.get_by_text("Somebody declined. Nothing goes out.").first).to_be_visible()
        expect(page.get_by_role("link", name="Release", exact=True)).to_have_count(0)
    fits(telco, server, "declined-390")
    assert JOINT not in read_outside(chromium, f"{server.base}/public/").content()

    _signed_by_all_of_them(telco, second, cloud, bank, server)
    public = read_outside(chromium, f"{server.base}/public/{ref}")
    expect(public.get_by_text("Joint statement of Bank, Cloud, Telco")).to_be_visible()
    expect(public.get_by_text("We do not attack hospitals.")).to_be_visible()
    assert SECRET not in public.content()


def _signed_by_all_of_them(
    telco: Page, second: Page, cloud: Page, bank: Page, server: Server
) -> None:
    address, ref = kept_at(telco)
    pressed(telco, "Back to draft", "The release is a draft again.")
    telco.get_by_role("link", name="Edit draft").click()
    field(telco, "Text").fill("We do not attack hospitals.")
    pressed(telco, "Save draft", "Changes saved.")
    confirmed(telco, second, address)
    cooled(server, ref)
    for page in (telco, cloud, bank):
        telco.goto(address)
        release = telco.get_by_role("link", name="Release", exact=True)
        expect(release).to_have_count(0)  # two of three are not all
        _signed(page, address)
    let_go(telco, address)


def _signed(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("link", name="Sign", exact=True).click()
    pressed(page, "Sign", "Your answer is saved. It counts for exactly this text.")


def test_a_public_text_is_read_corrected_and_withdrawn(server: Server, chromium: Browser) -> None:
    telco = person(server, chromium, "Telco liaison")
    second = person(server, chromium, "Telco colleague")
    telco.goto(f"{server.base}/notices/{of_case(server, 'Ledgerfall')}")
    telco.locator("summary", has_text="More").click()
    telco.get_by_role("link", name="Derive a public text").click()
    field(telco, "Title").fill("What we know of Ledgerfall")
    field(telco, "Text").fill(f"It spreads by an update of [[{SECRET}]].")
    checked(telco, operation=True)
    telco.get_by_role("button", name="Preview").click()
    preview = telco.get_by_role("region", name="As the public would read it")
    expect(preview).not_to_contain_text(SECRET)
    pressed(telco, "Save draft", "Draft saved.")
    address, ref = kept_at(telco)
    public = f"{server.base}/public/{ref}"
    confirmed(telco, second, address)
    cooled(server, ref)
    let_go(telco, address)

    page = read_outside(chromium, public)
    look(page, server, "public")
    assert SECRET not in page.content()
    first = downloaded(page, page.get_by_role("link", name="Download JSON"))
    assert SECRET.encode() not in first
    assert "This copy is current: version 1" in said_of_copy(page, first)

    _corrected(telco, second, server, chromium, address)
    page = read_outside(chromium, public)
    expect(page.get_by_text("Correction: It now says since when.")).to_be_visible()
    expect(page.get_by_text("since October")).to_be_visible()
    assert "This copy is an earlier version (1" in said_of_copy(page, first)
    page.goto(public)
    newer = downloaded(page, page.get_by_role("link", name="Download JSON"))
    assert "This copy is current: version 2" in said_of_copy(page, newer)

    telco.goto(address)
    telco.locator("summary", has_text="More").click()
    telco.get_by_role("link", name="Withdraw").click()
    field(telco, "Reason").fill("The date was wrong.")
    pressed(telco, "Withdraw release", "Release withdrawn.")
    _withdrawn_everywhere(server, chromium, ref, (first, newer))


def _corrected(telco: Page, second: Page, server: Server, chromium: Browser, address: str) -> None:
    telco.goto(address)
    telco.get_by_role("link", name="Issue a correction").click()
    field(telco, "Correction").fill("It now says since when.")
    pressed(telco, "Begin the correction", "It is a draft again.")
    field(telco, "Text").fill("It has spread by an update since October.")
    pressed(telco, "Save draft", "Changes saved.")
    confirmed(telco, second, address)
    ref = address.rpartition("/")[2]
    page = read_outside(chromium, f"{server.base}/public/{ref}")
    expect(page.get_by_text("version 1").first).to_be_visible()  # as long as it is agreed on
    cooled(server, ref)
    let_go(telco, address)


def _withdrawn_everywhere(
    server: Server, chromium: Browser, ref: str, copies: tuple[bytes, ...]
) -> None:
    page = read_outside(chromium, f"{server.base}/public/{ref}")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Withdrawn text {ref}")
    expect(page.get_by_text("The date was wrong.")).to_be_visible()
    expect(page.get_by_text("Do not rely on copies of it.")).to_be_visible()
    assert "October" not in page.content()
    look(page, server, "withdrawn")
    for copy in copies:
        assert "The text of this copy was withdrawn" in said_of_copy(page, copy)
    page.get_by_role("link", name="Released texts").first.click()
    expect(page.get_by_role("link", name=f"Withdrawn text {ref}")).to_be_visible()
    for part in ("json", "stix"):
        assert page.request.get(f"{server.base}/public/{ref}/{part}").status == 404
    answer = page.request.get(f"{server.base}/public/feed.atom")
    feed = ET.fromstring(answer.text())  # our own
    entries = {entry.findtext(f"{ATOM}id"): entry for entry in feed.findall(f"{ATOM}entry")}
    (entry,) = (one for key, one in entries.items() if str(key).endswith(f"/public/{ref}"))
    assert entry.findtext(f"{ATOM}title") == f"Withdrawn text {ref}"
    assert entry.findtext(f"{ATOM}summary") == "The date was wrong."
    assert entry.find(f"{ATOM}content") is None
    assert page.context.cookies() == []
