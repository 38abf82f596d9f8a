"""A tabletop of forty minutes, run by two people: one at a desk, one on a telephone."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy import select, update

from models.exercises import Exercise, ExerciseInject
from portal.db import make_engine
from tests.browser.conftest import Server, faults, shot
from tests.browser.patience import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
NIGHT, NEWS = "Night shift: servers do not start again", "Newspaper:"
SAID = "We wake the head of operations."
FINDING = "Call each night number once a month"
PLANNED, HELD = timedelta(minutes=40), timedelta(hours=2)


def look(page: Page, server: Server, name: str) -> None:
    """Nothing that axe finds, nothing that sticks out; and a picture."""
    shot(page, f"tabletop-{server.engine}-{name}")
    assert faults(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide, name
    assert "EXERCISE" in page.locator("body").inner_text()


def test_two_people_run_a_tabletop_of_forty_minutes(server: Server, chromium: Browser) -> None:
    desk = chromium.new_context(viewport=WIDE).new_page()
    phone = chromium.new_context(viewport=NARROW, color_scheme="dark").new_page()
    server.sign_in(desk, "Mediator")
    server.sign_in(phone, "Telco liaison")
    ref = _prepared(desk, server)
    address = f"{server.base}/exercises/{ref}"
    assert server.wait_for_email("liaison@telco", ref).startswith("[TLP:AMBER+STRICT] EXERCISE ")

    phone.goto(address)
    expect(phone.get_by_text("You: plays Telephone company")).to_be_visible()
    expect(phone.get_by_text(NIGHT)).to_have_count(0)
    desk.get_by_role("button", name="Start exercise").click()
    expect(desk.get_by_text(re.compile("Running: minute [0-3] of 40."))).to_be_visible()
    # The others wait, however long the machine takes until they may come.
    _moved(server, ref, timedelta(0), HELD)
    look(desk, server, "control")

    _until(phone, address, lambda: phone.get_by_text(NIGHT).count() > 0)
    look(phone, server, "arrived")
    _answered(phone, server)
    desk.reload()
    expect(desk.get_by_text(SAID)).to_be_visible()

    _released_by_hand(desk, phone, server)
    _moved(server, ref, -PLANNED, -PLANNED - HELD)
    _until(phone, address, lambda: phone.get_by_text("Correction: the first").count() > 0)
    expect(phone.get_by_text("Your lawyers advise")).to_have_count(0)  # that is for another party
    desk.reload()
    desk.get_by_role("button", name="Conclude").click()
    _looked_back(desk, phone, server, address)
    _reported(phone, address)
    _removed(desk, phone, server, address)


def _prepared(desk: Page, server: Server) -> str:
    desk.goto(f"{server.base}/exercises/new")
    desk.get_by_role("link", name="A wiper before a signing").click()
    desk.get_by_role("radio", name=re.compile(r"TLP:AMBER\+STRICT")).check()
    desk.get_by_role("group", name="Organisations", exact=True).get_by_label("Telco").check()
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("EXERCISE: A wiper before a signing")
    ref = desk.url.rpartition("/")[2]
    desk.get_by_role("link", name="Set roles").click()
    desk.get_by_label(re.compile("^Telco liaison")).select_option("plays Telephone company")
    look(desk, server, "roles")
    desk.get_by_role("button", name="Save roles").click()
    desk.get_by_role("link", name="Publish").click()
    desk.get_by_role("button", name="Publish and notify").click()
    expect(desk.get_by_text("Exercise planned.")).to_be_visible()
    return ref


def _until(page: Page, address: str, shown: Callable[[], bool]) -> None:
    """Look for new injects by the link of the page, as a participant does."""

    def come() -> bool:
        page.get_by_role("link", name="Look for new injects").click()
        return shown()

    page.goto(address)
    until(come, "no inject came", 1)


def _answered(phone: Page, server: Server) -> None:
    phone.get_by_role("link", name=re.compile("^Answer.*Night shift")).click()
    phone.get_by_label("Response").fill(SAID)
    look(phone, server, "answer")
    phone.get_by_role("button", name="Send response").click()
    expect(phone.get_by_text(SAID)).to_be_visible()


def _released_by_hand(desk: Page, phone: Page, server: Server) -> None:
    row = desk.get_by_role("listitem").filter(has_text=NEWS)
    row.get_by_role("button", name="Release now").click()
    expect(desk.get_by_text("Inject released.")).to_be_visible()
    phone.get_by_role("link", name="Look for new injects").click()
    expect(phone.get_by_role("heading", name=re.compile(NEWS))).to_be_visible()
    first = phone.get_by_role("article").first
    expect(first).to_contain_text(NEWS)  # the newest stands first
    look(phone, server, "newest-first")


def _moved(server: Server, ref: str, start: timedelta, injects: timedelta) -> None:
    """Move the start of an exercise, and when all injects after the first come."""
    engine = make_engine(server.database_url).execution_options(writes=True)
    with engine.begin() as connection:
        key, began = connection.execute(
            select(Exercise.id, Exercise.started_at).where(Exercise.ref == ref)
        ).one()
        connection.execute(
            update(Exercise).where(Exercise.id == key).values(started_at=began + start)
        )
        due = select(ExerciseInject.id, ExerciseInject.due_at).where(
            ExerciseInject.exercise_id == key, ExerciseInject.due_at > began
        )
        for inject, at in connection.execute(due).all():
            moved = update(ExerciseInject).where(ExerciseInject.id == inject)
            connection.execute(moved.values(due_at=at + injects))
    engine.dispose()


def _looked_back(desk: Page, phone: Page, server: Server, address: str) -> None:
    phone.goto(address)
    phone.get_by_role("link", name="Write a note").click()
    phone.get_by_label("Note").fill("The night number was wrong.")
    phone.get_by_role("button", name="Save note").click()
    expect(phone.get_by_text("The night number was wrong.")).to_be_visible()
    desk.goto(f"{address}/add-finding")
    desk.get_by_label("Finding").fill(FINDING)
    desk.get_by_label("For").select_option("Telco")
    desk.get_by_role("button", name="Save finding").click()
    phone.goto(address)
    look(phone, server, "hot-wash")
    phone.get_by_role("link", name="Make it a commitment").click()
    phone.get_by_role("button", name="Draft commitment").click()
    expect(phone.get_by_label("Commitment", exact=False).first).to_be_visible()
    assert "/commitments/" in phone.url
    phone.goto(phone.url.removesuffix("/edit"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text(FINDING)
    expect(phone.get_by_text("From the exercise")).to_be_visible()


def _reported(phone: Page, address: str) -> None:
    phone.goto(address)
    with phone.expect_download() as saved:
        phone.get_by_role("link", name="Download PDF").click()
    assert saved.value.suggested_filename.startswith("EXERCISE-X-")
    content = saved.value.path().read_bytes()
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert all("EXERCISE" in page for page in pages)
    words = " ".join(" ".join(pages).split())
    assert SAID in words
    assert "Your lawyers advise" not in words


def _removed(desk: Page, phone: Page, server: Server, address: str) -> None:
    desk.goto(address)
    look(desk, server, "over")
    desk.goto(f"{address}/erase")
    look(desk, server, "remove")
    desk.get_by_role("button", name="Remove exercise").click()
    expect(desk.get_by_text("Exercise removed.")).to_be_visible()
    answer = phone.goto(address)
    assert answer is not None
    assert answer.status == 404
