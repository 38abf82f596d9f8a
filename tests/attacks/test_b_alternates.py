"""After the end of an alternate nothing is left of it: every surface, every way in which it ends.

Somebody is asked by name for something of each noun, while a colleague acts for them. Addresses are
read from the application: a new page is visited from its first day, with and without saying for
whom. As long as it lasts the colleague finds it all there, so that no walk succeeds by being empty.

Every address is visited as long as it lasts, on both engines. Once it has ended those that showed
something then are visited after each way to end, and a fourth of the lists; the rest is shared
among the ways, so that each address is visited after one of them on each engine. Every form that an
alternate may send is tried after each, and a fourth of the others. With LONG_WALKS=1 every address
is visited, and every form tried, after each.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import select, update

from models.alternates import Alternate
from models.ledger import AuditEvent
from models.stakeholders import Role
from portal.db import reading, writing
from portal.delivery import deliver
from portal.rules import BY_ALTERNATE
from tests.alternates.builders import (
    AWAY,
    DAY,
    STANDS_IN,
    give_role,
    take_role,
)
from tests.alternates.test_duties import SETTINGS
from tests.attacks.asked_aside import WHOM, Asked, ask
from tests.attacks.endings import ENDINGS
from tests.attacks.test_b_leaks import _filled
from tests.attacks.walks import ABOUT_ONE, LONG
from tests.beginnings import Beginnings
from tests.cast import NOW, World
from tests.jobs.test_delivery import Memory
from tests.pages import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800), pytest.mark.walk]

Visit = Callable[[str], Visitor]
# What is over stays in the list of alternates of the two, for whom it was.
OWN_HISTORY: Final = ("alternates.",)
NOT_VISITED: Final = ("static", "auth.", "health.", "operator.")
NOW_CALLED: Final = "/contacts/now?purpose=duty"
ASKED_FOR: Final = (
    NOW_CALLED,
    *(f"/search?q={words}" for words in ("notice", "dialogue", "liaison")),
    *(f"/search/commands?q={words}" for words in ("notice", "dialogue", "liaison")),
)
# Acts of these nouns are tried with the field that says for whom.
NOUNS: Final = tuple(dict.fromkeys(noun for noun, _verb in BY_ALTERNATE))


@pytest.fixture
def asked(app: Flask, world: World, beginnings: Beginnings) -> Asked:
    """What is asked, made once on each engine."""
    return beginnings.begin(app, "alternate", lambda: ask(world))


def addresses(app: Flask, asked: Asked, method: str) -> Iterator[tuple[str, str]]:
    """Endpoints and addresses, with each reference of its noun; of others with all of them."""
    every = [ref for refs in asked.refs.values() for ref in refs]
    for rule in app.url_map.iter_rules():
        if method not in (rule.methods or ()) or rule.endpoint.startswith(NOT_VISITED):
            continue
        noun = rule.endpoint.partition(".")[0]
        values: dict[str, list[str]] = {
            "ref": asked.refs.get(noun, every),
            "key": [*asked.keys, asked.feed, "1"],
            "noun": list(asked.refs),
        }
        names = sorted(rule.arguments)
        for chosen in product(*(values.get(name, ["1"]) for name in names)):
            yield rule.endpoint, _filled(rule.rule, dict(zip(names, chosen, strict=True)))


def walk(app: Flask, asked: Asked) -> list[str]:
    """Every address that can be read, with and without saying for whom, and the searches."""
    paths = [
        path
        for endpoint, path in addresses(app, asked, "GET")
        if not endpoint.startswith(OWN_HISTORY)
    ]
    said = [address for path in paths for address in (path, f"{path}?for={asked.by}")]
    return [*dict.fromkeys(said), *ASKED_FOR]


def marked(asked: Asked, visitor: Visitor, paths: Sequence[str]) -> set[str]:
    """Where the visitor is somebody's alternate: what was asked aside."""
    found = set()
    for address in paths:
        answer = visitor.client.get(address)
        assert answer.status_code < 500, address
        text = answer.get_data().decode(errors="replace")
        answer.close()
        # Links of a page to itself say again how it was asked for.
        if asked.marks.search(text.replace(address, "")):
            found.add(address)
    return found


@pytest.fixture(scope="module")
def kept() -> dict[str, set[str]]:
    """By engine, what showed something as long as it lasted."""
    return {}


@pytest.fixture
def living(
    app: Flask, world: World, asked: Asked, visit: Visit, kept: dict[str, set[str]]
) -> set[str]:
    """Where they find something as long as it lasts; every address is visited once an engine."""
    engine = world.engine.dialect.name
    if engine not in kept:
        kept[engine] = marked(asked, visit(STANDS_IN), walk(app, asked))
    return kept[engine]


def is_list(path: str) -> bool:
    """Whether it is an address without a reference, asked for without saying for whom."""
    return not ABOUT_ONE.search(path) and "?for=" not in path


def share(paths: Sequence[str], living: set[str], turn: int, turns: int) -> list[str]:
    """What is visited after one of so many ways to end."""
    return [
        path
        for number, path in enumerate(paths)
        if LONG or path in living or (number + turn) % (4 if is_list(path) else turns) == 0
    ]


