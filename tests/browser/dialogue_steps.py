"""What a talk in a browser needs beside its pages: mailbox, calendars, jobs, the clock, paper."""

import html
import re
import shutil
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from playwright.sync_api import Locator, Page, Response, expect
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from models.ledger import Heartbeat
from portal.clock import now
from portal.db import make_engine
from tests.browser.conftest import PICTURES, ROOT, SHOTS, Server, faults, shot
from tests.browser.patience import PATIENCE, until
from tests.calendars.readers import Read, by_ical_js, by_vobject
from tests.warm import Warm

ITEMS = (("Which systems come first", 40), ("Who is told before", 20))
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


class Room(NamedTuple):
    """The system, and those who talk in it, each before a browser of her own."""

    server: Server
    coordinator: Page
    telco: Page
    bank: Page
    analyst: Page

    @property
    def base(self) -> str:
        return self.server.base


def tuesday(month: int) -> date:
    """A Tuesday in the middle of a month of next year."""
    middle = date(now().year + 1, month, 12)
    return middle + timedelta(days=(1 - middle.weekday()) % 7)


WINTER, SUMMER = tuesday(1), tuesday(7)


def at(day: date, words: str) -> str:
    """A time as the pages write it."""
    return f"{day:%a} {day.day} {day:%b} {day.year}, {words}"


def look(page: Page, server: Server, name: str) -> None:
    """Keep the page as it looks; axe finds nothing on it."""
    page.set_viewport_size(WIDE)
    shot(page, f"talks-{server.engine}-{name}-1280")
    assert faults(page) == []


def picture(page: Page, server: Server, name: str) -> None:
    """Keep a page of the portal as it looks, wide and narrow, where nothing runs out of it."""
    look(page, server, name)
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot(page, f"talks-{server.engine}-{name}-390")
    page.set_viewport_size(WIDE)


def until_shown(page: Page, what: Locator) -> None:
    """Load the page anew until it shows this: somebody else is the one who brings it about."""

    def shown() -> bool:
        page.reload()
        return what.count() > 0

    until(shown, f"{page.url} does not show {what}")


def email(server: Server, to: str, word: str) -> str:
    """Where the mailbox shows the e-mail to somebody that holds a word; waits for it."""
    line = re.escape(server.wait_for_email(to, word))
    with urllib.request.urlopen(server.mailbox, timeout=PATIENCE) as answer:
        number = re.findall(rf"<li><a href='(/\d+)'>{line}</a>", answer.read().decode())
    return f"{server.mailbox}{number[0]}"


