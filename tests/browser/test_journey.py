"""The main job, clicked through: a real event becomes a notice that is read or reminded of."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from models.notices import Edition, Notice
from portal.clock import now
from portal.db import make_engine
from tests.browser.conftest import Server, faults, shot
from tests.exchange.samples import EVENT, REAL

pytestmark = [
    pytest.mark.browser,
    pytest.mark.both_engines,
    pytest.mark.timeout(1800),
]
AS_A_USER = True


def event_file(folder: Path) -> Path:
    """The real event where it lies beside the checkout, else the one made by hand.

    Both say of a restriction only that there is one, so that whoever imports it chooses a marking.
    """
    real = REAL / "misp" / "spear-phishing-telco.json"
    if real.exists():
        return real
    path = folder / "event.json"
    event = json.loads(re.sub(r"(?i)\b(tlp|pap):\w+", "misp", json.dumps(EVENT)))
    event["Event"] |= {"distribution": "4", "sharing_group_id": "12"}
    path.write_text(json.dumps(event))
    return path


def in_field(at: datetime) -> str:
    return at.astimezone(ZoneInfo("Europe/Helsinki")).strftime("%Y-%m-%dT%H:%M")


def picture(page: Page, server: Server, name: str) -> None:
    shot(page, f"journey-{server.engine}-{name}")
    assert faults(page) == []


def test_from_a_real_event_to_a_reader_and_a_reminder(
    server: Server, chromium: Browser, tmp_path: Path
) -> None:
    liaison = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    server.sign_in(liaison, "Telco liaison")
    ref = _draft_from_a_file(liaison, server, event_file(tmp_path))
    _publish(liaison, server, ref)
    subject = server.wait_for_email("mediator@peace", ref)
    assert subject.startswith("[TLP:"), "the marking stands first in the subject"

    mediator = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
    server.sign_in(mediator, "Mediator")
    mediator.get_by_role("link", name=f"Read and acknowledge {ref}").click()
    picture(mediator, server, "4-mediator-reads")
    mediator.get_by_role("button", name="Acknowledge").click()
    expect(mediator.get_by_text("Notice acknowledged. Its author can see this.")).to_be_visible()

    liaison.goto(f"{server.base}/notices/{ref}/read-ledger")
    row = liaison.get_by_role("row", name="Mediator")
    expect(row.get_by_text("acknowledged", exact=True)).to_be_visible()
    expect(liaison.get_by_role("row", name="Coordinator")).not_to_contain_text("acknowledged")
    picture(liaison, server, "5-who-has-read")

    assert not [s for s in server.emails("coordinator@peace", ref) if "acknowledge" in s]
    _let_the_deadline_pass(server, ref)
    # The jobs see it after the next act, for which a sign-in will do; else within a minute.
    outsider = chromium.new_context().new_page()
    server.sign_in(outsider, "Bank liaison")
    late = server.wait_for_email("coordinator@peace", f"{ref}: acknowledgement overdue")
    assert late.startswith("[TLP:AMBER+STRICT]")
    assert not server.emails("mediator@peace", f"{ref}: acknowledgement"), (
        "she who has read it is left in peace"
    )
    liaison.goto(server.mailbox)
    shot(liaison, f"journey-{server.engine}-6-mailbox")

    answer = outsider.goto(f"{server.base}/notices/{ref}")
    assert answer is not None
    assert answer.status == 404


def _draft_from_a_file(page: Page, server: Server, path: Path) -> str:
    page.get_by_role("link", name="Notices").click()
    page.get_by_role("link", name="Import from MISP or STIX").click()
    page.get_by_label("File").set_input_files(path)
    page.get_by_role("button", name="Preview").click()
    picture(page, server, "1-dry-run")
    page.get_by_role("radio", name=re.compile(r"^TLP:AMBER\+STRICT")).check()
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url(re.compile(r"/notices/N-"))
    return re.findall(r"N-\d\d-\w{6}", page.url)[0]


def _publish(page: Page, server: Server, ref: str) -> None:
    page.get_by_role("link", name="Edit draft").click()
    page.get_by_role("group", name="Organisations", exact=True).get_by_label(
        "Peace Mediation"
    ).check()
    page.get_by_role("radio", name=re.compile(r"^TLP:AMBER\+STRICT")).check()
    page.get_by_label("Acknowledge by").fill(in_field(now() + timedelta(days=3)))
    page.get_by_role("button", name="Preview and check recipients").click()
    expect(page.get_by_role("heading", name="Audience")).to_be_visible()
    picture(page, server, "2-who-will-see")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("link", name="Publish").click()
    picture(page, server, "3-last-look")
    page.get_by_role("button", name="Publish and notify").click()
    expect(page.get_by_text("Its recipients are notified.")).to_be_visible()
    assert ref in page.url


def _let_the_deadline_pass(server: Server, ref: str) -> None:
    # The one thing that a test cannot wait for: it was published two days ago, due a minute ago.
    engine = make_engine(server.database_url).execution_options(writes=True)
    with engine.begin() as connection:
        passed = now() - timedelta(minutes=1)
        connection.execute(update(Notice).where(Notice.ref == ref).values(acknowledge_by_at=passed))
        key = select(Notice.id).where(Notice.ref == ref).scalar_subquery()
        before = now() - timedelta(days=2)
        connection.execute(update(Edition).where(Edition.notice_id == key).values(at=before))
    engine.dispose()