def acted(
    app: Flask, world: World, asked: Asked, visitor: Visitor, turn: int | None = None
) -> set[tuple[str, str]]:
    """Try every form of these nouns for whoever is away; what the trail says was done so.

    With the number of a way to end: what an alternate may do, and a fourth of the rest.
    """
    before = of_trail(world)
    for number, (endpoint, path) in enumerate(addresses(app, asked, "POST")):
        noun, _, name = endpoint.partition(".")
        if noun not in NOUNS:
            continue
        theirs = (noun, name.replace("_", "-")) in BY_ALTERNATE or "_by_" in name
        if LONG or turn is None or theirs or (number + turn) % 4 == 0:
            answer = visitor.post(path, {"for": asked.by})
            assert answer.status < 500, path
    return of_trail(world) - before


def of_trail(world: World) -> set[tuple[str, str]]:
    """What was done for somebody, by noun and verb."""
    with reading(world.sessions) as session:
        done = select(AuditEvent.resource_type, AuditEvent.verb)
        return {(row[0], row[1]) for row in session.execute(done.where(AuditEvent.for_id != 0))}


def sent_for(world: World) -> list[str]:
    """The subjects of e-mails that go out now and say that one acts for somebody."""
    post, found = Memory(), []
    for days in (0, 5):
        deliver(world.sessions, post, SETTINGS, NOW + days * DAY)
    for mail in post.emails:
        body = mail.get_body(("plain",))
        assert body is not None
        if f"On behalf of: {WHOM}" in body.get_content():
            found.append(str(mail["Subject"]))
    return found


# That both engines answer alike for who may act is for test_alternates_two_readings: of the ways to
# end, here, one of each sort.
OTHER_ENGINE: Final = (
    "by an administrator",
    "its last day is over",
    "the role is taken away",
    "the organisation leaves",
)
# What whoever is away has for its work, by role: nothing else is shown to their alternate for it.
WORK: Final = {Role.LIAISON: {"notices"}, Role.MEDIATOR: {"dialogues", "records"}}


def test_while_it_lasts_they_find_it_all(
    app: Flask, world: World, asked: Asked, living: set[str], visit: Visit
) -> None:
    """Guard against empty success: the same walks, and the mail, find what they look for."""
    shown = {path.partition("?")[0] for path in living}
    refs = [ref for noun in NOUNS for ref in asked.refs[noun]]
    pages = {f"/{noun}/{ref}" for noun in NOUNS for ref in asked.refs[noun]} | {"/"}
    poll, invitation = asked.refs["dialogues"]
    forms = {f"/dialogues/{invitation}/answer", f"/dialogues/{poll}/answer-poll"}
    forms |= {f"/records/{ref}/object" for ref in asked.refs["records"]}
    assert pages | forms <= shown
    assert NOW_CALLED in living
    assert any(path.startswith("/dialogues/answer-poll/") for path in shown)
    said = " ".join(sent_for(world))
    assert [ref for ref in refs if ref not in said] == []
    done = acted(app, world, asked, visit(STANDS_IN))
    assert {("notices", "acknowledge"), ("contacts", "answer"), ("records", "agree")} <= done


@pytest.mark.parametrize(
    ("engine", "ending"),
    [*product(["sqlite"], ENDINGS), *product(["postgresql"], OTHER_ENGINE)],
    indirect=["engine"],
)
def test_once_it_has_ended_nothing_is_left(
    app: Flask, world: World, asked: Asked, living: set[str], visit: Visit, ending: str
) -> None:
    """What is visited after each way to end, and what is shared, is said at the top."""
    ways = list(ENDINGS if world.engine.dialect.name == "sqlite" else OTHER_ENGINE)
    visitor = visit(STANDS_IN)
    visitor.get("/")
    ENDINGS[ending](world, asked.by)
    turn = ways.index(ending)
    paths = share(walk(app, asked), living, turn, len(ways))
    assert living <= set(paths)
    assert marked(asked, visitor, paths) == set()
    # Nor for anybody else, of whom they were the alternate: pages that name who acts at present.
    for other in (AWAY, "mediator@peace"):
        for path in ("/", NOW_CALLED, *(f"/contacts/{ref}" for ref in asked.refs["contacts"])):
            answer = visit(other).client.get(path)
            assert f"for {WHOM}" not in answer.get_data(as_text=True), (other, path)
            answer.close()
    assert sent_for(world) == []
    assert acted(app, world, asked, visitor, turn) == set()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", list(WORK))
def test_for_a_role_they_find_its_work_alone_and_nothing_once_it_is_taken_away(
    app: Flask, world: World, asked: Asked, living: set[str], visit: Visit, role: Role
) -> None:
    """Of what showed something before, what is of the role goes on doing so, and nothing else."""
    with writing(world.sessions) as session:
        if role != Role.LIAISON:
            give_role(session, world, AWAY, role)
        only = update(Alternate).where(Alternate.ref == asked.by).values(role=role)
        session.execute(only)
    visitor = visit(STANDS_IN)
    shown = marked(asked, visitor, sorted(living))
    of_nouns = {path.split("/")[1] for path in shown if path.split("/")[1] in NOUNS}
    assert of_nouns == WORK[role]
    pages = {f"/{noun}/{ref}" for noun in WORK[role] for ref in asked.refs[noun]}
    assert pages | {"/"} <= shown
    with writing(world.sessions) as session:
        take_role(session, world, AWAY, role)
    assert marked(asked, visitor, sorted(living)) == set()
    assert acted(app, world, asked, visitor, 0) == set()
