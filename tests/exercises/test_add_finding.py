"""Findings: proposed by whoever took part, for an organisation."""

from collections.abc import Callable

import pytest

from portal import exercises
from portal.db import writing
from portal.errors import Invalid, Refused
from tests.cast import World
from tests.exercises.builders import BANK, OBSERVER, TELCO, minute, over
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_whoever_took_part_proposes_one(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = over(session, world).ref
        with pytest.raises(Refused):
            exercises.add_finding(
                session, world.actors[BANK], ref, text="x", organisation_id=1, now=minute(50)
            )
        with pytest.raises(Invalid) as refused:
            exercises.add_finding(
                session, world.actors[TELCO], ref, text="", organisation_id=0, now=minute(50)
            )
        assert set(refused.value.problems) == {"text", "organisation"}
    observer, path = visit(OBSERVER), f"/exercises/{ref}/add-finding"
    telco = str(world.organisations["telco"].id)
    said = {"text": ["Test the numbers at night"], "organisation": [telco]}
    page = observer.follow(observer.post(path, {**observer.get(path).form(), **said}))
    assert "Test the numbers at night" in page.words
    assert "proposed by Response analyst" in page.words
    assert "Make it a commitment" not in page.words
    assert "Make it a commitment" in visit(TELCO).get(f"/exercises/{ref}").words
