"""A dialogue, clicked through: a date over three zones, invitations, a record, its adoption."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import update

from models.dialogues import Dialogue
from models.records import Record
from portal.clock import now
from tests.browser.conftest import Server
from tests.browser.dialogue_steps import (
    ITEMS,
    NARROW,
    SUMMER,
    WIDE,
    WINTER,
    Room,
    at,
    changed,
    drafted,
    email,
    jobs_off,
    kept,
    look,
    picture,
    printed,
    same_for_both_programs,
    sent_round,
    typed,
    until_shown,
    verified,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
]
TELCO, BANK = "liaison@telco", "liaison@bank"
SAID = "Emergency lines come first."
ACTION = "Name the systems that carry emergency calls"


def test_a_talk_from_its_first_draft_to_an_adopted_record_and_a_promise(
    server: Server, chromium: Browser
) -> None:
    names = ("Coordinator", "Telco liaison", "Bank liaison", "Response analyst")
    pages = [chromium.new_context(viewport=WIDE).new_page() for _name in names]
    for page, name in zip(pages, names, strict=True):
        server.sign_in(page, name)
    room = Room(server, *pages)
    ref = drafted(room)
    _times_are_offered(room, ref)
    _delegations_answer(room, ref)
    _the_best_time_is_taken(room, ref)
    _invited_in_winter_moved_into_summer(room, ref)
    _both_say_that_they_come(room, ref)
    _held(room, ref)
    record = _written(room, ref)
    _objected_to_and_corrected(room, record)
    _adopted_without_the_jobs_and_sent_with_them(room, record)
    _promised(room, record)
    pages_of_paper = printed(room.telco, server, record)
    assert all(text.count("TLP:AMBER+STRICT") >= 2 for text in pages_of_paper)
    assert SAID in " ".join(" ".join(pages_of_paper).split())

    outsider = chromium.new_context().new_page()
    server.sign_in(outsider, "UN observer")
    for path in (f"dialogues/{ref}", f"dialogues/{ref}/answer", f"records/{record}"):
        answer = outsider.goto(f"{server.base}/{path}")
        assert answer is not None
        assert answer.status == 404, path
    assert verified(server) == "the trail holds\n"


def _times_are_offered(room: Room, ref: str) -> None:
    page = room.coordinator
    page.goto(f"{room.base}/dialogues/{ref}/poll")
    page.get_by_text("Other times").click()
    for n, (day, hour) in enumerate(((WINTER, "10:00"), (WINTER, "20:00"), (SUMMER, "10:00")), 1):
        page.get_by_label(f"Time {n}", exact=True).fill(f"{day}T{hour}")
    picture(page, room.server, "02-times")
    page.get_by_role("button", name="Check local hours").click()
    expect(page.get_by_text("1 of these times is at night for a delegation.")).to_be_visible()
    picture(page, room.server, "02b-local-hours")
    page.get_by_role("button", name="Propose these times").click()
    expect(page.get_by_text("Times proposed. The delegations are notified.")).to_be_visible()


def _delegations_answer(room: Room, ref: str) -> None:
    nairobi = {
        (at(WINTER, "11:00 EAT"), at(WINTER, "10:00 EET")): "yes",
        (at(WINTER, "21:00 EAT"), at(WINTER, "20:00 EET")): "if need be",
        (at(SUMMER, "10:00 EAT"), at(SUMMER, "10:00 EEST")): "yes",
    }
    singapore = {
        (at(WINTER, "16:00 UTC+08:00"), at(WINTER, "10:00 EET")): "yes",
        (at(WINTER + timedelta(days=1), "02:00 UTC+08:00"), at(WINTER, "20:00 EET")): "no",
        (at(SUMMER, "15:00 UTC+08:00"), at(SUMMER, "10:00 EEST")): "if need be",
    }
    helsinki = {(there, there): can for (_here, there), can in nairobi.items()}
    sides = (
        (room.telco, "Europe/Helsinki", helsinki),
        (room.analyst, "Africa/Nairobi", nairobi),
        (room.bank, "Asia/Singapore", singapore),
    )
    for n, (page, zone, said) in zip("abc", sides, strict=True):
        page.goto(f"{room.base}/")
        page.get_by_role("link", name=f"Give your availability {ref}").click()
        expect(page.get_by_text(f"Your time ({zone})")).to_be_visible()
        for (here, there), can in said.items():
            row = page.get_by_role("row").filter(has=page.get_by_role("group", name=here))
            expect(row).to_contain_text(there)
            row.get_by_label(can, exact=True).check()
        picture(page, room.server, f"03{n}-answer-{zone.partition('/')[2].lower()}")
        page.set_viewport_size(NARROW if page is room.telco else WIDE)
        page.get_by_role("button", name="Save response").click()
        expect(page.get_by_text("You can change it until the date is confirmed.")).to_be_visible()
        page.set_viewport_size(WIDE)
    expect(room.bank.get_by_role("link", name="See responses")).to_have_count(0)


def _the_best_time_is_taken(room: Room, ref: str) -> None:
    page = room.coordinator
    page.goto(f"{room.base}/dialogues/{ref}/read-answers")
    expect(page.get_by_text("3 of 3 delegations have responded")).to_be_visible()
    best = page.locator(".go-ranked > li").first
    expect(best).to_contain_text(at(WINTER, "10:00 EET"))
    expect(page.get_by_role("img", name="Local hours of the delegations")).to_be_visible()
    picture(page, room.server, "05-answers")
    best.get_by_role("link", name="Choose this time").click()
    expect(page.get_by_role("radio", name=at(WINTER, "10:00 EET"))).to_be_checked()
    page.get_by_role("button", name="Confirm date and invite").click()
    expect(page.get_by_text("Date confirmed.")).to_be_visible()


def _invited_in_winter_moved_into_summer(room: Room, ref: str) -> None:
    for page, name in ((room.telco, "Telco liaison"), (room.bank, "Bank liaison")):
        page.goto(f"{room.base}/dialogues/{ref}")
        page.get_by_role("link", name="Name participants").click()
        page.get_by_role("group", name=name).get_by_label("Attends").check()
        page.get_by_role("button", name="Save participants").click()
        expect(page.get_by_text("Participants saved.")).to_be_visible()
    picture(room.bank, room.server, "06-dialogue-invited")
    for who in (TELCO, BANK):
        same_for_both_programs(room, who, f"{ref}: invitation", 0, WINTER, 8)
    room.telco.goto(email(room.server, TELCO, f"{ref}: invitation"))
    expect(room.telco.get_by_text("EET (Europe/Helsinki)")).to_be_visible()
    look(room.telco, room.server, "07-letter")

    page = room.coordinator
    page.get_by_role("link", name="Reschedule").click()
    page.get_by_label("Begins at").fill(f"{SUMMER}T10:00")
    page.get_by_role("button", name="Reschedule and invite again").click()
    expect(page.get_by_text("Dialogue rescheduled.")).to_be_visible()


def _both_say_that_they_come(room: Room, ref: str) -> None:
    page = room.bank
    page.goto(f"{room.base}/dialogues/{ref}/answer")
    picture(page, room.server, "08-do-you-come")
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_text("Response saved.")).to_be_visible()
    for who in (TELCO, BANK):
        same_for_both_programs(room, who, f"{ref}: rescheduled, please respond", 1, SUMMER, 7)
    page = room.telco
    page.goto(email(room.server, TELCO, f"{ref}: rescheduled, please respond"))
    page.get_by_role("button", name="Accept", exact=True).click()
    expect(page.get_by_role("heading", name="Mailbox")).to_be_visible()
    look(page, room.server, "09-mailbox")
    room.coordinator.goto(f"{room.base}/dialogues/{ref}")
    for name in ("Telco liaison", "Bank liaison"):
        line = room.coordinator.get_by_text(f"{name}, Participant · accepted", exact=True)
        until_shown(room.coordinator, line)
    picture(room.coordinator, room.server, "10-dialogue")


def _held(room: Room, ref: str) -> None:
    begun = now() - timedelta(hours=2)
    times = {"starts_at": begun, "ends_at": begun + timedelta(hours=1), "wall": None}
    changed(room.server, update(Dialogue).where(Dialogue.ref == ref).values(times))
    page = room.coordinator
    page.reload()
    page.get_by_role("link", name="Attendance").click()
    for name in ("Telco liaison, Telco", "Bank liaison, Bank", "Cloud liaison", "Coordinator"):
        page.get_by_label(name).check()
    picture(page, room.server, "11-who-came")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Attendance saved.")).to_be_visible()
    page.goto(f"{room.base}/dialogues/{ref}")
    page.get_by_role("button", name="Record that it took place").click()
    expect(page.get_by_text("The dialogue has been held. Now write its minutes.")).to_be_visible()


def _written(room: Room, ref: str) -> str:
    page = room.coordinator
    page.get_by_role("button", name="Write the minutes").click()
    said = {
        "Discussion": "All systems come first.",
        "Telco": "Emergency calls run on our lines.",
    }
    typed(page, 1, said)
    kept(page, 2, "Both are told a day before.")
    acts = page.get_by_role("region", name="Action items")
    acts.get_by_label("Action in one line").fill(ACTION)
    acts.get_by_label("Point").select_option(index=1)
    acts.get_by_label("Responsible").select_option(label="Bank")
    acts.get_by_label("Counterpart").select_option(label="Telco")
    acts.get_by_label("Due", exact=True).fill((now() + timedelta(days=30)).date().isoformat())
    acts.get_by_role("button", name="Add action item").click()
    expect(page.get_by_text("Action item saved.")).to_be_visible()
    picture(page, room.server, "12-writing")
    record = re.findall(r"R-\d\d-\w{6}", page.url)[0]
    sent_round(room, record)
    return record


def _objected_to_and_corrected(room: Room, record: str) -> None:
    for page, verb, label, words, answer in (
        (room.bank, "Comment", "Comment", "Tenants too?", "Comment saved."),
        (
            room.telco,
            "Object",
            "Reason for your objection",
            "Not all: " + SAID,
            "Objection saved.",
        ),
    ):
        page.goto(f"{room.base}/records/{record}")
        page.get_by_role("link", name=verb, exact=True).click()
        page.get_by_label("Concerns").select_option(label=f"1. {ITEMS[0][0]}")
        page.get_by_label(label).fill(words)
        page.get_by_role("button", name=verb, exact=True).click()
        expect(page.get_by_text(answer)).to_be_visible()
    page = room.coordinator
    page.goto(f"{room.base}/records/{record}")
    expect(page.get_by_text("Not all: " + SAID)).to_be_visible()
    picture(page, room.server, "13-objected-to")
    page.get_by_role("link", name="Write", exact=True).click()
    kept(page, 1, SAID)
    sent_round(room, record)
    page = room.bank
    page.goto(f"{room.base}/records/{record}")
    # Whole days until the last one ends: one less when midnight has passed in between.
    ends = page.get_by_role("heading", name="Silence procedure ends")
    expect(ends).to_contain_text(re.compile(r"\(in [23] days\)"))
    picture(page, room.server, "14-silence")
    page.get_by_role("link", name="See what has changed since the previous version.").click()
    picture(page, room.server, "15-what-changed")
    for who in ("coordinator@peace", BANK):
        assert room.server.wait_for_email(who, f"{record}: objection to the minutes")


def _adopted_without_the_jobs_and_sent_with_them(room: Room, record: str) -> None:
    notified = f"{record}: minutes adopted"
    with jobs_off(room.server):
        over = {"silence_until_at": now() - timedelta(minutes=1)}
        changed(room.server, update(Record).where(Record.ref == record).values(over))
        room.telco.goto(f"{room.base}/records/{record}")
        expect(room.telco.get_by_role("heading", name="Adopted and locked")).to_be_visible()
        assert not room.server.emails(TELCO, notified)
    for who in (TELCO, BANK):
        assert room.server.wait_for_email(who, notified)


def _promised(room: Room, record: str) -> None:
    page = room.bank
    page.goto(f"{room.base}/records/{record}")
    page.get_by_role("button", name="Make it a commitment").click()
    expect(
        page.get_by_text("A draft commitment is saved and linked to the action item.")
    ).to_be_visible()
    commitment = re.findall(r"C-\d\d-\w{6}", page.url)[0]
    page.goto(f"{room.base}/commitments/{commitment}")
    expect(page.get_by_text(ACTION).first).to_be_visible()
    picture(page, room.server, "16-promise")
    page.locator("dt", has_text="From the minutes").locator("+ dd").get_by_role("link").click()
    expect(page).to_have_url(f"{room.base}/records/{record}")
    expect(page.get_by_role("link", name=commitment)).to_be_visible()
    picture(page, room.server, "17-adopted")
