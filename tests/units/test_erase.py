"""A draft is erased with its text; the trail keeps that there was one."""

from collections.abc import Callable

from sqlalchemy import select

from models.ledger import AuditEvent
from models.units import TrainingUnit
from portal import units
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.units.builders import STEWARD, drafted, offered

Visit = Callable[[str], Visitor]


def test_nothing_is_left_of_its_text(world: World) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
        units.erase(session, world.actors[STEWARD], ref, NOW)
    with reading(world.sessions) as session:
        row = session.query(TrainingUnit).one()
        acts = select(AuditEvent.verb).where(AuditEvent.ref == ref).order_by(AuditEvent.id)
        assert list(session.scalars(acts)) == ["draft-unit", "erase"]
    said = (row.title, row.summary, row.body, row.questions, row.sources)
    assert said == ("", "", "", "", "")
    assert row.state == "erased"


def test_it_is_asked_first_and_is_gone_for_stewards_too(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
    steward = visit(STEWARD)
    assert "Its text is erased." in steward.get(f"/units/{ref}/erase").words
    page = steward.follow(steward.post(f"/units/{ref}/erase"))
    assert "The draft is erased." in page.words
    assert steward.get(f"/units/{ref}").status == 404
    assert ref not in steward.get("/units/").text


def test_what_was_published_is_not_erased(world: World, visit: Visit) -> None:
    assert visit(STEWARD).post(f"/units/{offered(world)}/erase").status == 409
