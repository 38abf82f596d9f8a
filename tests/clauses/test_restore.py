"""Restoring a retired clause."""

from collections.abc import Callable

from sqlalchemy import select

from models.ledger import AuditEvent
from portal import clauses
from portal.db import reading
from tests.cast import NOW, World
from tests.clauses.test_retire import retired, state
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
OTHERS = ("liaison@telco", "mediator@peace", "auditor@portal", "custodian@portal")


def test_only_whoever_may_take_it_back_finds_it_among_the_retired(
    world: World, visit: Visit
) -> None:
    ref = retired(world)
    assert visit("steward@portal").get("/clauses/").page.select(f"a[href='/clauses/{ref}']")
    for name in OTHERS:
        page = visit(name).get("/clauses/")
        assert page.page.select(f"a[href='/clauses/{ref}']") == [], name
        assert "Retired" not in page.words, name


def test_the_steward_takes_it_back_into_use(world: World, visit: Visit) -> None:
    ref, steward = retired(world), visit("steward@portal")
    page = steward.get(f"/clauses/{ref}")
    assert page.form(f"/clauses/{ref}/restore")
    assert "Clause back in use." in steward.follow(steward.post(f"/clauses/{ref}/restore")).words
    assert state(world, ref) == "active"
    assert "A line kept open" in visit("liaison@telco").get("/clauses/").words
    with reading(world.sessions) as session:
        acts = select(AuditEvent.verb).where(AuditEvent.ref == ref).order_by(AuditEvent.id)
        assert list(session.scalars(acts)) == ["add-clause", "retire", "restore"]
        assert clauses.one(session, world.actors["liaison@telco"], ref, NOW).days == 21
