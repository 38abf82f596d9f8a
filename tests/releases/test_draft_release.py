"""A joint statement is begun by whoever speaks for an organisation, with somebody who signs."""

from collections.abc import Callable

from tests.cast import World
from tests.pages import Visitor
from tests.releases.builders import TELCO, typed

Visit = Callable[[str], Visitor]


def test_somebody_else_has_to_sign(world: World, visit: Visit) -> None:
    telco, home = visit(TELCO), world.organisations["telco"].ref
    alone = telco.post("/releases/new", typed(organisation=home))
    assert alone.status == 422
    assert "Choose who signs it with you" in alone.words
    signers = str(world.organisations["cloud"].id)
    made = telco.follow(telco.post("/releases/new", typed(organisation=home, signers=signers)))
    assert "Cloud" in made.words
    assert "Telco" in made.words


def test_who_speaks_for_nobody_cannot_begin_one(visit: Visit) -> None:
    answer = visit("steward@portal").get("/releases/new")
    assert answer.status == 403
    assert "New joint statement" in answer.words
