"""Opening a process and saying it anew: nobody but the team knows of it until seats are given."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from models.ledger import AuditEvent
from models.processes import Part, Process, Seat
from portal import processes
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.factories import opened_process
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


def test_the_team_says_it_anew(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = opened_process(session, world, "telco").ref
    mediator, path = visit("mediator@peace"), f"/processes/{ref}/edit"
    typed = mediator.get(path).form() | {"cover_name": " Quiet table ", "open_seats": "y"}
    assert "Quiet table" in mediator.follow(mediator.post(path, typed)).words
    assert (kept(world, ref).cover_name, kept(world, ref).open_seats) == ("Quiet table", True)
    assert visit("liaison@telco").get(path).status == 403
    assert visit("coordinator@peace").get(path).status == 404
    assert visit("liaison@bank").post(path, {"cover_name": "x"}).status == 404


def test_the_second_of_two_writers_sees_both_texts(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = opened_process(session, world, "telco").ref
    mediator, path = visit("mediator@peace"), f"/processes/{ref}/edit"
    first, second = (dict(mediator.get(path).form()) for _ in range(2))
    mediator.post(path, first | {"cover_name": "What she saved"})
    late = mediator.post(path, second | {"cover_name": "What he typed"})
    assert late.status == 409
    assert "What she saved" in late.words
    assert late.form()["cover_name"] == ["What he typed"]
    assert kept(world, ref).cover_name == "What she saved"
    assert mediator.post(path, late.form()).status == 302, "sent again knowing, it is taken"
    assert kept(world, ref).cover_name == "What he typed"
    assert mediator.post(path, second | {"version": "garbled"}).status == 409


def test_the_service_refuses_a_version_that_is_past(world: World) -> None:
    said = {"cover_name": "x", "context": "", "open_seats": False, "now": NOW}
    actor = world.actors["mediator@peace"]
    with writing(world.sessions) as session:
        process = opened_process(session, world)
        ref, version = process.ref, process.version
    with writing(world.sessions) as session, pytest.raises(TooLate):
        processes.edit(session, actor, ref, version=version - 1, **said)
    long = said | {"context": "x" * 50_001}
    with writing(world.sessions) as session, pytest.raises(Invalid, match="context"):
        processes.edit(session, actor, ref, version=version, **long)
