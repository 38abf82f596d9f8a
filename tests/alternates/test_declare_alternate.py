"""Naming an alternate for oneself: a colleague, for some days, who is asked first."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from models.stakeholders import Person
from portal import alternates
from portal.db import writing
from portal.errors import Invalid, NotFound, Refused
from portal.stakeholders import suspend_person
from tests.alternates.builders import (
    AWAY,
    DAY,
    OTHER,
    STANDS_IN,
    accepted,
    chosen,
    declared,
    leaves,
    notified,
)
from tests.cast import NOW, World
from tests.factories import opened_process
from tests.pages import Visitor, fields_of

Visit = Callable[[str], Visitor]
TODAY = date(2026, 11, 23)


def test_a_colleague_is_asked_and_nothing_holds_yet(world: World) -> None:
    with writing(world.sessions) as session:
        row = declared(session, world)
        assert row.begins_at < NOW < row.ends_at
        assert (row.state, row.red, row.nights) == ("declared", False, False)
    assert notified(world, "declare-alternate") == {STANDS_IN}
    with writing(world.sessions) as session:
        shown = alternates.read(session, world.actors[STANDS_IN], row.ref, NOW)
        assert (shown.holds, shown.mine, shown.for_me) == (False, True, False)
        assert (shown.first_day, shown.last_day) == (TODAY, TODAY + 10 * DAY)
        with pytest.raises(NotFound):
            alternates.read(session, world.actors[OTHER], row.ref, NOW)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("person_id", {"who": OTHER}),
        ("person_id", {"who": AWAY}),
        ("begins_on", {"begins_on": None}),
        ("begins_on", {"begins_on": TODAY - DAY}),
        ("ends_on", {"ends_on": None}),
        ("ends_on", {"ends_on": TODAY - DAY}),
        ("ends_on", {"days": 367}),
        ("zone", {"zone": "Mars/Base"}),
        ("scope", {"process_id": 1_000_000}),
        ("scope", {"purpose": "other"}),
        ("scope", {"role": "mediator"}),
        ("scope", {"role": "no role"}),
        ("scope", {"role": "liaison", "purpose": "duty"}),
    ],
)
def test_what_cannot_be_taken_is_refused(world: World, field: str, said: dict[str, Any]) -> None:
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        declared(session, world, **said)
    assert list(refused.value.problems) == [field]


def test_nobody_names_one_for_an_organisation_of_others(world: World) -> None:
    with writing(world.sessions) as session, pytest.raises(Refused):
        alternates.declare_alternate(
            session, world.actors[OTHER], world.organisations["telco"].ref, chosen(world), NOW
        )


def test_who_has_left_or_is_suspended_cannot_be_named(world: World) -> None:
    leaves(world, STANDS_IN)
    with writing(world.sessions) as session, pytest.raises(Invalid):
        declared(session, world)


def test_a_process_that_one_does_not_know_looks_like_none(world: World) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world)
        with pytest.raises(Invalid) as refused:
            declared(session, world, process_id=process.id)
    assert list(refused.value.problems) == ["scope"]


def test_two_whose_days_and_scopes_meet_are_refused(world: World) -> None:
    with writing(world.sessions) as session:
        accepted(session, world, purpose="duty", days=3)
        for meeting in ({}, {"purpose": "duty"}, {"purpose": "duty", "begins_on": TODAY + 3 * DAY}):
            with pytest.raises(Invalid) as refused:
                declared(session, world, **meeting)
            assert list(refused.value.problems) == ["begins_on"]
        declared(session, world, purpose="press")
        later = {"begins_on": TODAY + 4 * DAY, "ends_on": TODAY + 9 * DAY}
        declared(session, world, purpose="duty", **later)


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(world: World, visit: Visit) -> None:
    away = visit(AWAY)
    page = away.get("/alternates/new")
    names = [one.get_text() for one in page.page.select("#person_id option")]
    assert [name for name in names if "Cloud" in name] == []
    typed = {
        "person_id": str(world.actors[STANDS_IN].person_id),
        "begins_on": "2027-01-04",
        "ends_on": "2027-01-01",
        "organisation": world.organisations["telco"].ref,
        "zone": "Europe/Helsinki",
        "scope": "all",
        "red": "y",
    }
    answer = away.post("/alternates/new", typed)
    assert (answer.status, list(answer.errors())) == (422, ["ends_on"])
    assert fields_of(answer.page.select_one("main form"))["ends_on"] == ["2027-01-01"]


def test_what_was_named_is_listed_on_both_sides(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = declared(session, world).ref
    for name, heading in ((AWAY, "Who acts for you"), (STANDS_IN, "For whom you act")):
        words = visit(name).get("/alternates/").words
        assert "Telco colleague for Telco liaison" in words, name
        assert heading in words
    assert visit(OTHER).get(f"/alternates/{ref}").status == 404
    assert "Telco liaison" not in visit(OTHER).get("/alternates/").words
    assert "Telco liaison asks you to act for them" in visit(STANDS_IN).get("/").words


def test_a_suspended_person_is_no_choice(world: World) -> None:
    with writing(world.sessions) as session:
        ref = session.get_one(Person, world.actors[STANDS_IN].person_id).ref
        suspend_person(session, world.actors["steward@portal"], ref, NOW)
        with pytest.raises(Invalid):
            declared(session, world)
