"""Editing a process: by its team, and of two writers neither loses a word."""

from collections.abc import Callable

import pytest

from portal import processes
from portal.db import writing
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.factories import opened_process
from tests.pages import Visitor
from tests.processes.test_open_process import kept

Visit = Callable[[str], Visitor]


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
