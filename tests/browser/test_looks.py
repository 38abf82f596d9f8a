"""Every page in a real browser: axe finds nothing, nothing sticks out, whatever width or light."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pypdf import PdfReader
from sqlalchemy import update

from models.stakeholders import Person
from portal.db import make_engine
from tests.browser.addresses import pages
from tests.browser.conftest import AXE, Server, faults, shot
from tools.write_docs import bare_app

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
]

HEAVIEST = 60_000  # bytes of HTML, as it is before it is compressed
# Asked of the browser, which would else hand over the whole page to be counted.
WEIGHT = "performance.getEntriesByType('navigation')[0].decodedBodySize"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 844}
# Asked directly: a locator would bring all that locates into each page first.
DIRECTION = "document.documentElement.dir"
# What no field, and no group of them, has as its description: nobody hears it with its field.
LOOSE = """Array.from(
    document.querySelectorAll(".form-hint[id$='-hint'], .go-error[id$='-error']"), said => said.id
).filter(id => !document.querySelector(`[aria-describedby~="${id}"]`))"""
# How high the bar of the main action is, and how far above it what has the focus is scrolled.
BAR, SCROLLED = "document.querySelector('.go-sticky')?.offsetHeight || 0", 88
LOOKS: dict[str, Any] = {
    "light-1280": {"viewport": WIDE, "color_scheme": "light"},
    "dark-320": {"viewport": NARROW, "color_scheme": "dark"},
}


def sticks_out(page: Page) -> bool:
    """Whether the page is wider than the window: a reader on a telephone would have to push it."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_no_page_is_wrong_in_any_light_at_any_width(
    server: Server, chromium: Browser, tmp_path: Path
) -> None:
    def alight(**look: Any) -> BrowserContext:
        context = chromium.new_context(**look)
        # Kept by the browser: to hand it over for each page takes as long as to look at one.
        context.add_init_script(path=AXE)
        return context

    assert walked(server, alight, tmp_path, wrong_in_any_look) == []


def test_every_page_reads_from_right_to_left(
    server: Server, chromium: Browser, tmp_path: Path
) -> None:
    def turned(page: Page, endpoint: str) -> list[str]:
        shot(page, f"rtl-1280-{endpoint}")
        wrong = [f"{endpoint} {page.url} is wider than the window"] if sticks_out(page) else []
        # What everybody reads is in one language for all.
        if "/public/" not in page.url and page.evaluate(DIRECTION) != "rtl":
            wrong.append(f"{page.url} is not turned round")
        return wrong

    with spoken(server, "ar"):
        assert walked(server, chromium.new_context, tmp_path, turned) == []


@contextmanager
def spoken(server: Server, language: str) -> Iterator[None]:
    """Everybody reads that language meanwhile."""
    engine = make_engine(server.database_url).execution_options(writes=True)
    for now in (language, "en"):
        with engine.begin() as connection:
            connection.execute(update(Person).values(language=now))
        if now == language:
            yield
    engine.dispose()


def walked(
    server: Server,
    begun: Callable[..., BrowserContext],
    folder: Path,
    wrong_on: Callable[[Page, str], list[str]],
) -> list[str]:
    """What is wrong on any page, opened once in turn by somebody who may."""
    walk = pages(bare_app(folder), server)
    assert len(walk) > 25
    wrong: list[str] = []
    for who in sorted({who for who, _endpoint, _address in walk}):
        # Colours that fade over would be looked at half-way.
        context = begun(**LOOKS["light-1280"], reduced_motion="reduce")
        page = context.new_page()
        server.sign_in(page, who)
        for _who, endpoint, address in (step for step in walk if step[0] == who):
            answer = page.goto(f"{server.base}{address}")
            assert answer is not None
            if answer.status != 200:
                wrong.append(f"{endpoint} {address} as {who}: {answer.status}")
                continue
            if (weight := page.evaluate(WEIGHT)) > HEAVIEST:
                wrong.append(f"{endpoint} {address} weighs {weight} bytes")
            if loose := page.evaluate(LOOSE):
                wrong.append(f"{endpoint} {address} does not tie {loose} to a field")
            wrong += wrong_on(page, endpoint)
        context.close()
    return wrong


def wrong_in_any_look(page: Page, endpoint: str) -> list[str]:
    """What axe finds, and where the page is wider than the window; each look leaves its picture.

    The page is not loaded anew for the second look, as when somebody turns a telephone. The next
    page is loaded in that look, and turned the other way.
    """
    wrong, looks = [], list(LOOKS.items())
    if page.viewport_size == NARROW:
        looks.reverse()
    for name, look in looks:
        if page.viewport_size != look["viewport"]:
            page.set_viewport_size(look["viewport"])
            page.emulate_media(color_scheme=look["color_scheme"])
        wrong += [f"{name} {fault}" for fault in faults(page)]
        if sticks_out(page):
            wrong.append(f"{endpoint} {page.url} {name} is wider than the window")
        if page.evaluate(BAR) > SCROLLED:
            wrong.append(f"{endpoint} {page.url} {name} has a bar that hides what has the focus")
        shot(page, f"{name}-{endpoint}")
    return wrong


# Faults that are there in one look only, or in both. The policy of pages lets no style in by text.
PLANTED = """() => {
    document.querySelector("main").insertAdjacentHTML("beforeend", `
        <p class="go-planted-dark">Read me</p>
        <button type="button"><span class="go-planted-wide">Named</span></button>
        <div class="go-planted-near"><a href="#main">Near</a><a href="#top">Next</a></div>
        <p>This is a sentence with words before <img src="/static/none.svg"> and after it</p>`);
    const style = new CSSStyleSheet();
    style.replaceSync(`
        @media (prefers-color-scheme: dark) { .go-planted-dark { color: #333; background: #222; } }
        .go-planted-near a { display: block; overflow: hidden; height: 24px; width: 24px; }
        @media (max-width: 400px) {
            .go-planted-wide { display: none; }
            .go-planted-near a { height: 8px; width: 8px; }
        }`);
    document.adoptedStyleSheets = [style];
}"""


