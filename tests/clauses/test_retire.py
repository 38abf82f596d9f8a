"""Retiring a clause and taking it back: it leaves the list and stays readable."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.norms import Clause
from portal import clauses
from portal.db import reading, writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.clauses.samples import FIRST, added, typed
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
OTHERS = ("liaison@telco", "mediator@peace", "auditor@portal", "custodian@portal")
START = "main a[href^='/commitments/new']"


def state(world: World, ref: str) -> str:
    with reading(world.sessions) as session:
        return session.scalars(select(Clause.state).where(Clause.ref == ref)).one()


def retired(world: World) -> str:
    ref = added(world)
    with writing(world.sessions) as session:
        clauses.retire(session, world.actors["steward@portal"], ref, NOW)
    return ref


def test_the_steward_retires_a_clause_after_a_last_look(world: World, visit: Visit) -> None:
    steward = visit("steward@portal")
    page = steward.get(f"/clauses/{FIRST}/retire")
    assert "No new commitment can then start from it." in page.words
    assert state(world, FIRST) == "active"
    done = steward.follow(steward.post(f"/clauses/{FIRST}/retire"))
    assert "You can return it to use." in done.words
    assert state(world, FIRST) == "retired"


def test_a_retired_clause_leaves_the_list_and_stays_readable(world: World, visit: Visit) -> None:
    ref, liaison = retired(world), visit("liaison@telco")
    for path in ("/clauses/", "/clauses/?theme=notice-contacts", "/clauses/?words=line"):
        assert "A line kept open" not in liaison.get(path).words, path
    page = liaison.get(f"/clauses/{ref}")
    assert page.status == 200
    assert "We keep [line] open for [n] days." in page.words
    assert "Retired: no new commitment can start from it." in page.words
    assert page.page.select(START) == []
    assert liaison.get(f"/clauses/{FIRST}").page.select(START)


def test_no_commitment_starts_from_a_retired_clause(world: World) -> None:
    ref = retired(world)
    for name in ("liaison@telco", "steward@portal"):
        with reading(world.sessions) as session, pytest.raises(NotFound):
            clauses.one(session, world.actors[name], ref, NOW)


def test_nobody_else_retires_or_restores(world: World, visit: Visit) -> None:
    ref = retired(world)
    for name in OTHERS:
        visitor = visit(name)
        assert visitor.get(f"/clauses/{FIRST}/retire").status == 403, name
        assert visitor.post(f"/clauses/{FIRST}/retire").status == 403, name
        assert visitor.post(f"/clauses/{ref}/restore").status == 403, name
    assert (state(world, FIRST), state(world, ref)) == ("active", "retired")


def test_what_is_not_to_be_done_now_is_too_late(world: World, visit: Visit) -> None:
    ref, steward = retired(world), visit("steward@portal")
    assert steward.get(f"/clauses/{ref}/retire").status == 409
    assert steward.post(f"/clauses/{ref}/retire").status == 409
    assert steward.get(f"/clauses/{ref}/edit").status == 409
    assert steward.post(f"/clauses/{ref}/edit", typed(version="2")).status == 409
    assert steward.post(f"/clauses/{FIRST}/restore").status == 409
    assert (state(world, FIRST), state(world, ref)) == ("active", "retired")


def test_the_stewards_first_page_leads_to_the_library(visit: Visit) -> None:
    link = "a[href='/clauses/']"
    assert visit("steward@portal").get("/steward/").page.select(f"main {link}")
    assert not visit("auditor@portal").get("/steward/").page.select(f"main {link}")
