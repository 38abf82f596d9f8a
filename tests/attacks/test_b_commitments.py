"""Attack cases B for commitments: the leak oracle, and what a hidden condition gives away.

Who may see which canary is said by tests/worlds_commitments.py. Every route of the commitments is
visited with every reference, whatever leads to commitments elsewhere as well; sheets and papers
are opened and read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.commitments import Sort
from models.ledger import AuditEvent
from models.vocabulary import Tlp
from portal import commitments
from portal.db import reading, writing
from portal.delivery import deliver
from portal.letters import Stationery
from portal.reminders import remind
from tests.attacks.test_b_leaks import ABSENT, CANARY
from tests.cast import BEGINNING, NOW, World
from tests.commitments.made import ANSWER_BY, DUE, drafted, speaker
from tests.jobs.test_delivery import Memory
from tests.pages import Visitor, sign_in
from tests.worlds import HOMES
from tests.worlds_commitments import NORM, OF_THE_PARTIES, STATES, Promises, build

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

Visit = Callable[[str], Visitor]
EVERYBODY = (*HOMES, "nobody")
OVER = ("", "?state=over")
SHEETS = ("overview.csv", "overview.xlsx", "overview.pdf", "print")
ELSEWHERE = (
    "/", "/processes/", "/norms/coverage", f"/norms/{NORM}", "/stakeholders/", "/account/",
    "/search?q=canary", "/search?q=canary&kind=commitments", "/search?q=c",
    "/commitments/progress", "/commitments/?state=draft", "/commitments/?due=soon",
    "/commitments/?due=late", f"/commitments/?norm={NORM}", f"/commitments/?state=over&norm={NORM}",
    "/commitments/?after=2026-11-24T09:00:00%2B00:00_9999",
    *(f"/commitments/{page}{over}" for page in ("", *SHEETS) for over in OVER),
    *(f"/commitments/{page}?{by}={key}" for page in ("", "progress", "overview.csv")
      for by in ("part_of", "party") for key in (1, 2)),
)  # fmt: skip
# Those for whom whole papers are read: one of each sort of reader; the walk prints them for all.
ON_PAPER = ("colleague@telco", "mediator@peace", "auditor@portal")
WORDS = ("title", "body", "former", "how", "why", "other", "report")


@pytest.fixture
def promises(world: World, app: Flask) -> Promises:
    with writing(world.sessions) as session:
        return build(session, world, app.extensions["store"])


def plain(body: bytes) -> str:
    """What an answer says: sheets are unpacked, papers read; lines are put together again."""
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as sheet:
            parts = [sheet.read(name) for name in sorted(sheet.namelist())]
        return b"\n".join(parts).decode(errors="replace")
    if body.startswith(b"%PDF"):
        paper = PdfReader(BytesIO(body), strict=True)
        text = "\n".join(page.extract_text() for page in paper.pages) + str(paper.metadata)
        return re.sub(r"\s+", "", text)
    return body.decode(errors="replace")


def told(visitor: Visitor, address: str) -> set[str]:
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
    ends += [
        f"/search?q={promise.canaries[word]}"
        for promise in world.made
        for word in WORDS
        if word in promise.canaries
    ]
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("commitments.") and "GET" in (rule.methods or ()):
            ends += [_filled(rule.rule, names) for names in _arguments(rule.arguments, world)]
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


def _filled(rule: str, values: dict[str, str]) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values[match.group(1)], rule)


def came_back(app: Flask, world: World, visit: Visit, name: str) -> Visitor:
    """A visitor who was here once before all that happened, and is shown it as news."""
    if name != "nobody":
        sign_in(app, world, name, at=BEGINNING)
    return visit(name)


def test_b1_b5_nobody_comes_across_a_promise_that_is_not_theirs(
    app: Flask, world: World, promises: Promises, visit: Visit
) -> None:
    walk = addresses(app, promises)
    if world.engine.dialect.name == "postgresql":  # the whole walk is made once
        walk = [a for a in walk if a in ELSEWHERE or "/search" in a or a.count("/") == 2]
    leaks, checks = list[str](), 0
    for name in EVERYBODY:
        visitor, allowed = came_back(app, world, visit, name), promises.allowed(name)
        for address in walk:
            found = told(visitor, address)
            checks += len(found) + 1
            leaks += [f"{name} {address}: {canary}" for canary in found - allowed]
    assert leaks == []
    assert checks > 2000


def test_everybody_finds_all_of_a_promise_that_is_theirs(promises: Promises, visit: Visit) -> None:
    seen = set[str]()
    for name in EVERYBODY:
        visitor = visit(name)
        for promise in promises.made:
            here = f"/commitments/{promise.ref}"
            doors = (here, f"{here}/terms/2", f"{here}/asked/{promise.asked}")
            files = (f"{here}/evidence/{ref}" for ref in promise.evidence)
            found = set[str]().union(*(told(visitor, door) for door in (*doors, *files)))
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
            found |= told(visitor, f"/commitments/{page}{over}")
        titles = {
            promise.canaries["title"]
            for promise in promises.made
            if promise.case.ever_published and promises.of(promise, name)
        }
        assert {canary for canary in found if "-title-" in canary} >= titles, name
        assert found <= promises.allowed(name), name
        held += len(titles)
    assert held > 60


def test_search_norm_and_paper_show_what_is_theirs(promises: Promises, visit: Visit) -> None:
    for name in HOMES:
        visitor = visit(name)
        tied = told(visitor, f"/norms/{NORM}")
        for promise in promises.made:
            if promises.of(promise, name):
                title, body = promise.canaries["title"], promise.canaries["body"]
                assert title in told(visitor, f"/search?q={body}"), (name, promise)
                assert title in tied or not promise.case.ever_published, (name, promise)
                if name in ON_PAPER:
                    paper = told(visitor, f"/commitments/{promise.ref}/print")
                    assert {title, body, promise.canaries["tag"]} <= paper, (name, promise)


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
                absent = ask(_filled(rule.rule, {"ref": ABSENT, **more}))
                for ref in hidden[:: 2 if method == "GET" else 4]:
                    answer = ask(_filled(rule.rule, {"ref": ref, **more}))
                    assert (answer.status, answer.words) == (absent.status, absent.words), rule.rule


@pytest.mark.parametrize("later", [0, 3, 9])
def test_b10_letters_hold_nothing_above_green_and_nothing_to_others(
    world: World, promises: Promises, later: int
) -> None:
    at, post = NOW + timedelta(days=later), Memory()
    with writing(world.sessions) as session:
        remind(session, at)
    deliver(world.sessions, post, Stationery("https://portal.example", "a@b.example"), at, most=900)
    refs = {promise.ref: promise for promise in promises.made}
    by_canary = {c: promise for promise in promises.made for c in promise.canaries.values()}
    held = about = 0
    for letter in post.letters:
        name = str(letter["To"]).rpartition("<")[2].removesuffix(".example>")
        words = letter.as_string()
        for canary in set(CANARY.findall(words)) - promises.process_canaries:
            held += 1
            assert canary in promises.allowed(name), (name, letter["Subject"])
            assert by_canary[canary].case.tlp == "GREEN", letter["Subject"]
        for ref in set(re.findall(r"C-\d\d-\w{6}", words)):
            about += 1
            assert promises.of(refs[ref], name), (name, letter["Subject"])
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
    page = re.sub(r'(name="csrf_token"[^>]*value|name="csrf-token" content)="[^"]*"', "", page)
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


@dataclass
class Hanging:
    """Makes a promise of Cloud to Bank that hangs on hidden ones, for one reader by name."""

    session: Session
    world: World

    def promise(self, reader: str, before: Callable[[str], object] = lambda ref: None) -> str:
        """A promise that the reader sees, accepted; `before` is done while it is a draft."""
        made = self.written("cloud", "bank", reader, tlp=Tlp.AMBER_STRICT, title="What is seen")
        before(made.ref)
        self.put_forward(made.ref, "cloud", "bank")
        return str(made.ref)

    def hidden(self, by: str, to: str, **said: Any) -> str:
        """A promise that no reader sees, agreed on between the two."""
        draft = self.draft(by, to, **said)
        self.put_forward(draft, by, to)
        return draft

    def draft(self, by: str, to: str, **said: Any) -> str:
        """The draft of such a promise."""
        named = (speaker(to), speaker(by))
        words: dict[str, Any] = {
            "title": "canary-title-1x",
            "body": "canary-body-1x",
            "tlp": Tlp.RED,
        } | said
        return str(self.written(by, to, *named, **words).ref)

    def written(self, by: str, to: str, *readers: str, **said: Any) -> Any:
        """A draft with these readers by name."""
        sides: dict[str, Any] = {"by": speaker(by), "to": to, "verifier": ""}
        return drafted(self.session, self.world, *readers, **sides, **said)

    def put_forward(self, ref: str, by: str, to: str) -> None:
        """Propose it, and let it be accepted."""
        actors = self.world.actors
        propose: dict[str, Any] = {"answer_by_on": ANSWER_BY, "now": NOW}
        commitments.propose(self.session, actors[speaker(by)], ref, **propose)
        commitments.accept(self.session, actors[speaker(to)], ref, NOW)

    def hang(self, ref: str, on: str, sort: Sort, days: int, by: str = "cloud") -> None:
        """Let the one hang on the other."""
        actor = self.world.actors[speaker(by)]
        said: dict[str, Any] = {"on": on, "sort": sort, "days": days, "now": NOW}
        commitments.hang(self.session, actor, ref, **said)


def after_one(made: Hanging, reader: str) -> str:
    """It hangs on one hidden promise."""
    one = made.hidden("bank", "cloud")
    return made.promise(reader, lambda ref: made.hang(ref, one, Sort.AFTER, 3))


def on_two(made: Hanging, reader: str) -> str:
    """It hangs on two, of other sorts, days and states, and those hang on a third."""
    far = {"due_on": DUE + timedelta(days=77), "title": "canary-title-2x"}
    first, ahead = made.draft("bank", "cloud", **far), made.hidden("bank", "cloud", **far)
    made.hang(first, ahead, Sort.AFTER, 19, by="bank")
    made.put_forward(first, "bank", "cloud")
    second = made.hidden("bank", "cloud", due_on=DUE - timedelta(days=5))

    def both(ref: str) -> None:
        made.hang(ref, first, Sort.AFTER, 444)
        made.hang(ref, second, Sort.WHILE, 333)
        made.hang(ref, second, Sort.AFTER, 222)

    return made.promise(reader, both)


def together(made: Hanging, reader: str) -> str:
    """A hidden side asks that its own promise begin together with it."""

    def tied(ref: str) -> None:
        actors = made.world.actors
        propose: dict[str, Any] = {"answer_by_on": ANSWER_BY, "now": NOW}
        commitments.propose(made.session, actors[speaker("cloud")], ref, **propose)
        asking = made.draft("bank", "cloud", title="canary-title-3x")
        made.hang(asking, ref, Sort.TOGETHER, 0, by="bank")
        commitments.propose(made.session, actors[speaker("bank")], asking, **propose)
        commitments.accept(made.session, actors[speaker("bank")], ref, NOW)

    draft = made.written("cloud", "bank", reader, tlp=Tlp.AMBER_STRICT, title="What is seen")
    tied(draft.ref)
    return str(draft.ref)


def free(made: Hanging, reader: str) -> str:
    """It hangs on nothing, and nothing on it."""
    return made.promise(reader)


def asked_of(made: Hanging, reader: str) -> str:
    """Hidden promises and drafts of another side hang on it: that is theirs alone."""
    ref = made.promise(reader)
    for sort in (Sort.AFTER, Sort.WHILE):
        for proposed in (True, False):
            hanging = made.draft("bank", "cloud")
            made.hang(hanging, ref, sort, 55, by="bank")
            if proposed:
                made.put_forward(hanging, "bank", "cloud")
    return ref


def asked_by_a_draft(made: Hanging, reader: str) -> str:
    """A draft of another side asks to begin together with it; it waits for one already."""
    one = made.hidden("bank", "cloud")

    def tied(ref: str) -> None:
        made.hang(ref, one, Sort.AFTER, 9)

    ref = made.promise(reader, tied)
    made.hang(made.draft("bank", "cloud"), ref, Sort.TOGETHER, 0, by="bank")
    return ref


def all_pages(visitor: Visitor, ref: str, name: str) -> dict[str, str]:
    """What a reader gets to see of the promise on every page, but for its reference and herself."""
    here = f"/commitments/{ref}"
    ends = (
        *(here, f"{here}/conditions", f"{here}/print", f"{here}/terms/1", "/", "/commitments/"),
        *(f"/commitments/{sheet}" for sheet in SHEETS),
        *("/commitments/progress", "/search?q=seen", "/norms/coverage"),
    )
    pages = {}
    for end in ends:
        answer = visitor.client.get(end)
        page = same_but_for_time(plain(answer.get_data()))
        hers = page.replace(ref, "REF").replace(name, "NAME")
        pages[end.replace(ref, "REF")] = f"{answer.status_code} {hers}"
    return pages


@pytest.mark.parametrize(
    ("one", "other", "hangs"),
    [
        (after_one, on_two, True),
        (after_one, together, True),
        (after_one, asked_by_a_draft, True),
        (free, asked_of, False),
    ],
)
def test_of_a_hidden_condition_only_that_there_is_one_shows(
    world: World,
    visit: Visit,
    one: Callable[[Hanging, str], str],
    other: Callable[[Hanging, str], str],
    hangs: bool,
) -> None:
    # Two of one organisation and one role: each sees one of the two promises, and no other.
    with writing(world.sessions) as session:
        made = Hanging(session, world)
        refs = one(made, "liaison@telco"), other(made, "colleague@telco")
    pages = [
        all_pages(visit(who), ref, name)
        for who, ref, name in (
            ("liaison@telco", refs[0], "Telco liaison"),
            ("colleague@telco", refs[1], "Telco colleague"),
        )
    ]
    for address, page in pages[0].items():
        assert page == pages[1][address], address
        assert not CANARY.findall(page), address
        assert not re.search(r"C-\d\d-[0-9A-Z]{6}", page), address
    assert pages[0]["/commitments/REF"].startswith("200 ")
    assert ("not shown to you" in pages[0]["/commitments/REF"]) == hangs
    assert ("not shown to you" in pages[0]["/commitments/REF/conditions"]) == hangs
    assert "What is seen" in pages[0]["/search?q=seen"].replace("<mark>", "").replace("</mark>", "")


def test_the_two_sides_see_what_hides_from_the_reader(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = on_two(Hanging(session, world), "liaison@telco")
    page = visit("liaison@cloud").get(f"/commitments/{ref}").words
    assert "canary-title-2x" in page
    assert "Begins 444 days after it is met." in page
