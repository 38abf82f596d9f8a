"""A self-check is begun for oneself, a delegation or a team, one of each at a time."""

from collections.abc import Callable

from models.readiness import CheckState, Scope
from portal.db import writing
from tests.cast import World
from tests.pages import Visitor
from tests.readiness.builders import MEDIATOR, begun

Visit = Callable[[str], Visitor]


def test_one_of_each_scope_is_answered_at_a_time(world: World) -> None:
    with writing(world.sessions) as session:
        check = begun(session, world)
        begun(session, world, scope=Scope.TEAM)
        begun(session, world, "liaison@telco")
        assert (check.state, check.person_id) == (CheckState.OPEN, world.actors[MEDIATOR].person_id)
    with writing(world.sessions) as session:
        assert begun(session, world).ref == check.ref


def test_a_button_begins_it_and_leads_to_its_questions(visit: Visit) -> None:
    mediator = visit(MEDIATOR)
    assert "Self-check of my team" in mediator.get("/readiness/").words
    assert mediator.post("/readiness/new", {"scope": "everybody"}).status == 400
    answered = mediator.post("/readiness/new", {"scope": "person"})
    assert "Second factor" in mediator.get(answered.to).words
