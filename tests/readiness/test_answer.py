"""Answers are saved as they come, and are nobody else's."""

from collections.abc import Callable

import pytest

from models.readiness import Scope, SelfCheck
from portal import readiness
from portal.db import reading, writing
from portal.errors import NotFound, TooLate
from portal.readiness import Answer
from portal.sealing import Sealer
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.readiness.builders import MEDIATOR, SEALER, begun

Visit = Callable[[str], Visitor]


SOME = {"mfa": Answer.NO, "phishing": Answer.UNKNOWN}


def _answered(world: World) -> str:
    with writing(world.sessions) as session:
        check = begun(session, world)
        readiness.answer(
            session,
            world.actors[MEDIATOR],
            check.ref,
            answers=SOME,
            version=check.version,
            sealer=SEALER,
            now=NOW,
        )
        return check.ref


def test_what_is_answered_is_there_again(world: World) -> None:
    ref = _answered(world)
    with reading(world.sessions) as session:
        found = readiness.read(session, world.actors[MEDIATOR], ref, SEALER, NOW)
        assert found.answers == SOME


@pytest.mark.parametrize("who", ["coordinator@peace", "steward@portal", "auditor@portal"])
def test_nobody_else_finds_it(world: World, who: str) -> None:
    ref = _answered(world)
    with reading(world.sessions) as session:
        with pytest.raises(NotFound):
            readiness.read(session, world.actors[who], ref, SEALER, NOW)
        assert readiness.mine(session, world.actors[who], SEALER, NOW) == []


def test_a_dump_tells_neither_answers_nor_how_many(world: World) -> None:
    ref = _answered(world)
    with writing(world.sessions) as session:
        other = begun(session, world, scope=Scope.TEAM)
        mediator = world.actors[MEDIATOR]
        kept = {"answers": {}, "version": other.version, "sealer": SEALER, "now": NOW}
        readiness.answer(session, mediator, other.ref, **kept)
        rows = session.query(SelfCheck).order_by(SelfCheck.id).all()
        assert len({len(row.sealed) for row in rows}) == 1
        assert not any(b"mfa" in row.sealed or b"no" in row.sealed[:8] for row in rows)
        # Not with another key, and not in another row.
        assert readiness.read(session, mediator, ref, Sealer(b"x" * 32), NOW).answers is None
        rows[1].sealed = rows[0].sealed
        assert readiness.read(session, mediator, other.ref, SEALER, NOW).answers is None


def test_answers_from_an_older_page_replace_nothing_unseen(world: World) -> None:
    ref = _answered(world)
    stale = {"answers": {}, "version": 1, "sealer": SEALER, "now": NOW}
    with pytest.raises(TooLate), writing(world.sessions) as session:
        readiness.answer(session, world.actors[MEDIATOR], ref, **stale)


def test_the_page_keeps_what_was_typed(visit: Visit, world: World) -> None:
    with writing(world.sessions) as session:
        ref = begun(session, world).ref
    mediator = visit(MEDIATOR)
    page = mediator.get(f"/readiness/{ref}/answer")
    assert "does every account" in page.words.lower()
    saved = mediator.post(f"/readiness/{ref}/answer", {"version": "1", "mfa": "partly"})
    assert "Answers saved" in mediator.get(saved.to).words
    late = mediator.post(f"/readiness/{ref}/answer", {"version": "1", "mfa": "yes"})
    assert late.status == 409
    assert "saved from another page" in late.words
    assert visit("coordinator@peace").get(f"/readiness/{ref}").status == 404
