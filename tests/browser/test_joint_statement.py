"""Three sign together: one declines and nothing goes out; then it does, and is withdrawn."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from models.releases import Release
from portal.clock import now
from portal.db import make_engine
from portal.precautions import DO_NO_HARM
from tests.browser.conftest import Server, faults, shot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(1800),
]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PEOPLE = ("Telco liaison", "Telco colleague", "Cloud liaison", "Mediator")


def picture(page: Page, server: Server, name: str) -> None:
    """Keep the page as it looks, wide and narrow; axe finds nothing on it."""
    shot(page, f"joint-{server.engine}-{name}-1280")
    assert faults(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shot(page, f"joint-{server.engine}-{name}-390")
    page.set_viewport_size(WIDE)


def act(page: Page, server: Server, ref: str, verb: str, why: str = "") -> None:
    """Open the page of a verb, say why where that is asked, and press its button."""
    page.goto(f"{server.base}/releases/{ref}/{verb}")
    if why:
        page.locator("main textarea[name=why], main input[name=why]").fill(why)
    page.locator("main form button.btn-primary, main form button.btn-danger").last.click()
    page.wait_for_url(f"{server.base}/releases/{ref}")


def hand_over(page: Page, server: Server, ref: str) -> None:
    page.goto(f"{server.base}/releases/{ref}")
    page.get_by_role("button", name="Hand to a second person").click()
    page.wait_for_url(f"{server.base}/releases/{ref}")


def test_three_sign_one_text_together_or_not_at_all(server: Server, chromium: Browser) -> None:
    people = {}
    for name in PEOPLE:
        people[name] = chromium.new_context(viewport=WIDE).new_page()
        server.sign_in(people[name], name)
    telco, colleague, cloud, mediator = people.values()
    ref = _drafted(telco, server)
    hand_over(telco, server, ref)
    act(colleague, server, ref, "confirm")
    act(mediator, server, ref, "sign")
    act(cloud, server, ref, "decline", "It names our office.")
    telco.goto(f"{server.base}/releases/{ref}")
    expect(telco.get_by_text("Somebody declined. Nothing goes out.")).to_be_visible()
    picture(telco, server, "1-declined")
    outside = chromium.new_context(viewport=WIDE).new_page()
    answer = outside.goto(f"{server.base}/public/{ref}")
    assert answer is not None
    assert answer.status == 404

    telco.get_by_role("button", name="Back to draft").click()
    telco.goto(f"{server.base}/releases/{ref}/edit")
    telco.locator("textarea[name=body]").fill("We ask everybody to leave hospitals alone.")
    telco.get_by_role("button", name="Save draft").click()
    hand_over(telco, server, ref)
    act(colleague, server, ref, "confirm")
    for page in (cloud, mediator):
        act(page, server, ref, "sign")
    _let_the_time_pass(server, ref)
    act(telco, server, ref, "release")

    outside.goto(f"{server.base}/public/{ref}")
    expect(outside.get_by_text("leave hospitals alone")).to_be_visible()
    for name in ("Telco", "Cloud", "Peace Mediation"):
        expect(outside.get_by_text(name).first).to_be_visible()
    assert outside.context.cookies() == []
    picture(outside, server, "2-public")
    act(mediator, server, ref, "withdraw", "We have left the talks.")
    outside.goto(f"{server.base}/public/{ref}?again=1")
    expect(outside.get_by_text("We have left the talks.")).to_be_visible()
    expect(outside.get_by_text("leave hospitals alone")).to_have_count(0)
    assert outside.context.cookies() == []
    picture(outside, server, "3-withdrawn")


def _drafted(page: Page, server: Server) -> str:
    page.goto(f"{server.base}/releases/new")
    page.locator("input[name=title]").fill("On hospitals")
    page.locator("textarea[name=body]").fill("The east office was hit. Leave hospitals alone.")
    for key in DO_NO_HARM:
        page.locator(f"textarea[name={key}]").fill("Not known.")
    for name in ("Cloud", "Peace Mediation"):
        page.get_by_role("checkbox", name=re.compile(f"^{name}")).first.check()
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/releases/W-"))
    return re.findall(r"W-\d\d-\w{6}", page.url)[0]


def _let_the_time_pass(server: Server, ref: str) -> None:
    # The one thing that a test cannot wait for.
    engine = make_engine(server.database_url).execution_options(writes=True)
    with engine.begin() as connection:
        over = now() - timedelta(minutes=1)
        connection.execute(update(Release).where(Release.ref == ref).values(cool_until_at=over))
    engine.dispose()
