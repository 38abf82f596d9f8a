"""An organisation declares which pledges it supports: its own word, with evidence."""

from collections.abc import Callable

import pytest

from portal import stakeholders
from portal.db import reading, writing
from portal.errors import Invalid, Refused
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.stakeholders.builders import address, declared

Visit = Callable[[str], Visitor]
CALL = "paris-call-2018"
PAGE = f"/norms/supporters?framework={CALL}"
TYPED = {"framework": CALL, "since": "2018-11", "evidence": "https://telco.example/pledges"}


def names(world: World, who: str, framework: str = CALL) -> list[str]:
    with reading(world.sessions) as session:
        page = stakeholders.supporters(session, world.actors[who], NOW, framework=framework)
        return [row.name for row in page.rows]


def test_it_is_shown_with_since_when_by_whom_and_where_it_stands(
    world: World, visit: Visit
) -> None:
    page, liaison = address(world, "telco"), visit("liaison@telco")
    assert liaison.get(page).page.find("a", href=f"{page}/declare-support")
    after = liaison.follow(liaison.post(f"{page}/declare-support", TYPED))
    for words in (after.words, visit("observer@un").get(PAGE).words):
        assert "declared by itself" in words
        assert "supported since Nov 2018" in words
        assert "https://telco.example/pledges" in words
    assert names(world, "observer@un") == ["Telco"]
    assert names(world, "observer@un", "charter-of-trust-2018") == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("framework", "un-gge-2015"),
        ("framework", ""),
        ("since", "last year"),
        ("since", "2030"),
        ("since", "2017"),
        ("since", ""),
        ("evidence", "javascript:alert(1)"),
        ("evidence", "https://telco.example/a b"),
        ("evidence", "https://telco.example/" + "a" * 500),
        ("evidence", ""),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    world: World, visit: Visit, field: str, typed: str
) -> None:
    page = f"{address(world, 'telco')}/declare-support"
    answer = visit("liaison@telco").post(page, TYPED | {field: typed})
    assert (answer.status, list(answer.errors())) == (422, [field])
    assert names(world, "liaison@telco") == []


def test_the_same_is_said_once(world: World, visit: Visit) -> None:
    declared(world, "telco", CALL)
    page = f"{address(world, 'telco')}/declare-support"
    again = visit("liaison@telco").post(page, TYPED)
    assert (again.status, list(again.errors())) == (422, ["framework"])
    assert names(world, "liaison@telco") == ["Telco"]


@pytest.mark.parametrize("who", ["observer@un", "liaison@cloud", "steward@portal"])
def test_nobody_else_speaks_for_it(world: World, who: str) -> None:
    said = {"framework": CALL, "since": "2018", "evidence": "https://x.example/", "now": NOW}
    ref = world.organisations["telco"].ref
    with pytest.raises(Refused), writing(world.sessions) as session:
        stakeholders.declare_support(session, world.actors[who], ref, **said)
    said["framework"] = "nothing"
    with pytest.raises(Invalid), writing(world.sessions) as session:
        stakeholders.declare_support(session, world.actors["liaison@telco"], ref, **said)


def test_who_does_not_see_the_organisation_does_not_see_what_it_supports(
    world: World, visit: Visit
) -> None:
    declared(world, "telco", CALL)
    steward = visit("steward@portal")
    steward.post(f"{address(world, 'telco')}/suspend", {})
    assert names(world, "observer@un") == []
    assert "Telco" not in visit("observer@un").get(PAGE).words
