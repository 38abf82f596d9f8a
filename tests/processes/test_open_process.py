"""Opening a process: by mediation bodies, and whoever opens it is alone on its team."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from models.processes import Part, Process, Seat
from portal import processes
from portal.db import reading, writing
from portal.errors import Invalid, Refused
from tests.cast import NOW, World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def kept(world: World, ref: str) -> Process:
    with reading(world.sessions) as session:
        return session.scalars(select(Process).where(Process.ref == ref)).one()


def opened(world: World, mediator: Visitor, **values: str) -> str:
    typed = {"organisation": world.organisations["peace"].ref, "cover_name": "Ledgerfall talks"}
    answer = mediator.post("/processes/new", {**typed, **values})
    assert answer.status == 302, answer.words
    return answer.to.split("/")[-2]


def test_a_mediator_opens_a_process_and_is_alone_on_its_team(world: World, visit: Visit) -> None:
    mediator = visit("mediator@peace")
    ref = opened(world, mediator, context="## Who\n\n* two sides")
    process = kept(world, ref)
    assert (process.state, process.cover_name, process.open_seats) == (
        "preparation", "Ledgerfall talks", False,
    )  # fmt: skip
    with reading(world.sessions) as session:
        seats = session.scalars(select(Seat)).all()
        assert [(s.person_id, s.part) for s in seats] == [
            (world.actors["mediator@peace"].person_id, Part.TEAM)
        ]
        events = select(AuditEvent.resource_type).where(AuditEvent.verb == "open-process")
        assert set(session.scalars(events)) == {"organisations", "processes"}
    assert visit("coordinator@peace").get(f"/processes/{ref}").status == 404
    assert visit("steward@portal").get(f"/processes/{ref}").status == 404
    page = mediator.get(f"/processes/{ref}")
    assert page.page.select_one(".go-text h3") is not None, "the context is Markdown"
    assert "Preparation (now)" in page.words


def test_only_mediation_bodies_open_processes(world: World, visit: Visit) -> None:
    for name in ("liaison@telco", "observer@un", "steward@portal"):
        answer = visit(name).get("/processes/new")
        assert answer.status == 403
        assert "Mediation bodies open processes" in answer.words
    assert visit("coordinator@peace").get("/processes/new").status == 200
    liaison, telco = world.actors["liaison@telco"], world.organisations["telco"].ref
    with writing(world.sessions) as session, pytest.raises(Refused):
        processes.open_process(session, liaison, telco, cover_name="x", now=NOW)


def test_a_bad_cover_name_stands_next_to_its_field(world: World, visit: Visit) -> None:
    mediator, peace = visit("mediator@peace"), world.organisations["peace"].ref
    for name in (" ", "x" * 121):
        typed = {"organisation": peace, "cover_name": name, "context": "kept as typed"}
        answer = mediator.post("/processes/new", typed)
        assert (answer.status, list(answer.errors())) == (422, ["cover_name"])
        assert answer.form()["context"] == ["kept as typed"]
        actor = world.actors["mediator@peace"]
        with writing(world.sessions) as session, pytest.raises(Invalid, match="cover_name"):
            processes.open_process(session, actor, peace, cover_name=name, now=NOW)
    with reading(world.sessions) as session:
        assert session.scalars(select(Process)).all() == []
