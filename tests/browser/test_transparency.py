"""Claims and harm, clicked through: replied to before anybody reads it, and summed with a range.

The clock is the one thing that is helped.
"""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.clock import now
from tests.browser.conftest import Server
from tests.browser.release_steps import (
    addressed,
    checked,
    confirmed,
    cooled,
    downloaded,
    field,
    fits,
    from_menu,
    kept_at,
    let_go,
    look,
    of_case,
    person,
    pressed,
    published,
    read_outside,
)

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]
CLAIMED = "The update came through a relay at Bank"
REPLIED = "The relay was switched off in March; we have no trace of the update."


def test_whom_a_claim_names_replies_before_it_goes_out(server: Server, chromium: Browser) -> None:
    telco = person(server, chromium, "Telco liaison")
    address, ref = _claimed(telco, server)
    bank = person(server, chromium, "Bank liaison", scripts=False, narrow=True)
    reader = person(server, chromium, "Mediator")
    for page, status in ((bank, 404), (reader, 404)):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
    _put_to_reply(telco, server)
    answer = reader.goto(address)
    assert answer is not None
    assert answer.status == 404, "it is not published yet"
    _replied(bank, server, ref)
    telco.goto(address)
    expect(telco.locator("#replies")).to_contain_text(REPLIED)
    published(telco, "Claim published. Its recipients are notified.")
    reader.goto(address)
    replies = reader.locator("#replies")
    expect(replies).to_contain_text("Bank")
    expect(replies).to_contain_text(REPLIED)
    look(reader, server, "claim")
    _reply_taken_along(telco)
    _reply_stands_in_public(telco, bank, server, chromium, address)


def _claimed(telco: Page, server: Server) -> tuple[str, str]:
    telco.goto(f"{server.base}/claims/")
    telco.get_by_role("link", name="New claim").click()
    field(telco, "What is claimed").fill(CLAIMED)
    field(telco, "Day").fill("2026-10")
    field(telco, "Form").select_option(label="Own statement")
    field(telco, "Whom it is about").select_option(label="Organisation or body")
    telco.get_by_label("Where that is an organisation of this portal").select_option(label="Bank")
    field(telco, "Exactly what is said").fill("A relay at Bank passed the update on.")
    field(telco, "How far verified").select_option("project")
    addressed(telco, "AMBER+STRICT", "Peace Mediation")
    pressed(telco, "Save draft", "Draft saved. Only your organisation can see it.")
    return kept_at(telco)


def _put_to_reply(telco: Page, server: Server) -> None:
    expect(telco.get_by_role("link", name="Publish", exact=True)).to_have_count(0)
    telco.get_by_role("link", name="Ask for a reply").click()
    # Three days are the least that somebody has to reply.
    by_on = field(telco, "Reply by the end of")
    by_on.fill((now() + timedelta(days=1)).date().isoformat())
    telco.get_by_role("button", name="Ask for a reply").click()
    expect(telco.locator(".go-error").first).to_be_visible()
    look(telco, server, "too-short-a-time")
    by_on.fill((now() + timedelta(days=8)).date().isoformat())
    then = "They are notified. You can publish once they have replied"
    pressed(telco, "Ask for a reply", then)
    expect(telco.get_by_text("A reply is asked for by")).to_be_visible()
    expect(telco.get_by_role("link", name="Publish", exact=True)).to_have_count(0)


def _replied(bank: Page, server: Server, ref: str) -> None:
    assert server.wait_for_email("liaison@bank", f"{ref}: reply asked")
    bank.goto(f"{server.base}/")
    bank.get_by_role("link", name=ref).first.click()
    bank.locator("main").get_by_role("link", name="Reply", exact=True).click()
    pressed(bank, "Send reply", "Enter")  # an empty reply is refused
    field(bank, "Your reply").fill(REPLIED)
    fits(bank, server, "reply-390")
    pressed(bank, "Send reply", "Your reply stands beside the claim.")
    expect(bank.locator("#replies")).to_contain_text(REPLIED)


def _reply_taken_along(page: Page) -> None:
    page.reload()
    (line,) = csv.DictReader(StringIO(from_menu(page, "Download CSV").decode("utf-8-sig")))
    assert line["Reply of the organisation that is named"] == f"Bank: {REPLIED}"
    bundle = json.loads(from_menu(page, "Export as STIX 2.1"))
    names = {one["id"]: one["name"] for one in bundle["objects"] if one["type"] == "identity"}
    notes = [one for one in bundle["objects"] if one["type"] == "note"]
    (reply,) = (one for one in notes if one["content"] == REPLIED)
    assert names[reply["created_by_ref"]] == "Bank"
    event = from_menu(page, "Export as MISP event").decode()
    assert REPLIED in event


