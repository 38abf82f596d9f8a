"""Adding a clause to the library: by the steward, and what is wrong is said next to its field."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from models.ledger import AuditEvent
from models.norms import Clause
from portal.clauses import text_of
from portal.db import reading
from tests.cast import World
from tests.clauses.samples import text, typed
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def clauses_in(world: World) -> int:
    with reading(world.sessions) as session:
        return session.scalar(select(func.count()).select_from(Clause)) or 0


def test_the_steward_adds_a_clause_and_everybody_finds_it(world: World, visit: Visit) -> None:
    steward = visit("steward@portal")
    assert steward.get("/clauses/").page.find("a", string="Add a clause")
    answer = steward.post("/clauses/new", typed(title="  A line kept open "))
    page = steward.follow(answer)
    assert "Clause added to the library." in page.words
    ref = answer.to.rpartition("/")[2]
    assert ref.startswith("L-")
    with reading(world.sessions) as session:
        clause = session.scalars(select(Clause).where(Clause.ref == ref)).one()
        assert (text_of(clause), clause.state, clause.version) == (text(), "active", 1)
        acts = select(AuditEvent.resource_type, AuditEvent.ref).where(
            AuditEvent.verb == "add-clause"
        )
        found = {tuple(row) for row in session.execute(acts)}
    assert found == {("office", "OFFICE"), ("clauses", ref)}
    assert "A line kept open" in visit("liaison@bank").get("/clauses/?theme=notice-contacts").words


def test_nobody_else_adds_a_clause(world: World, visit: Visit) -> None:
    before = clauses_in(world)
    for name, status in (
        ("auditor@portal", 403),
        ("custodian@portal", 404),
        ("liaison@telco", 404),
        ("mediator@peace", 404),
    ):
        visitor = visit(name)
        assert visitor.get("/clauses/new").status == status, name
        assert visitor.post("/clauses/new", typed()).status == status, name
        assert visitor.get("/clauses/").page.find("a", string="Add a clause") is None, name
    assert clauses_in(world) == before


def test_what_is_wrong_is_said_next_to_its_field_and_nothing_is_lost(
    world: World, visit: Visit
) -> None:
    steward, before = visit("steward@portal"), clauses_in(world)
    answer = steward.post("/clauses/new", typed(title=" ", body="", how_known="", days="4000"))
    assert answer.status == 422
    assert answer.errors() == {
        "title": "Give the clause a title.",
        "body": "Describe the commitment.",
        "how_known": "Give the verification criteria.",
        "days": "Give a number of days from 1 to 3650.",
    }
    kept = answer.form()
    assert kept["norms"] == ["un-oewg-global-cbm-1", "osce-cbm-8"]
    assert (kept["theme"], kept["days"], kept["every"]) == (
        ["notice-contacts"],
        ["4000"],
        ["month"],
    )
    assert clauses_in(world) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("days", ""),
        ("days", "soon"),
        ("days", "0"),
        ("days", "-3"),
        ("days", "9" * 30),
        ("theme", "unheard-of"),
        ("norms", ["un-gge-2015-z"]),
        ("every", "fortnight"),
        ("title", "x" * 201),
        ("body", "x" * 20_001),
        ("how_known", "x" * 5_001),
    ],
)
def test_what_no_clause_can_hold_is_refused(
    world: World, visit: Visit, field: str, value: Any
) -> None:
    before = clauses_in(world)
    answer = visit("steward@portal").post("/clauses/new", typed(**{field: value}))
    assert answer.status == 422
    assert set(answer.errors()) == {field}
    assert clauses_in(world) == before


def test_the_service_checks_for_itself() -> None:
    assert text().problems() == {}
    assert text(norms=(), every="", days=3650).problems() == {}
    bad = text(
        title=" ",
        body="x" * 20_001,
        how_known="",
        theme="unheard-of",
        norms=("osce-cbm-8", "osce-cbm-99"),
        days=0,
        every="fortnight",
        promisors=("anybody",),
        verifier="x" * 501,
        beside_law=("unheard-of",),
        advice="x" * 2_001,
    )
    assert set(bad.problems()) == set(text().__dict__)
    assert set(text(days=3651).problems()) == {"days"}
