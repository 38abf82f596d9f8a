"""What people do with claims, harm and public texts, clicked through, and what is taken along."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import select, update

from models.notices import Notice
from models.releases import Release
from portal.clock import now
from portal.db import make_engine
from portal.precautions import DO_NO_HARM, UNINTENDED
from tests.browser.conftest import Server, faults, shot
from tests.browser.dialogue_steps import changed

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ANSWER = "Not known."


def person(
    server: Server, chromium: Browser, who: str, *, scripts: bool = True, narrow: bool = False
) -> Page:
    """Somebody signed in, before a browser of their own."""
    size = NARROW if narrow else WIDE
    page = chromium.new_context(viewport=size, java_script_enabled=scripts).new_page()
    server.sign_in(page, who)
    return page


def fits(page: Page, server: Server, name: str) -> None:
    """Keep the page as it looks; nothing runs out of it."""
    shot(page, f"transparency-{server.engine}-{name}")
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide, name


def look(page: Page, server: Server, name: str) -> None:
    """The same, and axe finds nothing on it, for which scripts have to run."""
    fits(page, server, name)
    assert faults(page) == [], name


def of_case(server: Server, title: str) -> str:
    """The reference of the notice of the demo world with this title."""
    engine = make_engine(server.database_url)
    with engine.connect() as connection:
        ref = connection.scalar(select(Notice.ref).where(Notice.title.startswith(title)))
    engine.dispose()
    assert ref is not None
    return str(ref)


def kept_at(page: Page) -> tuple[str, str]:
    """The address of the page that is open, and the reference at its end."""
    address = page.url.partition("#")[0]  # a browser carries the part after it on
    return address, address.rpartition("/")[2]


def field(page: Page, label: str) -> Locator:
    """The field with this label, required or not; never a section of the same name."""
    named = page.get_by_label(re.compile(rf"^{re.escape(label)}( \(required\))?$"))
    return named.and_(page.locator("input, textarea, select"))


def addressed(page: Page, tlp: str, *homes: str) -> None:
    """Choose a marking, and the organisations that it goes to."""
    page.get_by_role("radio", name=re.compile(rf"^TLP:{re.escape(tlp)} ")).check()
    for home in homes:
        group = page.get_by_role("group", name="Organisations", exact=True)
        group.get_by_label(home, exact=True).check()


def pressed(page: Page, name: str, then: str) -> None:
    """Press the button, and read what is said then."""
    page.locator("main").get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(then).first).to_be_visible()


def published(page: Page, then: str) -> None:
    """Publish the draft whose page is open."""
    page.get_by_role("link", name="Publish", exact=True).click()
    pressed(page, "Publish and notify", then)


def downloaded(page: Page, link: Locator) -> bytes:
    """What a link hands out."""
    with page.expect_download() as taken:
        link.click()
    return Path(taken.value.path()).read_bytes()


def from_menu(page: Page, name: str) -> bytes:
    """The file that an entry of the menu hands out."""
    menu = page.locator("details.go-more", has_text=name)
    if menu.get_attribute("open") is None:
        menu.locator("summary").click()
    return downloaded(page, menu.get_by_role("link", name=name))


def checked(page: Page, *, operation: bool = False) -> None:
    """Answer the do-no-harm check, and what is asked of a word about an operation."""
    asked: Mapping[str, str] = {**DO_NO_HARM, **(UNINTENDED if operation else {})}
    for question in asked.values():
        page.get_by_label(question, exact=True).fill(ANSWER)


def confirmed(first: Page, second: Page, address: str) -> None:
    """Hand the draft on the open page to a second person, who destroys what is marked."""
    pressed(first, "Hand to a second person", "A second person of your side is notified.")
    second.goto(address)
    second.get_by_role("link", name="Confirm what is removed").click()
    said = "What was marked is destroyed. All whom it concerns are notified."
    pressed(second, "Destroy what is marked, and ask all", said)


def cooled(server: Server, ref: str) -> None:
    """The cooling-off time is over; nobody waits for it here."""
    over = update(Release).where(Release.ref == ref).values(cool_until_at=now())
    changed(server, over)


def let_go(page: Page, address: str) -> None:
    """Release what all have agreed on."""
    page.goto(address)
    page.get_by_role("link", name="Release", exact=True).click()
    pressed(page, "Release to everybody", "Released. Everybody can read it.")


def read_outside(chromium: Browser, address: str) -> Page:
    """A public page in a fresh browser; no page of it sets a cookie."""
    context = chromium.new_context(viewport=WIDE)
    page = context.new_page()
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200, address
    assert context.cookies() == []
    return page


def said_of_copy(page: Page, copy: bytes) -> str:
    """What the public page says of a copy, by its SHA-256."""
    page.get_by_role("link", name="Check a copy").click()
    page.get_by_label("SHA-256").fill(hashlib.sha256(copy).hexdigest())
    page.get_by_role("button", name="Check").click()
    assert page.context.cookies() == []
    return page.get_by_role("status").inner_text()
