"""Who has done what a dialogue asks for is counted for its organisers, and for nobody named."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.readiness import CheckState, Scope, SelfCheck
from portal import dialogues, units
from portal.db import writing
from portal.errors import Invalid, NotFound, Refused
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.later_builders import comes, convened
from tests.pages import Visitor
from tests.training.builders import TLP, learned
from tests.units.builders import STEWARD, corrected, drafted, offered, taught

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
WHO = ("liaison@telco", "colleague@telco", "liaison@cloud")
ASKS = {"asks_check": True, "asks_unit": TLP.key}


def meeting(world: World, **asks: object) -> str:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco:2", "cloud", **asks)
        for name in WHO:
            comes(session, world, dialogue, name)
        return dialogue.ref


def check(world: World, who: str, **values: object) -> None:
    """A self-check as a row: its answers are nobody's here."""
    said = {"scope": Scope.PERSON, "state": CheckState.COMPLETED, "completed_at": NOW - DAY}
    said |= {"look_again_at": NOW + 30 * DAY, "created_at": NOW, "changed_at": NOW} | values
    with writing(world.sessions) as session:
        number = session.query(SelfCheck).count()
        whose = {"person_id": world.actors[who].person_id, "ref": f"Q-26-00000{number}"}
        session.add(SelfCheck(**whose, **said))


def counted(world: World, ref: str, who: str = ORGANISER) -> dialogues.Readiness:
    with writing(world.sessions) as session:
        return dialogues.read_readiness(session, world.actors[who], ref, NOW)[1]


def test_what_holds_is_counted_and_the_first_day_on_which_it_ends(world: World) -> None:
    ref = meeting(world, **ASKS)
    found = counted(world, ref)
    assert (found.people, found.checks, found.units) == (4, 0, 0), "three and the organiser"
    check(world, "liaison@telco")
    check(world, "colleague@telco", look_again_at=NOW + 9 * DAY)
    check(world, "colleague@telco", look_again_at=NOW + 10 * DAY)
    check(world, "liaison@bank")
    learned(world, "liaison@cloud")
    found = counted(world, ref)
    assert (found.people, found.checks, found.units) == (4, 2, 1)
    assert found.checks_until == NOW + 10 * DAY


@pytest.mark.parametrize(
    "values",
    [
        {"state": CheckState.OPEN},
        {"state": CheckState.ERASED},
        {"look_again_at": NOW},
        {"scope": Scope.TEAM},
    ],
)
def test_what_is_open_erased_past_or_of_a_team_counts_for_nobody(
    world: World, values: dict[str, object]
) -> None:
    ref = meeting(world, **ASKS)
    check(world, "liaison@telco", **values)
    assert counted(world, ref).checks == 0


def test_whoever_declines_is_not_counted(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco:2", **ASKS)
        comes(session, world, dialogue, "liaison@telco", answer="declined")
        ref = dialogue.ref
    check(world, "liaison@telco")
    found = counted(world, ref)
    assert (found.people, found.checks) == (1, 0)


def test_only_what_is_asked_is_counted_and_nothing_where_nothing_is(world: World) -> None:
    check(world, "liaison@telco")
    found = counted(world, meeting(world, asks_unit=TLP.key))
    assert (found.checks, found.checks_until, found.units) == (None, None, 0)
    with pytest.raises(Refused):
        counted(world, meeting(world))


def test_others_at_the_table_and_outside_see_no_number(world: World, visit: Visit) -> None:
    ref = meeting(world, **ASKS)
    check(world, "liaison@telco")
    for who, refusal in (("liaison@telco", Refused), ("liaison@bank", NotFound)):
        with pytest.raises(refusal):
            counted(world, ref, who)
    page = visit("liaison@telco").get(f"/dialogues/{ref}")
    assert "Asked of you before this dialogue" in page.words
    assert "read-readiness" not in page.text


def test_the_organiser_sees_numbers_and_no_name(world: World, visit: Visit) -> None:
    ref = meeting(world, **ASKS)
    check(world, "liaison@telco")
    organiser = visit(ORGANISER)
    assert f"/dialogues/{ref}/read-readiness" in organiser.get(f"/dialogues/{ref}").text
    page = organiser.get(f"/dialogues/{ref}/read-readiness")
    assert "1 of 4 participants" in page.words
    assert "0 of 4 participants" in page.words
    for name in ("Telco liaison", "Telco colleague", "Cloud liaison"):
        assert name not in page.words


def test_it_is_asked_in_the_form_and_only_for_a_unit_that_there_is(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, "telco").ref
    organiser = visit(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/edit").form()
    refused = organiser.post(f"/dialogues/{ref}/edit", form | {"asks_unit": "nothing"})
    assert "asks_unit" in refused.errors()
    organiser.post(f"/dialogues/{ref}/edit", form | {"asks_check": "y", "asks_unit": TLP.key})
    found = counted(world, ref)
    assert (found.checks, found.units) == (0, 0)


def withdraw(world: World, unit: str) -> None:
    with writing(world.sessions) as session:
        units.withdraw(session, world.actors[STEWARD], unit, lift=False, now=NOW)


def test_a_unit_of_the_stewards_is_asked_for_and_counted(world: World, visit: Visit) -> None:
    unit, ref = offered(world), meeting(world)
    organiser = visit(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/edit").form()
    organiser.follow(organiser.post(f"/dialogues/{ref}/edit", form | {"asks_unit": unit}))
    learned(world, "liaison@cloud", taught(world, unit))
    found = counted(world, ref)
    assert (found.units, found.people, found.unit.title) == (1, 4, "When a journalist calls")
    assert found.units_until is not None
    page = organiser.get(f"/dialogues/{ref}/read-readiness").words
    assert "When a journalist calls 1 of 4 participants, all of them until" in page
    asked = visit("liaison@telco").get(f"/dialogues/{ref}")
    assert "Training: When a journalist calls" in asked.words
    assert f'/{unit}"' in asked.text


def test_what_was_corrected_so_that_it_ends_earlier_counts_no_more(world: World) -> None:
    unit = offered(world)
    ref = meeting(world, asks_unit=unit)
    learned(world, "liaison@cloud", taught(world, unit))
    assert counted(world, ref).units == 1
    with writing(world.sessions) as session:
        corrected(session, world, unit, ends=True)
    assert counted(world, ref).units == 0


def test_only_what_is_published_can_be_chosen(world: World) -> None:
    with writing(world.sessions) as session:
        draft = drafted(session, world).ref
    gone = offered(world)
    withdraw(world, gone)
    for unit in (draft, gone, "U-26-AAAAAA"):
        with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
            convened(session, world, "telco", asks_unit=unit)
        assert refused.value.problems == {"asks_unit": "Choose a unit."}


def test_of_one_that_was_withdrawn_the_pages_say_so_and_it_can_stay(
    world: World, visit: Visit
) -> None:
    unit = offered(world)
    ref = meeting(world, asks_unit=unit)
    withdraw(world, unit)
    organiser = visit(ORGANISER)
    page = visit("liaison@telco").get(f"/dialogues/{ref}")
    assert "It was withdrawn: nobody can complete it any more" in page.words
    assert f'/{unit}"' not in page.text
    assert "The unit was withdrawn" in organiser.get(f"/dialogues/{ref}/read-readiness").words
    form = organiser.get(f"/dialogues/{ref}/edit")
    assert "When a journalist calls (withdrawn)" in form.words
    organiser.follow(
        organiser.post(f"/dialogues/{ref}/edit", form.form() | {"title": "Another title"})
    )
    assert counted(world, ref).unit.withdrawn