@pytest.mark.parametrize("first", LOOKS)
def test_a_fault_is_found_in_the_look_in_which_it_is(
    server: Server, chromium: Browser, first: str
) -> None:
    page = chromium.new_context(**LOOKS[first], reduced_motion="reduce").new_page()
    server.sign_in(page, "Mediator")
    page.goto(f"{server.base}/offers/")
    page.evaluate(PLANTED)
    found = {tuple(fault.split()[::2][:2]) for fault in wrong_in_any_look(page, "planted")}
    assert found == {
        ("dark-320", "button-name:"),
        ("dark-320", "color-contrast:"),
        ("dark-320", "image-alt:"),
        ("dark-320", "target-size:"),
        ("light-1280", "image-alt:"),
    }


class Slow(BaseHTTPRequestHandler):
    """A page whose first bytes come long before the rest, as from a server that is busy."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.flush()
        if self.path == "/late":
            time.sleep(1)
        image = '<img src="data:,">' if self.path == "/late" else ""
        self.wfile.write(
            f'<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>{image}'
            '<a href="/late">Go on</a></main></html>'.encode()
        )

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


def test_a_page_is_looked_at_when_all_of_it_is_there(chromium: Browser) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as served:
        Thread(target=served.serve_forever).start()
        page = chromium.new_page()
        page.goto(f"http://127.0.0.1:{served.server_port}/")
        assert faults(page) == []
        page.get_by_role("link", name="Go on").press("Enter")
        assert [fault.split()[1] for fault in faults(page)] == ["image-alt:"]
        page.goto(f"http://127.0.0.1:{served.server_port}/")
        page.get_by_role("link", name="Go on").click()
        assert page.locator("img").count() == 1
        served.shutdown()


def test_pages_of_strangers_and_errors(server: Server, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{server.base}/")
    assert faults(page) == []
    shot(page, "light-1280-auth.sign_in")
    server.sign_in(page, "UN observer")
    for path, status in (("/notices/N-26-XXXXXX", 404), ("/notices/new", 403)):
        answer = page.goto(f"{server.base}{path}")
        assert answer is not None
        assert answer.status == status
        assert faults(page) == []
        shot(page, f"light-1280-error-{status}")


def test_the_keyboard_goes_all_the_way(server: Server, chromium: Browser) -> None:
    page = chromium.new_page()
    server.sign_in(page, "Mediator")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Skip to content")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none", "one sees where one is"


def test_a_refused_form_takes_the_reader_to_what_is_wrong(
    server: Server, chromium: Browser
) -> None:
    page = chromium.new_page()
    server.sign_in(page, "Telco liaison")
    page.goto(f"{server.base}/notices/new")
    page.locator("summary", has_text="Summary").click()
    page.get_by_label("Summary").fill("kept as typed")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.get_by_label("Summary").input_value() == "kept as typed"
    page.get_by_role("alert").get_by_role("link", name="Title").click()
    expect(page.get_by_label("Title")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="Recipients (TLP 2.0)").click()
    expect(page.get_by_role("group", name="Recipients (TLP 2.0)")).to_be_focused()
    assert faults(page) == []


def test_a_marking_is_on_each_sheet_of_paper(server: Server, chromium: Browser) -> None:
    page = chromium.new_context(color_scheme="dark").new_page()
    server.sign_in(page, "Telco liaison")
    page.goto(f"{server.base}/duty-sheet/")
    sheets = [one.extract_text() for one in PdfReader(BytesIO(page.pdf())).pages]
    assert len(sheets) > 1
    assert [text.count("TLP:RED") >= 2 for text in sheets] == [True] * len(sheets)
    assert "Imprint" not in "".join(sheets), "the links of the footer are for the screen"


def test_who_will_see_is_live_with_scripts_and_there_without(
    server: Server, chromium: Browser
) -> None:
    page = chromium.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    server.sign_in(page, "Telco liaison")
    page.goto(f"{server.base}/notices/new")
    page.get_by_role("radio", name=re.compile(r"^TLP:AMBER\+STRICT")).check()
    organisations = page.get_by_role("group", name="Organisations", exact=True)
    organisations.get_by_label("Peace Mediation").check()
    page.locator("#reach").get_by_text("4 people can read it. They are from 2").wait_for()
    organisations.get_by_label("Response Team").check()
    page.locator("#reach").get_by_text("6 people can read it. They are from 3").wait_for()
    page.get_by_role("radio", name=re.compile("^TLP:RED")).check()
    page.locator("#reach").get_by_text("TLP:RED reaches only people").first.wait_for()
    assert organisations.get_by_label("Response Team").is_checked(), "nothing typed is lost"
    assert faults(page) == []
    assert [line for line in refused if "Content Security Policy" in line] == []
    plain = chromium.new_context(java_script_enabled=False).new_page()
    server.sign_in(plain, "Telco colleague")
    plain.goto(f"{server.base}/notices/new")
    plain.get_by_role("radio", name=re.compile(r"^TLP:AMBER\+STRICT")).check()
    plain.get_by_role("group", name="Organisations", exact=True).get_by_label(
        "Peace Mediation"
    ).check()
    plain.get_by_role("button", name="Preview and check recipients").click()
    plain.locator("#reach").get_by_text("4 people can read it. They are from 2").wait_for()
    assert plain.url.endswith("#reach")
