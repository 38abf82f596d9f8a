"""A finding becomes a real commitment of the organisation that it is for, linked both ways."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from models.exercises import ExerciseFinding
from portal import exercises
from portal.db import writing
from portal.errors import NotFound, Refused
from tests.cast import World
from tests.exercises.builders import BANK, CLOUD, MEDIATOR, TELCO, minute, over
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def found(session: Session, world: World, home: str = "telco") -> tuple[str, int]:
    """A finding for an organisation: the reference of its exercise, and its number."""
    exercise = over(session, world)
    row = exercises.add_finding(
        session,
        world.actors[MEDIATOR],
        exercise.ref,
        text="Test the numbers at night",
        organisation_id=world.organisations[home].id,
        now=minute(50),
    )
    session.flush()
    return exercise.ref, row.id


def test_nobody_binds_another_organisation(world: World) -> None:
    with writing(world.sessions) as session:
        ref, number = found(session, world)
        for who, error in ((MEDIATOR, Refused), (CLOUD, Refused), (BANK, Refused)):
            with pytest.raises(error):
                exercises.finding(session, world.actors[who], ref, number, minute(51))
        other, _number = found(session, world)
        with pytest.raises(NotFound):
            exercises.finding(session, world.actors[TELCO], other, number, minute(51))


def test_it_becomes_a_draft_that_says_where_it_comes_from(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref, number = found(session, world)
    telco, path = visit(TELCO), f"/exercises/{ref}/take-up/{number}"
    assert "Turn a finding into a commitment" in telco.get("/").words
    page = telco.get(path)
    assert page.form()["addressee"] == [str(world.organisations["peace"].id)]
    sent = telco.post(path, page.form())
    assert sent.status == 302
    edit = telco.get(sent.to)
    assert edit.form()["title"] == ["Test the numbers at night"]
    assert ref in edit.form()["body"][0]
    commitment = telco.get(sent.to.removesuffix("/edit"))
    assert "From the exercise" in commitment.words
    assert f"/exercises/{ref}" in commitment.text
    assert sent.to.removesuffix("/edit") in telco.get(f"/exercises/{ref}").text
    with writing(world.sessions) as session:
        assert session.get_one(ExerciseFinding, number).commitment_id is not None
    assert telco.get(path).status == 403, "nothing is left to take up"
    telco.post(f"{sent.to.removesuffix('/edit')}/withdraw", {"why": "Not so."})
    assert telco.get(path).status == 200, "what became of nothing is taken up again"
