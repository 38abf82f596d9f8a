"""Attack cases B for dialogues and records: the leak oracle; B22 is what one side keeps to itself.

Who may see which canary is said by tests/worlds_dialogues.py. Every route of dialogues, records and
feeds is visited with every reference and number, and whatever leads to them elsewhere.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from models.ledger import AuditEvent
from portal.db import reading, writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.reminders import remind
from tests.attacks.test_b_commitments import filled, notified
from tests.attacks.test_b_leaks import ABSENT, CANARY
from tests.attacks.walks import shared, ticked
from tests.beginnings import Beginnings
from tests.cast import NOW, World
from tests.jobs.test_delivery import Memory
from tests.mail import whole
from tests.pages import Visitor
from tests.worlds import HOMES
from tests.worlds_dialogues import TABLE, Talks, build

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

Visit = Callable[[str], Visitor]
EVERYBODY = (*HOMES, "nobody")
ROOMS = ("dialogues.", "records.")
ELSEWHERE = (
    "/", "/dialogues/", "/records/", "/search?q=canary", "/search?q=canary-title",
    "/steward/read-trail", "/steward/read-emails", "/processes/", "/account/", "/stakeholders/",
    "/dialogues/?after=2026-11-24T09:00:00%2B00:00_9999", "/search/commands?q=canary",
    "/search/references?q=canary&noun=dialogues&noun=records", "/calendar/", "/duty-sheet/",
    "/dialogues/?q=canary", "/records/?q=canary",
)  # fmt: skip
# What the page of a dialogue itself shows, beside its record.
ON_THE_PAGE = ("title", "purpose", "place", "link", "item-", "paper-", "note-")


@pytest.fixture
def talks(app: Flask, world: World, beginnings: Beginnings) -> Talks:
    def make() -> Talks:
        with writing(world.sessions) as session:
            return build(session, world)

    return beginnings.begin(app, "talks", make)


def addresses(app: Flask, world: Talks) -> list[str]:
    """Every address of dialogues and records, and what leads to them elsewhere."""
    ends = [*ELSEWHERE]
    ends += ticked("dialogues", (talk.ref for talk in world.made))
    ends += ticked("records", (talk.record for talk in world.made if talk.record))
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(ROOMS) and "GET" in (rule.methods or ()):
            ends += [filled(rule.rule, n) for n in _arguments(rule.endpoint, rule.arguments, world)]
    return list(dict.fromkeys(ends))


def _arguments(endpoint: str, names: set[str], world: Talks) -> Iterator[dict[str, str]]:
    assert names <= {"ref", "number", "key"}, f"the crawler does not know: {endpoint} {names}"
    if not names:
        yield {}
        return
    for talk in world.made:
        ref = talk.ref if endpoint.startswith("dialogues.") else talk.record or ABSENT
        if names == {"ref"}:
            yield {"ref": ref}
            continue
        # Numbers of its own, and of the first dialogue, tried at each.
        for number in sorted({talk.numbers[2], talk.numbers[-1], world.made[0].numbers[-2]}):
            yield {"ref": ref, "number": str(number), "key": str(number)}
    yield {"ref": ABSENT, "number": "1", "key": "1"}


@pytest.mark.walk
def test_b1_b22_nobody_comes_across_what_was_said_elsewhere(
    app: Flask, world: World, talks: Talks, visit: Visit
) -> None:
    walk = addresses(app, talks)
    leaks, checks = list[str](), 0
    visitors = {name: visit(name) for name in EVERYBODY}
    allowed = {name: talks.allowed(name) for name in EVERYBODY}
    for name, address in shared(walk, EVERYBODY, world.engine):
        found = notified(visitors[name], address)
        checks += len(found) + 1
        leaks += [f"{name} {address}: {canary}" for canary in found - allowed[name]]
    assert leaks == []
    assert checks > 200


@pytest.mark.walk
def test_everybody_finds_all_that_is_theirs(talks: Talks, visit: Visit) -> None:
    seen = set[str]()
    for name in EVERYBODY:
        visitor, allowed = visit(name), talks.allowed(name)
        for talk in talks.made:
            mine = {s: c for s, c in talk.canaries.items() if name in talk.who_sees(s)}
            page = notified(visitor, f"/dialogues/{talk.ref}")
            assert {c for s, c in mine.items() if s.startswith(ON_THE_PAGE)} <= page, (name, talk)
            assert page <= allowed, (name, talk)
            if talk.record:
                record = notified(visitor, f"/records/{talk.record}")
                sorts = ("record", "point", "notes", "position", "action")
                assert {c for s, c in mine.items() if s in sorts} <= record, (name, talk)
                assert record <= allowed, (name, talk)
            seen |= mine.keys()
    every = {sort for talk in talks.made for sort in talk.canaries}
    assert every == seen


@pytest.mark.walk
@pytest.mark.parametrize("name", ["liaison@bank", "steward@portal", "mediator@peace"])
def test_b2_a_hidden_dialogue_and_none_look_alike(
    app: Flask, talks: Talks, visit: Visit, name: str
) -> None:
    visitor = visit(name)
    hidden = [talk for talk in talks.made if name not in talk.readers()]
    assert len(hidden) > 10
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(ROOMS) and "ref" in rule.arguments:
            for method in sorted({"GET", "POST"} & set(rule.methods or ())):
                ask = visitor.get if method == "GET" else visitor.post
                more = {"number": "1", "key": "1"}
                absent = ask(filled(rule.rule, {"ref": ABSENT, **more}))
                for talk in hidden[:: 6 if method == "GET" else 12]:
                    ref = talk.ref if rule.endpoint.startswith("dialogues.") else talk.record
                    if ref:
                        answer = ask(filled(rule.rule, {"ref": ref, **more}))
                        same = (absent.status, absent.words)
                        assert (answer.status, answer.words) == same, (rule.rule, talk)


@pytest.mark.parametrize("name", ["steward@portal", "auditor@portal"])
def test_stewards_find_no_envelope_of_a_closed_dialogue(
    world: World, talks: Talks, visit: Visit, name: str
) -> None:
    reader = visit("coordinator@peace")
    for talk in talks.made:
        assert reader.get(f"/dialogues/{talk.ref}").status == 200
    for address in ticked("dialogues", (talk.ref for talk in talks.made)):
        assert reader.get(address).status == 200
    watcher = visit(name)
    for talk in talks.made:
        for ref in filter(None, (talk.ref, talk.record)):
            rows = watcher.get(f"/steward/read-trail?ref={ref}").page.select("tbody tr")
            known = talk.rule != "closed" and _has_events(world, ref)
            assert bool(rows) == known, (ref, talk.rule)


def _has_events(world: World, ref: str) -> bool:
    with reading(world.sessions) as session:
        return (
            session.scalar(select(AuditEvent.id).where(AuditEvent.ref == ref).limit(1)) is not None
        )


@pytest.mark.parametrize("later", [0, 6, 19.5])
def test_b10_emails_hold_nothing_above_green_and_nothing_to_others(
    world: World, talks: Talks, later: float
) -> None:
    at, post = NOW + timedelta(days=later), Memory()
    with writing(world.sessions) as session:
        remind(session, at)
    deliver(world.sessions, post, MailSettings("https://portal.example", "a@b.example"), at)
    by_ref = {ref: talk for talk in talks.made for ref in (talk.ref, talk.record) if ref}
    about = 0
    for email in post.emails:
        name = str(email["To"]).rpartition("<")[2].removesuffix(".example>")
        words = whole(email)
        for canary in set(CANARY.findall(words)):
            assert canary in talks.allowed(name), (name, email["Subject"])
            (talk,) = [t for t in talks.made if canary in t.canaries.values()]
            assert talk.tlp == "GREEN", email["Subject"]
        for ref in set(re.findall(r"[DR]-\d\d-\w{6}", words)):
            about += 1
            assert name in by_ref[ref].readers() & TABLE, (name, email["Subject"])
    assert about > 3 or later == 0


def test_b13_the_trail_keeps_no_content(world: World, talks: Talks, visit: Visit) -> None:
    visitor = visit("coordinator@peace")
    for talk in talks.made:
        visitor.get(f"/dialogues/{talk.ref}")
    with reading(world.sessions) as session:
        rows = session.execute(select(*AuditEvent.__table__.columns)).all()
    assert len(rows) > 40
    assert not CANARY.findall(repr(rows))
