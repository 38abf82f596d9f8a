"""Attack cases B for commitments: the leak oracle. What hidden conditions tell: test_b_conditions.

Who may see which canary is said by tests/worlds_commitments.py. Every route of the commitments is
visited with every reference, whatever leads to commitments elsewhere as well; sheets and papers
are opened and read.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select

from models.ledger import AuditEvent
from models.vocabulary import Tlp
from portal.db import reading, writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.reminders import remind
from tests.attacks.test_b_leaks import ABSENT, CANARY
from tests.attacks.walks import shared
from tests.beginnings import Beginnings
from tests.cast import BEGINNING, NOW, World
from tests.jobs.test_delivery import Memory
from tests.mail import whole
from tests.pages import Visitor, sign_in
from tests.worlds import HOMES
from tests.worlds_commitments import NORM, OF_THE_PARTIES, STATES, Promises, build

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

Visit = Callable[[str], Visitor]
EVERYBODY = (*HOMES, "nobody")
OVER = ("", "?state=over")
SHEETS = ("overview.csv", "overview.xlsx", "overview.pdf", "print")
ELSEWHERE = (
    "/", "/processes/", "/norms/coverage", f"/norms/{NORM}", "/stakeholders/", "/account/",
    "/search?q=canary", "/search?q=canary&kind=commitments", "/search?q=c",
    "/search/commands?q=canary", "/search/references?q=canary&noun=commitments", "/calendar/",
    "/commitments/progress", "/commitments/?state=draft", "/commitments/?due=soon",
    "/commitments/?due=late", f"/commitments/?norm={NORM}", f"/commitments/?state=over&norm={NORM}",
    "/commitments/?after=2026-11-24T09:00:00%2B00:00_9999",
    *(f"/commitments/{page}{over}" for page in ("", *SHEETS) for over in OVER),
    *(f"/commitments/{page}?{by}={key}" for page in ("", "progress", "overview.csv")
      for by in ("part_of", "party") for key in (1, 2)),
)  # fmt: skip
WORDS = ("title", "body", "former", "how", "why", "other", "report")


@pytest.fixture
def promises(app: Flask, world: World, beginnings: Beginnings) -> Promises:
    def make() -> Promises:
        with writing(world.sessions) as session:
            return build(session, world, app.extensions["store"])

    return beginnings.begin(app, "promises", make)


def plain(body: bytes) -> str:
    """What an answer says: sheets are unpacked, and of a PDF it is the page."""
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as sheet:
            parts = [sheet.read(name) for name in sorted(sheet.namelist())]
        return b"\n".join(parts).decode(errors="replace")
    return body.decode(errors="replace")


def notified(visitor: Visitor, address: str) -> set[str]:
    """The canaries in an answer, wherever they stand; what was asked itself does not count."""
    answer = visitor.client.get(address)
    assert answer.status_code < 500, address
    found = CANARY.findall(plain(answer.get_data()) + str(answer.headers))
    answer.close()
    asked, echoes = set(CANARY.findall(address)), 3 if answer.status_code == 302 else 1
    return {canary for canary in found if canary not in asked or found.count(canary) > echoes}


def addresses(app: Flask, world: Promises) -> list[str]:
    """Every address of commitments that can be read, and what leads to commitments elsewhere."""
    ends = [*ELSEWHERE]
    # What is ticked is shown by name, with whom a reminder would go to: all of them at once.
    ends.append("/commitments/selected?" + "&".join(f"ref={promise.ref}" for promise in world.made))
    ends += [
        f"/search?q={promise.canaries[word]}"
        for promise in world.made
        for word in WORDS
        if word in promise.canaries
    ]
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("commitments.") and "GET" in (rule.methods or ()):
            ends += [filled(rule.rule, names) for names in _arguments(rule.arguments, world)]
    return list(dict.fromkeys(ends))


def _arguments(names: set[str], world: Promises) -> Iterator[dict[str, str]]:
    if not names:
        yield {}
        return
    assert names <= {"ref", "number", "file_ref"}, f"the crawler does not know: {names}"
    # What is a number or a file of one is tried on the one before it as well.
    at_work = [promise for promise in world.made if promise.asked]
    for promise in (*world.made, None):
        known = [p for p in at_work if p is promise] + at_work[:2]
        asked, files = (p.asked for p in known), (file for p in known for file in p.evidence)
        more: dict[str, list[str]] = {
            "number": [str(n) for n in sorted({1, 2, 3, *asked})],
            "file_ref": list(files),
        }
        names_more = sorted(names - {"ref"})
        ref = promise.ref if promise else ABSENT
        if not names_more:
            yield {"ref": ref}
        for name in names_more:
            yield from ({"ref": ref, name: value} for value in more[name])


def filled(rule: str, values: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values[match.group(1)], rule)


def came_back(app: Flask, world: World, visit: Visit, name: str) -> Visitor:
    """A visitor who was here once before all that happened, and is shown it as news."""
    if name != "nobody":
        sign_in(app, world, name, at=BEGINNING)
    return visit(name)


@pytest.mark.walk
def test_b1_b5_nobody_comes_across_a_promise_that_is_not_theirs(
    app: Flask, world: World, promises: Promises, visit: Visit
) -> None:
    walk = addresses(app, promises)
    leaks, checks = list[str](), 0
    visitors = {name: came_back(app, world, visit, name) for name in EVERYBODY}
    allowed = {name: promises.allowed(name) for name in EVERYBODY}
    for name, address in shared(walk, EVERYBODY, world.engine):
        found = notified(visitors[name], address)
        checks += len(found) + 1
        leaks += [f"{name} {address}: {canary}" for canary in found - allowed[name]]
    assert leaks == []
    assert checks > 2000


@pytest.mark.walk
def test_everybody_finds_all_of_a_promise_that_is_theirs(promises: Promises, visit: Visit) -> None:
    seen = set[str]()
    for name in EVERYBODY:
        visitor = visit(name)
        for promise in promises.made:
            here = f"/commitments/{promise.ref}"
            endpoints = (here, f"{here}/read-terms/2", f"{here}/asked/{promise.asked}")
            files = (f"{here}/evidence/{ref}" for ref in promise.evidence)
            found = set[str]().union(
                *(notified(visitor, endpoint) for endpoint in (*endpoints, *files))
            )
            expected = promises.of(promise, name)
            assert found - promises.process_canaries == expected, (name, promise.case)
            seen |= {canary.split("-")[1] for canary in expected}
    assert seen > OF_THE_PARTIES
    assert len(seen) == 19


@pytest.mark.parametrize("page", ["", *SHEETS])
def test_lists_and_sheets_hold_the_titles_of_all_that_is_theirs_and_no_other(
    promises: Promises, visit: Visit, page: str
) -> None:
    held = 0
    for name in EVERYBODY:
        visitor, found = visit(name), set[str]()
        for over in OVER:
            found |= notified(visitor, f"/commitments/{page}{over}")
        titles = {
            promise.canaries["title"]
            for promise in promises.made
            if promise.case.ever_published and promises.of(promise, name)
        }
        assert {canary for canary in found if "-title-" in canary} >= titles, name
        assert found <= promises.allowed(name), name
        held += len(titles)
    assert held > 60


@pytest.mark.walk
def test_search_norm_and_paper_show_what_is_theirs(promises: Promises, visit: Visit) -> None:
    for name in HOMES:
        visitor = visit(name)
        tied = notified(visitor, f"/norms/{NORM}")
        for promise in promises.made:
            if promises.of(promise, name):
                title, body = promise.canaries["title"], promise.canaries["body"]
                assert title in notified(visitor, f"/search?q={body}"), (name, promise)
                assert title in tied or not promise.case.ever_published, (name, promise)
                printed = notified(visitor, f"/commitments/{promise.ref}/export")
                assert {title, body, promise.canaries["tag"]} <= printed, (name, promise)


@pytest.mark.walk
@pytest.mark.parametrize("name", ["liaison@bank", "steward@portal", "colleague@telco"])
def test_b2_a_hidden_promise_and_none_look_alike(
    app: Flask, promises: Promises, visit: Visit, name: str
) -> None:
    visitor = visit(name)
    hidden = [promise.ref for promise in promises.made if not promises.of(promise, name)]
    assert len(hidden) >= len(STATES)
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("commitments.") and "ref" in rule.arguments:
            more = {"number": "2", "file_ref": promises.made[2].evidence[0]}
            for method in sorted({"GET", "POST"} & set(rule.methods or ())):
                ask = visitor.get if method == "GET" else visitor.post
                absent = ask(filled(rule.rule, {"ref": ABSENT, **more}))
                for ref in hidden[:: 2 if method == "GET" else 4]:
                    answer = ask(filled(rule.rule, {"ref": ref, **more}))
                    assert (answer.status, answer.words) == (absent.status, absent.words), rule.rule


@pytest.mark.parametrize("later", [0, 3, 9])
def test_b10_emails_hold_nothing_above_green_and_nothing_to_others(
    world: World, promises: Promises, later: int
) -> None:
    at, post = NOW + timedelta(days=later), Memory()
    with writing(world.sessions) as session:
        remind(session, at)
    deliver(world.sessions, post, MailSettings("https://portal.example", "a@b.example"), at)
    refs = {promise.ref: promise for promise in promises.made}
    by_canary = {c: promise for promise in promises.made for c in promise.canaries.values()}
    held = about = 0
    for email in post.emails:
        name = str(email["To"]).rpartition("<")[2].removesuffix(".example>")
        words = whole(email)
        for canary in set(CANARY.findall(words)) - promises.process_canaries:
            held += 1
            assert canary in promises.allowed(name), (name, email["Subject"])
            assert by_canary[canary].case.tlp == "GREEN", email["Subject"]
        for ref in set(re.findall(r"C-\d\d-\w{6}", words)):
            about += 1
            assert promises.of(refs[ref], name), (name, email["Subject"])
    assert held, "letters about open promises name them"
    assert about > 10


def test_b13_the_trail_keeps_no_content(app: Flask, world: World, promises: Promises) -> None:
    visitor = sign_in(app, world, "liaison@cloud")
    for promise in promises.made:
        visitor.get(f"/commitments/{promise.ref}")
    with reading(world.sessions) as session:
        rows = session.execute(select(*AuditEvent.__table__.columns)).all()
    assert len(rows) > 100
    assert not CANARY.findall(repr(rows))


def same_but_for_time(page: str) -> str:
    """A page without what no two visits have in common."""
    page = re.sub(
        r'(name="(?:csrf_token|form_key)"[^>]*value|name="csrf-token" content)="[^"]*"', "", page
    )
    page = re.sub(r'width="[\d.]+"', "", page)  # the width of a reference in a sheet
    page = re.sub(r"/(CreationDate|ModDate|ID)[^/>]*", "", page)
    page = re.sub(r"\d+ (minutes?|hours?)|\d\d:\d\d(:\d\d)?", "", page)
    return re.sub(r"<dcterms:(created|modified)[^/]*", "", page)


def seen(visitor: Visitor, address: str) -> str:
    answer = visitor.client.get(address)
    assert answer.status_code == 200, address
    return same_but_for_time(plain(answer.get_data()))


def test_b4_lists_counts_and_scores_are_the_same_with_and_without_the_hidden(
    app: Flask, world: World, visit: Visit
) -> None:
    store = app.extensions["store"]
    with writing(world.sessions) as session:
        build(session, world, store, (Tlp.GREEN,))
    bank = came_back(app, world, visit, "liaison@bank")
    before = {address: seen(bank, address) for address in ELSEWHERE}
    with writing(world.sessions) as session:
        build(session, world, store, (Tlp.AMBER_STRICT, Tlp.RED))
    for address, page in before.items():
        assert seen(bank, address) == page, address
    assert "canary-title-1x" in before["/commitments/"]
