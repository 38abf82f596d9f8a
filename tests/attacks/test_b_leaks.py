"""Attack cases B: the leak oracle. Every person visits every surface; no canary is out of place.

Each confidential text carries a canary; `tests/worlds.py` says from the requirement who may see it.
A route with an argument that this crawler does not know fails the test, so that a new page is
visited from its first day.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from models.ledger import AuditEvent
from models.vocabulary import Tlp
from portal.curriculum import COURSES, SHIPPED
from portal.db import reading, writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.reminders import remind
from tests.attacks.walks import shared, ticked
from tests.beginnings import Beginnings
from tests.cast import NOW, World
from tests.clauses.samples import FIRST as CLAUSE
from tests.jobs.test_delivery import Memory
from tests.mail import whole
from tests.pages import Visitor
from tests.worlds import HOMES, Canaries, Marked, build, has_seat

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

CANARY = re.compile(r"canary-[a-z]+(?:-\d+x)?")
ABSENT = "N-26-ZZZZZZ"
KEYS = {"norms": ("un-gge-2015-f",), "training": (next(iter(SHIPPED)), COURSES[0].key)}
NOT_VISITED = {"static", "auth.callback", "health.ready", "health.alive", "health.metrics"}
SEARCHED = ("title", "body", "comment", "reason")
LISTS = [
    "/notices/?tlp=RED", "/notices/?state=withdrawn", "/notices/?kind=other",
    "/notices/?after=2026-11-24T09:00:00%2B00:00_9999", "/search?q=canary", "/search?q=c",
    "/search?q=canary&after=99", "/search?q=canary&kind=commitments&after=99",
    "/stakeholders/?words=canary", "/steward/people?words=canary",
    "/steward/read-trail?verb=read", "/steward/read-trail?person=liaison",
    "/norms/un-gge-2015-f", "/search/commands?q=canary", "/search/commands?q=c",
    "/search/references?q=canary", "/search/references?q=c&noun=notices&noun=commitments",
]  # fmt: skip


@pytest.fixture
def canaries(app: Flask, world: World, beginnings: Beginnings) -> Canaries:
    def make() -> Canaries:
        with writing(world.sessions) as session:
            return build(session, world, app.extensions["store"])

    return beginnings.begin(app, "canaries", make)


def addresses(app: Flask, world: Canaries) -> Iterator[str]:
    """Every address that can be read, with every resource of the world and with none."""
    ends = [*LISTS, *ticked("notices", (m.ref for m in world.notices))]
    ends += [
        f"/search?q={canary}" for m in world.notices for canary in map(m.canaries.get, SEARCHED)
    ]
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_VISITED:
            continue
        ends += [
            _filled(rule.rule, names) for names in _arguments(rule.endpoint, rule.arguments, world)
        ]
    return iter(dict.fromkeys(ends))


def _arguments(endpoint: str, names: set[str], world: Canaries) -> Iterator[dict[str, str]]:
    known = {"ref", "file_ref", "number", "key", "name", "filename", "noun"}
    assert names <= known, f"{endpoint} has arguments that the crawler does not know: {names}"
    if not names:
        yield {}
    elif "file_ref" in names:
        files = [m.file_ref for m in world.notices]
        for m, file in zip(world.notices, [*files[1:], files[0]], strict=True):
            yield {"ref": m.ref, "file_ref": m.file_ref}
            yield {"ref": m.ref, "file_ref": file}
    elif "number" in names:
        yield from ({"ref": m.ref, "number": str(n)} for m in world.notices for n in (0, 1, 2))
    elif "ref" in names and endpoint.startswith("notices."):
        yield from ({"ref": ref} for ref in (*(m.ref for m in world.notices), ABSENT))
    elif "ref" in names and endpoint.startswith("processes."):
        refs = (world.process_ref, world.notices[0].ref, ABSENT)
        yield from ({"ref": ref} for ref in refs)
    elif "ref" in names and endpoint.startswith("clauses."):
        yield from ({"ref": ref} for ref in (CLAUSE, ABSENT))
    elif "ref" in names:
        refs = (world.group_ref, world.notices[0].ref, ABSENT)
        yield from ({"ref": ref, "noun": "notices"} for ref in refs)
    elif (blueprint := endpoint.partition(".")[0]) in KEYS:
        yield from ({"key": key} for key in (*KEYS[blueprint], ABSENT))
    else:
        yield {"key": "1", "name": "demo", "noun": "notices"}


def _filled(rule: str, values: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values[match.group(1)], rule)


def notified(visitor: Visitor, address: str) -> set[str]:
    """The canaries in an answer, wherever they stand; what was asked itself does not count."""
    answer = visitor.client.get(address)
    assert answer.status_code < 500, address
    text = answer.get_data().decode(errors="replace") + str(answer.headers)
    answer.close()
    asked = set(CANARY.findall(address))
    found = CANARY.findall(text)
    echoes = 3 if answer.status_code == 302 else 1  # link, its text, Location
    return {canary for canary in found if canary not in asked or found.count(canary) > echoes}


@pytest.mark.walk
@pytest.mark.timeout(1800)
def test_b1_b5_nobody_comes_across_what_is_not_theirs(
    app: Flask, world: World, canaries: Canaries, visit: Callable[[str], Visitor]
) -> None:
    walk = list(addresses(app, canaries))
    leaks, seen, checks = [], set(), 0
    visitors = {name: visit(name) for name in (*HOMES, "nobody")}
    allowed = {name: canaries.allowed(name) for name in visitors}
    for name, address in shared(walk, visitors, world.engine):
        found = notified(visitors[name], address)
        seen |= found
        checks += len(found) + 1
        leaks += [f"{name} {address}: {canary}" for canary in found - allowed[name]]
    assert leaks == []
    assert checks > 1000
    sorts = {"title", "body", "summary", "comment", "private", "tie"}
    sorts |= {canary.split("-")[1] for canary in canaries.kept}
    assert {c.split("-")[1] for c in seen} >= sorts


@pytest.mark.walk
def test_everybody_finds_what_is_theirs(
    canaries: Canaries, visit: Callable[[str], Visitor]
) -> None:
    for name in HOMES:
        visitor, allowed = visit(name), canaries.allowed(name)
        for notice in canaries.notices:
            expected = {v for k, v in notice.canaries.items() if v in allowed and k != "content"}
            if notice.case.state == "draft":
                expected -= {notice.canaries[k] for k in ("comment", "private", "reason")}
            if notice.case.state == "open":
                expected -= {notice.canaries["reason"]}
            found = notified(visitor, f"/notices/{notice.ref}")
            assert expected <= found <= allowed, (name, notice)


def test_whoever_has_a_seat_finds_the_process_and_nobody_else(
    canaries: Canaries, visit: Callable[[str], Visitor]
) -> None:
    address = f"/processes/{canaries.process_ref}"
    for name in (*HOMES, "nobody"):
        expected = canaries.process_canaries if has_seat(name) else set()
        assert notified(visit(name), address) == expected, name


def hidden_from(canaries: Canaries, name: str) -> list[Marked]:
    allowed = canaries.allowed(name)
    return [
        m for m in canaries.notices if not {m.canaries["title"], m.canaries["reason"]} & allowed
    ]


@pytest.mark.walk
@pytest.mark.parametrize("name", ["liaison@bank", "analyst@cert", "steward@portal"])
def test_b2_hidden_and_absent_look_alike(
    app: Flask, canaries: Canaries, visit: Callable[[str], Visitor], name: str
) -> None:
    visitor, hidden = visit(name), hidden_from(canaries, name)
    assert len(hidden) > 4
    refs = {"notices": [notice.ref for notice in hidden], "processes": [canaries.process_ref]}
    for rule in app.url_map.iter_rules():
        noun = rule.endpoint.partition(".")[0]
        if noun in refs and rule.arguments == {"ref"}:
            for method in sorted({"GET", "POST"} & set(rule.methods or ())):
                ask = visitor.get if method == "GET" else visitor.post
                absent = ask(_filled(rule.rule, {"ref": ABSENT}))
                for ref in refs[noun]:
                    answer = ask(_filled(rule.rule, {"ref": ref}))
                    assert (answer.status, answer.words) == (404, absent.words), rule.rule


def test_b4_lists_and_counts_are_the_same_with_and_without_the_hidden(
    app: Flask, world: World, visit: Callable[[str], Visitor]
) -> None:
    bank = visit("liaison@bank")
    unchanged = ("/stakeholders/groups", "/processes/", "/steward/read-trail?verb=read")
    pages = [*LISTS, "/", "/notices/", "/stakeholders/", "/account/", *unchanged]

    def look() -> list[str]:
        return [re.sub(r"\d+ (hours|minutes)", "", bank.get(page).words) for page in pages]

    before = look()
    with writing(world.sessions) as session:
        built = build(session, world, app.extensions["store"])
    open_to_all = {Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER}
    assert [m for m in built.notices if m.case.tlp not in open_to_all]
    after = look()
    for page in unchanged:
        assert before[pages.index(page)] == after[pages.index(page)]
    shown = " ".join(after)
    for notice in hidden_from(built, "liaison@bank"):
        assert notice.ref not in shown


@pytest.mark.parametrize("later", [0, 3])
def test_b10_emails_hold_nothing_above_green_and_nothing_to_others(
    world: World, canaries: Canaries, later: int
) -> None:
    at = NOW.replace(day=NOW.day + later)
    post = Memory()
    with writing(world.sessions) as session:
        remind(session, at)
    deliver(world.sessions, post, MailSettings("https://portal.example", "a@b.example"), at)
    assert len(post.emails) > 20
    by_canary = {c: m for m in canaries.notices for c in m.canaries.values()}
    held = 0
    for email in post.emails:
        name = str(email["To"]).rpartition("<")[2].removesuffix(".example>")
        for canary in set(CANARY.findall(whole(email))):
            held += 1
            assert canary in canaries.allowed(name), (name, email["Subject"])
            assert by_canary[canary].case.tlp in ("CLEAR", "GREEN"), email["Subject"]
    assert held, "letters about open notices name them"


def test_b13_the_trail_keeps_no_content(world: World, canaries: Canaries) -> None:
    assert canaries.notices
    with reading(world.sessions) as session:
        rows = session.execute(select(*AuditEvent.__table__.columns)).all()
    assert rows
    assert not CANARY.findall(repr(rows))
