"""Who to call now: those on duty whom the reader may see, the first and the next."""

from collections.abc import Callable
from datetime import UTC, datetime

from portal import contacts
from portal.db import writing
from tests.cast import World
from tests.contacts.builders import BANK, CLOUD, MEDIATOR, TELCO, published
from tests.factories import opened_process
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)  # a Monday, midnight in Helsinki
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def test_by_day_the_office_and_at_night_whoever_agreed(world: World) -> None:
    mediator = world.actors[MEDIATOR]
    with writing(world.sessions) as session:
        office = published(session, world, "peace").ref
        watch = published(session, world, "peace", place=2, hours=(), round_the_clock=True).ref
        by_day = contacts.who_to_call(session, mediator, MORNING, purpose="duty")
        at_night = contacts.who_to_call(session, mediator, NIGHT, purpose="duty")
        assert [[row.ref for row in call.rows] for call in by_day] == [[office, watch]]
        assert [[row.ref for row in call.rows] for call in at_night] == [[watch]]
        assert contacts.who_to_call(session, world.actors[BANK], MORNING) == []


def test_where_nobody_is_on_duty_it_says_from_when_somebody_is(world: World) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace")
        (call,) = contacts.who_to_call(session, world.actors[MEDIATOR], NIGHT)
        assert (call.rows, call.next_at) == ((), MORNING)


def test_of_a_process_only_its_organisations_and_only_for_whoever_knows_them(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco")
        key, ref = process.id, process.ref
        telco = published(session, world, tlp="GREEN", round_the_clock=True).ref
        cloud = published(session, world, by=CLOUD, tlp="GREEN", round_the_clock=True).ref
    asked = f"/contacts/now?part_of={key}"
    found = visit(MEDIATOR).get(asked).text
    assert telco in found
    assert cloud not in found
    assert asked in visit(MEDIATOR).get(f"/processes/{ref}").text
    assert telco not in visit(BANK).get(asked).text, "a process that one may not know has nobody"
    assert "/contacts/now" in visit(TELCO).get("/").text
