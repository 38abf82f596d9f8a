"""Shutting one's calendar feed on the page of one's account."""

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from models.ledger import AuditEvent
from portal.db import reading
from tests.cast import World
from tests.dialogues.invitation_builders import (
    TELCO,
    invited,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
ADDRESS = re.compile(r"http://localhost(/feeds/calendar/([\w-]{43})\.ics)")


def test_made_shown_once_and_shut_on_the_account_page(
    app: Flask, world: World, visit: Visit
) -> None:
    ref = invited(world)
    liaison = visit(TELCO)
    page = liaison.post("/account/make-feed")
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    hit = ADDRESS.search(page.text)
    assert hit
    path, key = hit.groups()
    assert key not in liaison.get("/account/").text
    feed = visit("nobody").get(path)
    assert (feed.status, feed.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert feed.headers["Cache-Control"] == "no-store"
    assert f"UID:{ref.lower()}@localhost" in feed.text
    liaison.follow(liaison.post("/account/revoke-feed"))
    assert visit("nobody").get(path).status == 404
    with reading(world.sessions) as session:
        verbs = ("make-feed", "revoke-feed")
        events = select(AuditEvent).where(AuditEvent.verb.in_(verbs)).order_by(AuditEvent.id)
        acts = [
            (one.verb, one.resource_type, one.person_id, one.detail)
            for one in session.scalars(events)
        ]
    assert acts == [(verb, "people", world.actors[TELCO].person_id, {}) for verb in verbs]
