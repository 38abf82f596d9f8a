"""On a telephone: what a dialogue asks for is done, and a deputy answers for whoever is silent.

A liaison goes on leave: a colleague acts for them, acknowledges, and it ends at once.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from models.contacts import ContactCheck, ContactPoint
from portal.clock import now
from portal.curriculum import SHIPPED
from tests.browser.conftest import Server, faults, shot
from tests.browser.dialogue_steps import changed

pytestmark = [pytest.mark.browser, pytest.mark.timeout(1800)]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def picture(page: Page, server: Server, name: str) -> None:
    shot(page, f"readiness-{server.engine}-{name}")
    assert faults(page) == []


def test_what_a_dialogue_asks_for_is_done_on_a_telephone(server: Server, chromium: Browser) -> None:
    organiser = chromium.new_context(viewport=WIDE).new_page()
    server.sign_in(organiser, "Mediator")
    organiser.goto(f"{server.base}/dialogues/")
    organiser.get_by_role("link", name="Response teams are left alone").first.click()
    asked = f"{organiser.url.partition('?')[0]}/read-readiness"
    organiser.goto(asked)
    before = _numbers(organiser)

    phone = chromium.new_context(viewport=NARROW).new_page()
    server.sign_in(phone, "Coordinator")
    _check_oneself(phone, server)
    _learn(phone, server)

    organiser.goto(asked)
    assert _numbers(organiser) == [before[0] + 1, before[1] + 1], "numbers, and no name"
    expect(organiser.get_by_role("main").get_by_text("Coordinator")).to_have_count(0)
    picture(organiser, server, "4-organiser")


def _numbers(page: Page) -> list[int]:
    """How many participants have done what is asked for: the self-check, the unit."""
    said = page.locator("dl dd").all_inner_texts()
    return [int(one.split()[0]) for one in said]


def _check_oneself(page: Page, server: Server) -> None:
    page.goto(f"{server.base}/readiness/")
    page.get_by_role("button", name=re.compile("^Begin self-check.*about myself")).click()
    for number, question in enumerate(page.locator(".go-questions > li").all()):
        question.get_by_role("radio", name="No" if number == 1 else "Yes", exact=True).check()
    picture(page, server, "1-questions")
    page.get_by_role("button", name="Complete and show advice").click()
    expect(page.get_by_role("heading", name="What to do, most effect first")).to_be_visible()
    expect(page.get_by_text("This week:")).to_have_count(1)
    picture(page, server, "2-advice")


def _learn(page: Page, server: Server) -> None:
    unit = SHIPPED["chatham-house"]["en"]
    page.goto(f"{server.base}/training/")
    page.get_by_role("button", name=re.compile(f"^Begin.*{unit.title}")).click()
    page.get_by_role("link", name="Skip to the questions").click()
    for question, card in zip(
        unit.questions, page.locator(".go-questions > li").all(), strict=True
    ):
        card.get_by_role("radio", name=question.right.text).check()
    page.get_by_role("button", name="Check answers").click()
    with page.expect_download() as given:
        page.get_by_role("link", name="Download certificate (PDF)").click()
    assert given.value.path().read_bytes().startswith(b"%PDF")
    picture(page, server, "3-certificate")


def test_the_silent_are_passed_over_and_the_deputy_answers_by_one_tap(
    server: Server, chromium: Browser
) -> None:
    keeper = chromium.new_context(viewport=WIDE).new_page()
    server.sign_in(keeper, "Mediator")
    # A duty mediator round the clock, and the spokesperson as their deputy.
    deputy = ContactPoint.email == "press@peace.example"
    on_duty = {"purpose": "duty", "place": 2, "round_the_clock": True}
    changed(server, update(ContactPoint).where(deputy).values(on_duty))
    keeper.goto(f"{server.base}/contacts/")
    keeper.get_by_role("link", name="Duty mediator").first.click()
    server.wait_for_email("duty@peace", "liveness check")

    holder = chromium.new_context(viewport=NARROW).new_page()
    server.sign_in(holder, "Coordinator")
    expect(holder.get_by_role("link", name=re.compile("^Answer the check"))).to_be_visible()
    picture(holder, server, "5-to-do")

    late = {"answer_by_at": now() - timedelta(minutes=1)}
    waiting = (ContactCheck.answered_at.is_(None), ContactCheck.passed_at.is_(None))
    changed(server, update(ContactCheck).where(*waiting).values(late))
    server.wait_for_email("press@peace", "liveness check")
    phone = chromium.new_context(viewport=NARROW).new_page()
    phone.goto(server.mailbox)
    phone.get_by_role("link", name=re.compile("liveness check.*press@peace")).first.click()
    phone.goto(str(phone.locator("a[href*='/contacts/answer/']").first.get_attribute("href")))
    picture(phone, server, "6-one-tap")
    phone.get_by_role("button", name="Yes, we answer").click()
    expect(phone.get_by_role("main")).to_contain_text("Thank you")

    keeper.reload()
    expect(keeper.get_by_role("row").filter(has_text="no answer")).not_to_have_count(0)
    picture(keeper, server, "7-silent")
    holder.reload()
    expect(holder.get_by_role("link", name=re.compile("^Answer the check"))).to_have_count(0)


def test_a_contact_point_is_checked_every_month_and_then_every_six(
    server: Server, chromium: Browser
) -> None:
    phone = chromium.new_context(viewport=NARROW).new_page()
    server.sign_in(phone, "Telco liaison")
    phone.goto(f"{server.base}/contacts/")
    phone.get_by_role("link", name=re.compile("Network duty officer")).first.click()
    planned = phone.locator("#checks")
    expect(planned).to_contain_text("Every month")
    days = planned.locator("time").all_inner_texts()
    phone.get_by_role("link", name="Edit", exact=True).click()
    phone.get_by_label("Liveness check").select_option("Every six months")
    picture(phone, server, "8-how-often")
    phone.get_by_role("button", name="Save", exact=True).click()
    expect(planned).to_contain_text("Every six months")
    assert planned.locator("time").count() == 2
    assert planned.locator("time").all_inner_texts() != days
    picture(phone, server, "9-next-check")


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
    picture(stands_in, server, "alternate-2-asked")
    stands_in.get_by_role("button", name="Accept").click()

    away.goto(f"{server.base}/")
    expect(away.get_by_text("Telco colleague acts for you until")).to_be_visible()
    picture(away, server, "alternate-3-away")
    stands_in.goto(f"{server.base}/")
    picture(stands_in, server, "alternate-4-to-do")
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
    picture(page, server, "alternate-1-name")
    page.get_by_label(re.compile("^Alternate")).select_option(label="Telco colleague, Telco")
    today = _where_the_day_lasts()
    page.get_by_label(re.compile("^Time zone of these days")).fill(str(today.tzinfo))
    for day in ("^First day", "^Last day"):
        page.get_by_label(re.compile(day)).fill(today.date().isoformat())
    page.get_by_label(re.compile("^Acts in")).select_option("all")
    page.get_by_role("button", name="Ask them").click()
    page.wait_for_url(re.compile("/alternates/B-"))
    return page.url.rpartition("/")[2]


def _where_the_day_lasts() -> datetime:
    """Now, where four hours at least are left until midnight."""
    here, there = (now().astimezone(ZoneInfo(name)) for name in ("Europe/Helsinki", "Asia/Tokyo"))
    return here if here.hour < 20 else there
