"""Every route as every person: doors are shut by default, and nothing ever breaks."""

from collections.abc import Callable

import pytest
from flask import Flask

from portal.db import writing
from portal.web import OPEN_ENDPOINTS
from tests.attacks.test_e_web import all_rows, with_arguments
from tests.attacks.walks import shared
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor
from tests.worlds import HOMES

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

Visit = Callable[[str], Visitor]
EXPECTED = {200, 301, 302, 303, 400, 403, 404, 409, 422}  # 301: an address of before 0022
KEPT_OUT = {"audit_events", "audit_head", "signins", "outbox_emails"}


def test_only_the_open_endpoints_are_open(app: Flask, world: World, visit: Visit) -> None:
    stranger, opened = visit("nobody"), set()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            path = rule.rule.replace("<int:", "<")
            for name in rule.arguments:
                path = path.replace(f"<{name}>", "1")
            answer = stranger.client.get(path)
            to = answer.headers.get("Location", "")
            if not (answer.status_code == 302 and to.startswith("/auth/sign-in")):
                opened.add(rule.endpoint)
    assert opened <= OPEN_ENDPOINTS
    assert world


@pytest.mark.walk
def test_no_address_breaks_for_anybody(app: Flask, world: World, visit: Visit) -> None:
    """The author of a draft visits everything on both engines; others share it, and see none."""
    pages, acts = (list(with_arguments(app, world, method)) for method in ("GET", "POST"))
    acts = [a for a in acts if not a.endswith(("/end", "/sign-out", "backchannel-logout"))]
    pages = [a for a in pages if not a.startswith(("/auth/", "/readyz"))]
    acts = [a for a in acts if not a.startswith("/auth/")]
    visitors, author = {name: visit(name) for name in HOMES}, next(iter(HOMES))
    for name, address in shared(pages, HOMES, world.engine, everywhere=author):
        assert visitors[name].get(address).status in EXPECTED, (name, address)
    for name, address in shared(acts, HOMES, world.engine, everywhere=author):
        assert visitors[name].post(address).status in EXPECTED, (name, address)


@pytest.mark.walk
def test_an_act_of_somebody_who_may_not_changes_nothing(
    app: Flask, world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    acts = [
        rule.rule.replace("<ref>", ref)
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.arguments == {"ref"}
    ]
    before = all_rows(world, KEPT_OUT)
    people = ("liaison@bank", "custodian@portal", "auditor@portal", "observer@un")
    visitors = {name: visit(name) for name in people}
    for address in acts:
        for name, visitor in visitors.items():
            assert visitor.post(address, {"why": "x", "text": "x"}).status == 404, (name, address)
    assert all_rows(world, KEPT_OUT) == before