def entry(address: str) -> Read:
    """The calendar of an e-mail, as two programs read it that did not write it: both the same."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        shown = answer.read().decode()
    ics = html.unescape(shown.rpartition("<pre>")[2].partition("</pre>")[0]).encode()
    (one,), ((other,),) = by_vobject(ics), by_ical_js([ics])
    assert one == other
    return one


def same_for_both_programs(
    room: Room, who: str, word: str, sequence: int, day: date, hour: int
) -> None:
    """An invitation says to both programs that it is this one, and when: the hour is in UTC."""
    found = entry(email(room.server, who, word))
    starts_at = datetime.combine(day, time(hour), UTC)
    assert (found.method, found.sequence) == ("REQUEST", sequence)
    assert (found.starts_at, found.ends_at) == (starts_at, starts_at + timedelta(hours=1))


def changed(server: Server, *statements: Any) -> None:
    """Change what a test cannot wait for."""
    engine = make_engine(server.database_url).execution_options(writes=True)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)
    engine.dispose()


@contextmanager
def jobs_off(server: Server) -> Iterator[None]:
    """The jobs stand still meanwhile: stopped between two rounds, when they hold nothing."""
    jobs = server.children["jobs"]

    def stopped() -> bool:
        _wait_for_a_beat(server)
        jobs.send_signal(signal.SIGSTOP)
        if _can_be_written(server):
            return True
        jobs.send_signal(signal.SIGCONT)  # the next round had begun
        return False

    until(stopped, "the jobs hold something, whenever they are stopped")
    try:
        yield
    finally:
        jobs.send_signal(signal.SIGCONT)


def _can_be_written(server: Server) -> bool:
    engine = make_engine(server.database_url).execution_options(writes=True, patience=1)
    try:
        with engine.begin():
            return True
    except OperationalError:
        return False
    finally:
        engine.dispose()


def _wait_for_a_beat(server: Server) -> None:
    # The beat is the last thing that a round of a lane writes.
    engine = make_engine(server.database_url)

    def beats() -> set[tuple[str, datetime]]:
        with engine.begin() as connection:
            return {
                (name, at) for name, at in connection.execute(select(Heartbeat.name, Heartbeat.at))
            }

    first = beats()
    until(lambda: len(beats() - first) >= 2, "the jobs do not go", 0.05)
    engine.dispose()


def verified(server: Server) -> str:
    """What the system says of its trail and its seals."""
    words = [str(ROOT / ".venv" / "bin" / "flask"), "--app", "wsgi", "audit", "verify"]
    env = server.env
    with Warm(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as done:
        assert done.stdout is not None
        return str(done.stdout.read())


def printed(page: Page, server: Server, ref: str) -> list[str]:
    """The words on each page of a record as PDF; with pictures, the file is kept as well."""
    answer = page.request.get(f"{server.base}/records/{ref}/export")
    assert answer.ok
    if tool := PICTURES and shutil.which("pdftoppm"):
        path = SHOTS / f"talks-{server.engine}-paper.pdf"
        path.write_bytes(answer.body())
        subprocess.run([tool, "-png", "-r", "80", path, path.with_suffix("")], check=True)
    return [one.extract_text() for one in PdfReader(BytesIO(answer.body()), strict=True).pages]


def drafted(room: Room) -> str:
    """A draft with its table and its agenda; gives back its reference."""
    page = room.coordinator
    page.goto(f"{room.base}/dialogues/")
    page.get_by_role("link", name="New dialogue").click()
    page.get_by_label("Title (required)").fill("What is repaired first")
    page.get_by_label("Purpose").fill("To agree in which order the repair goes on.")
    page.get_by_label("Process").select_option(index=1)
    page.get_by_role("radio", name="Limited").check()
    page.get_by_label("Format").select_option("online")
    page.get_by_label("Video link").fill("https://meet.peace.example/repair")
    page.get_by_label("Time zone for planning").fill("helsinki")
    page.get_by_role("button", name="Save", exact=True).click()
    for n, name in enumerate(("Telco", "Bank", "Response Team"), 1):
        line = page.get_by_role("group", name=f"Delegation {n}")
        line.get_by_label("Organisation").select_option(label=name)
        expect(line.get_by_label("Required")).to_be_checked()
    guest = page.get_by_role("group", name="Guest 1")
    guest.get_by_label("Person").select_option(label="Cloud liaison, Cloud")
    guest.get_by_label("Role").select_option(label="Observer")
    page.get_by_role("button", name="Save participants").click()
    expect(page.get_by_text("Participants saved.")).to_be_visible()
    page.get_by_role("link", name="Plan the agenda").click()
    for title, minutes in ITEMS:
        page.get_by_label("Title (required)").fill(title)
        page.get_by_label("Minutes", exact=True).fill(str(minutes))
        page.get_by_label("Visible to").select_option("all:0")
        page.get_by_role("button", name="Add").click()
        expect(page.get_by_role("listitem").filter(has_text=title)).to_be_visible()
    picture(page, room.server, "01-agenda")
    return re.findall(r"D-\d\d-\w{6}", page.url)[0]


def typed(page: Page, point: int, said: dict[str, str]) -> None:
    """Write on a point of a record; its form keeps itself soon after the last word.

    Each field is waited for: on a slow machine one is kept before the next is written.
    """
    form = page.get_by_role("region", name=f"Point {point}")
    form.get_by_text("Positions of delegations").click()
    kept_at = form.get_by_role("status")
    for field, words in said.items():
        kept_at.evaluate("said => { said.textContent = ''; }")
        with page.expect_response(lambda one, words=words: words in _sent(one)) as answer:
            form.get_by_label(field).fill(words)
        assert answer.value.ok
        expect(kept_at).to_contain_text("Saved:")


def _sent(answer: Response) -> list[str]:
    values = parse_qs(answer.request.post_data or "")
    return [one for all_of_it in values.values() for one in all_of_it]


def kept(page: Page, point: int, words: str) -> None:
    """Write what was said on a point, and press its button."""
    form = page.get_by_role("region", name=f"Point {point}")
    form.get_by_label("Discussion").fill(words)
    form.get_by_role("button", name=f"Save point {point}").click()
    expect(page.get_by_text("Point saved.")).to_be_visible()


def sent_round(room: Room, record: str) -> None:
    """The coordinator sends the record round for three days."""
    page = room.coordinator
    page.goto(f"{room.base}/records/{record}")
    page.get_by_role("link", name="Circulate").click()
    page.get_by_label("Length of the silence procedure in days").fill("3")
    page.get_by_role("button", name="Circulate minutes").click()
    expect(page.get_by_text("Minutes circulated.")).to_be_visible()