def _reply_stands_in_public(
    telco: Page, bank: Page, server: Server, chromium: Browser, claim: str
) -> None:
    telco.goto(claim)
    telco.locator("summary", has_text="More").click()
    telco.get_by_role("link", name="Derive a public text").click()
    checked(telco, operation=True)
    pressed(telco, "Save draft", "Draft saved. Nobody outside sees it")
    address, ref = kept_at(telco)
    confirmed(telco, person(server, chromium, "Telco colleague"), address)
    bank.goto(address)
    bank.get_by_role("link", name="Reply", exact=True).click()
    field(bank, "Your reply").fill(REPLIED)
    pressed(bank, "Send reply", "Your reply will stand beside the text.")
    cooled(server, ref)
    let_go(telco, address)
    public = read_outside(chromium, f"{server.base}/public/{ref}")
    expect(public.get_by_role("heading", level=1)).to_have_text(CLAIMED)
    reply = public.locator(".go-voice", has=public.get_by_role("heading", name="Reply of Bank"))
    expect(reply).to_contain_text(REPLIED)
    look(public, server, "public-reply")


def test_harm_of_ones_own_and_of_others_is_summed_with_what_is_left_out(
    server: Server, chromium: Browser
) -> None:
    notice = of_case(server, "Hosted ledgers")
    cloud = person(server, chromium, "Cloud liaison")
    mediator = person(server, chromium, "Mediator")
    together = f"{server.base}/harm/together/{notice}"
    cloud.goto(f"{server.base}/notices/{notice}")
    cloud.get_by_role("link", name="Harm, and who said it").click()
    expect(cloud.get_by_text("That does not mean that there was none.")).to_be_visible()
    cloud.get_by_role("link", name="State harm of your organisation").click()
    _amount(cloud, "Tenants cut off", ("250", "", "300"), "tenants")
    field(cloud, "At the least").fill("about 250")  # a guess at a number is refused
    cloud.get_by_role("button", name="Save draft").click()
    expect(cloud.locator(".go-error").first).to_contain_text("Enter a whole number")
    field(cloud, "At the least").fill("250")
    pressed(cloud, "Save draft", "Draft saved.")
    published(cloud, "Row published.")

    _cited(mediator, together)
    for page in (cloud, mediator):
        page.goto(together)
        _summed(page)
    look(mediator, server, "sums")
    _unknown_is_never_nought(mediator)


def _cited(mediator: Page, together: str) -> None:
    mediator.goto(together)
    for title, amount, total in (
        ("Tenants of a reseller cut off", ("40", "", ""), False),
        ("Tenants of another host", ("", "", ""), False),
        ("Tenants cut off in all", ("400", "", ""), True),
    ):
        mediator.get_by_role("link", name="State harm of others, from a source").click()
        _amount(mediator, title, amount, "tenants")
        if total:
            mediator.get_by_label("A total: other rows hold parts of the same").check()
        field(mediator, "Whom it happened to").fill("A reseller")
        field(mediator, "Who said it").fill("A trade journal")
        field(mediator, "Source").fill("Trade journal, 3 November 2026")
        pressed(mediator, "Save draft", "Draft saved.")
        published(mediator, "Row published.")
        mediator.goto(together)


def _summed(page: Page) -> None:
    sums = page.locator("section", has=page.get_by_role("heading", name="Sums"))
    for words in (
        "at least 290.",
        "2 rows are in it.",
        "1 has no upper end, so it may be more.",
        "Left out: 1 that is not known.",
        "Left out: 1 total that counts others again.",
    ):
        expect(sums).to_contain_text(words)
    table = page.get_by_role("region", name="Rows")
    row = table.get_by_role("row", name="Tenants cut off", exact=False)
    expect(row.filter(has_text="Cloud").first).to_contain_text("250 to 300 tenants")
    unknown = table.get_by_role("row").filter(has_text="Tenants of another host")
    expect(unknown).to_contain_text("not known")
    expect(unknown).to_contain_text("A trade journal")


def _amount(page: Page, title: str, amount: tuple[str, str, str], unit: str) -> None:
    field(page, "Harm").fill(title)
    field(page, "Category").select_option(index=1)
    for label, part in zip(("At the least", "Best estimate", "At the most"), amount, strict=True):
        field(page, label).fill(part)
    field(page, "Unit").fill(unit)
    field(page, "How far verified").select_option("secondary")
    addressed(page, "AMBER", "Peace Mediation", "Cloud")


def _unknown_is_never_nought(page: Page) -> None:
    content = downloaded(page, page.get_by_role("link", name="Download CSV"))
    lines = {line["Harm"]: line for line in csv.DictReader(StringIO(content.decode("utf-8-sig")))}
    parts = ("At the least", "Best estimate", "At the most")
    said = {title: [line[part] for part in parts] for title, line in lines.items()}
    assert said["Tenants cut off"] == ["250", "not known", "300"]
    assert said["Tenants of another host"] == ["not known"] * 3
