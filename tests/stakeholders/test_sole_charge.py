"""Whoever ends their roles is told first what nobody else could act on afterwards."""

import pytest
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Dialogue, DialogueState
from models.processes import Part, Phase, Seat
from models.stakeholders import Person
from portal.db import reading, writing
from tests.cast import World
from tests.dialogues.builders import drafted
from tests.factories import opened_process
from tests.pages import Visitor
from tests.stakeholders.builders import Visit, address

pytestmark = pytest.mark.both_engines

MEDIATOR, COORDINATOR = "mediator@peace", "coordinator@peace"


def named(visitor: Visitor, path: str) -> set[str]:
    """The titles that the page names before somebody ends their roles."""
    return {link.get_text() for link in visitor.get(path).page.select("[aria-labelledby=alone] a")}


def helped(session: Session, world: World, dialogue: Dialogue, name: str) -> None:
    """Somebody else organises it as well."""
    key = world.actors[name].person_id
    session.add(Attendee(dialogue_id=dialogue.id, person_id=key, organises=True))


def test_a_dialogue_of_a_sole_organiser_is_named_and_no_other(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        drafted(session, world, "telco", title="Alone")
        helped(session, world, drafted(session, world, "telco", title="Together"), MEDIATOR)
        over = drafted(session, world, "telco", title="Over")
        over.state = DialogueState.CANCELLED
        left = drafted(session, world, "telco", title="Left alone")
        helped(session, world, left, "liaison@telco")  # who does not mediate for the body
    resign = f"{address(world, 'peace')}/resign"
    assert named(visit(COORDINATOR), resign) == {"Alone", "Left alone"}
    assert named(visit(COORDINATOR), leaving(world, COORDINATOR)) == {"Alone", "Left alone"}
    assert named(visit(MEDIATOR), resign) == set()
    assert named(visit("liaison@telco"), f"{address(world, 'telco')}/resign") == set()


def leaving(world: World, name: str) -> str:
    """Where somebody leaves the portal."""
    with reading(world.sessions) as session:
        person = session.get_one(Person, world.actors[name].person_id)
        return f"/stakeholders/people/{person.ref}/leave"


def test_a_process_without_another_on_its_team_is_named(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        opened_process(session, world, "telco", cover_name="Alone")
        both = opened_process(session, world, "telco", cover_name="Together")
        key = world.actors[COORDINATOR].person_id
        session.add(Seat(process_id=both.id, part=Part.TEAM, person_id=key))
        opened_process(session, world, "telco", cover_name="Over").state = Phase.CLOSED
    resign = f"{address(world, 'peace')}/resign"
    assert named(visit(MEDIATOR), resign) == {"Alone"}
    assert named(visit(COORDINATOR), resign) == set()
    visit(COORDINATOR).post(resign)
    assert named(visit(MEDIATOR), resign) == {"Alone", "Together"}, "who has left does not count"
