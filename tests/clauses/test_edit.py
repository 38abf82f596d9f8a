"""Changing a clause: the steward's verb, and a race that one of two loses without losing words."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from models.norms import Clause
from portal import clauses
from portal.clauses import text_of
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.clauses.samples import FIRST, added, as_typed, text, typed
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
OTHERS = ("liaison@telco", "mediator@peace", "auditor@portal", "custodian@portal")


def kept(world: World, ref: str) -> Clause:
    with reading(world.sessions) as session:
        return session.scalars(select(Clause).where(Clause.ref == ref)).one()


def test_the_steward_changes_every_field(world: World, visit: Visit) -> None:
    ref, steward = added(world), visit("steward@portal")
    form = steward.get(f"/clauses/{ref}/edit").form()
    assert form["title"] == ["A line kept open"]
    assert form["norms"] == ["un-oewg-global-cbm-1", "osce-cbm-8"]
    other = text(
        title="Two lines",
        body="We keep two.",
        how_known="Two calls.",
        theme="readiness",
        norms=("un-gge-2015-g",),
        days=5,
        every="",
        promisors=("mediator", "company"),
        verifier="a laboratory",
        beside_law=("ihl-survival",),
        advice="Say which lines.",
    )
    page = steward.follow(steward.post(f"/clauses/{ref}/edit", form | typed(**as_typed(other))))
    assert "Commitments already started from it do not change." in page.words
    clause = kept(world, ref)
    assert text_of(clause) == other
    assert clause.version == 2
    with reading(world.sessions) as session:
        acts = select(AuditEvent.verb).where(AuditEvent.ref == ref).order_by(AuditEvent.id)
        assert list(session.scalars(acts)) == ["add-clause", "edit"]


def test_the_first_library_can_be_changed_too(world: World, visit: Visit) -> None:
    steward = visit("steward@portal")
    form = steward.get(f"/clauses/{FIRST}/edit").form()
    steward.follow(steward.post(f"/clauses/{FIRST}/edit", form | {"days": "90"}))
    clause = kept(world, FIRST)
    assert (clause.days, clause.norms, clause.theme) == (90, ["un-gge-2015-k"], form["theme"][0])


def test_nobody_else_changes_a_clause(world: World, visit: Visit) -> None:
    ref = added(world)
    for name in OTHERS:
        visitor = visit(name)
        assert visitor.get(f"/clauses/{ref}/edit").status == 403, name
        answer = visitor.post(f"/clauses/{ref}/edit", typed(title="Mine", version="1"))
        assert answer.status == 403, name
        page = visitor.get(f"/clauses/{ref}").page
        assert page.select("main .go-actions a[href*='/edit'], main form") == [], name
        with writing(world.sessions) as session, pytest.raises(Refused):
            clauses.edit(session, world.actors[name], ref, text=text(), version=1, now=NOW)
    assert kept(world, ref).title == "A line kept open"


def test_a_lost_race_shows_both_texts_and_loses_none(world: World, visit: Visit) -> None:
    ref, steward = added(world), visit("steward@portal")
    form = steward.get(f"/clauses/{ref}/edit").form()
    with writing(world.sessions) as session:
        actor = world.actors["steward@portal"]
        theirs = text(title="Their title", body="Their promise [n].", days=7)
        clauses.edit(session, actor, ref, text=theirs, version=1, now=NOW)
    mine = form | {"title": "My title", "norms": ["un-gge-2015-h"]}
    answer = steward.post(f"/clauses/{ref}/edit", mine)
    assert answer.status == 409
    assert "Someone saved another version in the meantime" in answer.words
    assert "Their promise [n]." in answer.words
    assert "Usual time: 7 days" in answer.words
    assert kept(world, ref).title == "Their title"
    again = answer.form()
    assert (again["title"], again["norms"]) == (["My title"], ["un-gge-2015-h"])
    assert steward.post(f"/clauses/{ref}/edit", again).status == 302
    assert kept(world, ref).title == "My title"


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 40])
def test_a_garbled_version_is_no_permission(world: World, visit: Visit, version: str) -> None:
    ref = added(world)
    answer = visit("steward@portal").post(f"/clauses/{ref}/edit", typed(title="X", version=version))
    assert answer.status == 409
    assert kept(world, ref).title == "A line kept open"


def test_the_service_refuses_an_old_version_and_bad_fields(world: World) -> None:
    ref, actor = added(world), world.actors["steward@portal"]
    for version, said, error in ((0, text(), TooLate), (1, text(days=0), Invalid)):
        with writing(world.sessions) as session, pytest.raises(error):
            clauses.edit(session, actor, ref, text=said, version=version, now=NOW)
    assert text_of(kept(world, ref)) == text()


def test_a_bad_field_is_said_so_and_the_old_words_stay(world: World, visit: Visit) -> None:
    ref, steward = added(world), visit("steward@portal")
    form = steward.get(f"/clauses/{ref}/edit").form()
    answer = steward.post(f"/clauses/{ref}/edit", form | {"body": " ", "title": "Kept as typed"})
    assert answer.status == 422
    assert answer.errors() == {"body": "Describe the commitment."}
    assert answer.form()["title"] == ["Kept as typed"]
    assert text_of(kept(world, ref)) == text()
