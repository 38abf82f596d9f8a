"""A time zone is found by its name, its city or a part, and is never guessed."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from blueprints.zones import zones_like
from models.stakeholders import Person
from portal.db import reading
from tests.cast import World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Helsinki", "Europe/Helsinki"),
        ("helsinki", "Europe/Helsinki"),
        (" New York ", "America/New_York"),
        ("buenos", ""),
        ("kathman", "Asia/Kathmandu"),
        ("utc", "UTC"),
    ],
)
def test_one_zone_by_its_name_its_city_or_a_part(typed: str, zone: str) -> None:
    fits = zones_like(typed)
    assert fits == [zone] if zone else len(fits) > 1


@pytest.mark.parametrize("typed", ["", "Mars", "%", "'", "…"])
def test_nothing_is_guessed(typed: str) -> None:
    assert zones_like(typed) == []


def zone_of(world: World, who: str) -> str:
    with reading(world.sessions) as session:
        key = world.actors[who].person_id
        return session.scalars(select(Person.zone).where(Person.id == key)).one()


def test_a_city_is_taken_and_several_are_named(world: World, visit: Visit) -> None:
    liaison, path = visit("liaison@telco"), "/account/edit"
    page = liaison.get("/account/")
    offers = {str(one["value"]): one.get_text() for one in page.page.select("datalist option")}
    assert offers["Asia/Kathmandu"] == "Kathmandu, UTC+05:45"
    form = page.form(path)
    several = liaison.post(path, form | {"zone": ["america/indiana"]})
    assert several.status == 422
    assert "America/Indiana/Knox" in several.errors()["zone"]
    assert several.form(path)["zone"] == ["america/indiana"], "what was typed is not lost"
    liaison.follow(liaison.post(path, form | {"zone": ["singapore"]}))
    assert zone_of(world, "liaison@telco") == "Asia/Singapore"
