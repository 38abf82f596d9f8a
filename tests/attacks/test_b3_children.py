"""Attack case B3: authorise one, change another. A child answers at its own parent alone.

Every route with two references is tried with a child of another record of the same person, and of
one that is hidden from that person: nothing is shown, nothing changes, and it looks like a child
that does not exist. Routes are read from the application: a new one that is not known here fails.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask

from portal.db import writing
from tests.attacks.families import COUNTED, NO_CHILD, WAYS, Way, family, hide
from tests.attacks.test_e_web import all_rows
from tests.cast import World
from tests.pages import Answer, Visitor, fields_of

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800), pytest.mark.walk]

Visit = Callable[[str], Visitor]
Family = dict[str, str]
# Reading and refused tries are recorded there; nothing else may change.
RECORDED = {"audit_events", "audit_head", "signins"}
REFUSED = {404, 409, 422}
ABSENT = {"file_ref": "F-26-ZZZZZZ"}
NOUNS = ("notices", "commitments", "dialogues", "records")


@pytest.fixture
def families(app: Flask, world: World) -> tuple[Family, Family, Family]:
    """Two families of the same people, and a third that they may not see."""
    store = app.extensions["store"]
    with writing(world.sessions) as session:
        one, other, hidden = (family(session, world, store) for _ in range(3))
        hide(session, world, hidden)
    return one, other, hidden


def nested(app: Flask) -> dict[str, Any]:
    """The routes with two references or more, by endpoint."""
    rules = [rule for rule in app.url_map.iter_rules() if len(rule.arguments) > 1]
    return {rule.endpoint: rule for rule in rules}


def test_every_route_with_two_references_is_known(app: Flask) -> None:
    assert set(nested(app)) == set(WAYS) | COUNTED | NO_CHILD
    for rule in nested(app).values():
        assert rule.endpoint in NO_CHILD or len(rule.arguments) == 2, rule


def address(rule: Any, parent: str, child: str) -> str:
    (name,) = rule.arguments - {"ref"}
    values = {"ref": parent, name: child}
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: values[match.group(1)], rule.rule)


def sent(visitor: Visitor, method: str, path: str, way: Way) -> Answer:
    return visitor.get(path) if method == "GET" else visitor.post(path, dict(way.typed))


def typed_at(visitor: Visitor, path: str, way: Way) -> dict[str, Any]:
    """What a browser would send of the page's own form, with what this way says typed in."""
    forms = [form for form in forms_of(visitor.get(path)) if not form.get("action")]
    return {**(fields_of(forms[0]) if forms else {}), **dict(way.typed)}


def methods(rule: Any) -> list[str]:
    return [method for method in ("GET", "POST") if method in rule.methods]


def test_b3_a_child_of_another_parent_is_not_there(
    app: Flask, world: World, visit: Visit, families: tuple[Family, Family, Family]
) -> None:
    one, other, hidden = families
    before = all_rows(world, RECORDED)
    for endpoint, way in WAYS.items():
        rule, visitor = nested(app)[endpoint], visit(way.who)
        (name,) = rule.arguments - {"ref"}
        for method in methods(rule):
            nothing = address(rule, one[way.parent], ABSENT.get(name, "999999"))
            absent = sent(visitor, method, nothing, way)
            assert absent.status in REFUSED, (endpoint, method, absent.status)
            for foreign in (other, hidden):
                path = address(rule, one[way.parent], foreign[way.child])
                answer = sent(visitor, method, path, way)
                said = (answer.status, answer.words)
                assert said == (absent.status, absent.words), (endpoint, method)
                own = address(rule, hidden[way.parent], foreign[way.child])
                assert sent(visitor, method, own, way).status == 404, (endpoint, "hidden parent")
    assert all_rows(world, RECORDED) == before


def test_with_its_own_parent_each_of_them_is_there(
    app: Flask, visit: Visit, families: tuple[Family, Family, Family]
) -> None:
    """Guard against empty success: the same requests are good ones but for the parent."""
    one = families[0]
    for endpoint, way in WAYS.items():
        rule, visitor = nested(app)[endpoint], visit(way.who)
        for method in methods(rule):
            path = address(rule, one[way.parent], one[way.child])
            typed = typed_at(visitor, path, way) if "GET" in rule.methods else dict(way.typed)
            answer = visitor.get(path) if method == "GET" else visitor.post(path, typed)
            assert answer.status in (200, 302), (endpoint, method, answer.status, answer.words)


def forms_of(answer: Answer) -> Iterator[Tag]:
    yield from answer.page.select("main form[method=post]")
