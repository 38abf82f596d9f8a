"""A new exercise: from a scenario of the portal, with all its injects, or from an empty page."""

from collections.abc import Callable

import pytest

from portal import exercises
from portal.db import reading, writing
from portal.errors import Invalid, Refused
from portal.exercises import from_scenario
from portal.scenarios import SHIPPED
from tests.cast import NOW, World
from tests.exercises.builders import FIRST, MEDIATOR, WIPER, drafted, text, typed
from tests.factories import to
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


@pytest.mark.parametrize("key", SHIPPED)
def test_a_scenario_brings_its_parties_and_injects(world: World, key: str) -> None:
    scenario = SHIPPED[key]["en"]
    said = from_scenario(scenario, "Europe/Helsinki", NOW)
    home = world.organisations["peace"].ref
    with writing(world.sessions) as session:
        made = exercises.draft_exercise(
            session,
            world.actors[MEDIATOR],
            home,
            text=said,
            to=to(world, "telco"),
            scenario=scenario,
            now=NOW,
        )
        reading_of = exercises.read(session, world.actors[MEDIATOR], made.ref, NOW)
    assert made.title == f"EXERCISE: {scenario.title}"
    assert [one.name for one in reading_of.parties] == list(scenario.parties)
    assert [one.title for one in reading_of.injects] == [one.title for one in scenario.injects]
    for row, planned in zip(reading_of.injects, scenario.injects, strict=True):
        assert row.minute == planned.minute
        assert row.for_all == (not planned.to)
        assert sorted(reading_of.goes_to(row)) == sorted(planned.to)


def test_a_party_that_is_taken_out_gets_nothing(world: World) -> None:
    assert WIPER is not None
    said = text(parties=(FIRST,))
    with writing(world.sessions) as session:
        made = exercises.draft_exercise(
            session,
            world.actors[MEDIATOR],
            world.organisations["peace"].ref,
            text=said,
            to=to(world, "telco"),
            scenario=WIPER,
            now=NOW,
        )
        with pytest.raises(Invalid) as refused:
            exercises.publish(session, world.actors[MEDIATOR], made.ref, NOW)
    assert set(refused.value.problems) == {"injects"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"aims": ""}, "aims"),
        ({"parties": ()}, "parties"),
        ({"parties": ("A", "a")}, "parties"),
        ({"parties": tuple("ABCDEFGHI")}, "parties"),
        ({"minutes": 3}, "minutes"),
        ({"zone": "Atlantis"}, "zone"),
        ({"starts": None}, "starts"),
        ({"starts": NOW.replace(year=2020, tzinfo=None)}, "starts"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(
    world: World, values: dict[str, object], field: str
) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        drafted(session, world, **values)
    assert field in refused.value.problems


def test_only_who_speaks_for_an_organisation_begins_one(world: World) -> None:
    with writing(world.sessions) as session, pytest.raises(Refused):
        exercises.draft_exercise(
            session,
            world.actors["liaison@telco"],
            world.organisations["peace"].ref,
            text=text(),
            to=to(world, "cloud"),
            now=NOW,
        )


def test_the_form_offers_both_scenarios_and_fills_itself(world: World, visit: Visit) -> None:
    mediator = visit(MEDIATOR)
    page = mediator.get("/exercises/new")
    assert "A wiper before a signing" in page.words
    assert "A leak of the talks on social media" in page.words
    filled = mediator.get("/exercises/new?scenario=leak").form()
    assert filled["scenario"] == ["leak"]
    assert "Platform company" in filled["parties"][0]
    keys = [str(world.organisations[name].id) for name in ("telco", "cloud")]
    sent = {**filled, "organisations": keys, "tlp": ["AMBER"], "keep": ["1"]}
    read = mediator.follow(mediator.post("/exercises/new", sent))
    assert "EXERCISE: A leak of the talks on social media" in read.words
    assert "A photograph of a draft is shared widely" in read.words
    with reading(world.sessions) as session:
        assert (
            len(exercises.listed(session, world.actors[MEDIATOR], NOW, narrowed=_all()).rows) == 0
        )


def _all() -> exercises.Filter:
    return exercises.Filter()


def test_nothing_typed_is_lost(visit: Visit) -> None:
    mediator = visit(MEDIATOR)
    page = mediator.post("/exercises/new", typed(title="", starts="soon", body="Kept"))
    assert page.status == 422
    assert page.errors()["title"] == "Give the exercise a title."
    assert page.form()["body"] == ["Kept"]


def test_whoever_speaks_for_nobody_is_told(visit: Visit) -> None:
    page = visit("steward@portal").get("/exercises/new")
    assert page.status == 403
