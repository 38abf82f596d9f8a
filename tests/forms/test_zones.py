"""A time zone is found by its name, its city or a part, and is never guessed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, g
from sqlalchemy import select
from wtforms import Form

from blueprints.zones import ZoneField, zones_like
from models.stakeholders import Person
from portal.db import reading
from tests.cast import World
from tests.pages import Visitor
from tests.soup import parsed

Visit = Callable[[str], Visitor]


class OneZone(Form):  # type: ignore[misc]  # WTForms has no types
    """A form with a zone in it."""

    zone = ZoneField()


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


def offsets_of(at: datetime) -> dict[str, str]:
    """What is offered at a moment: the offset of each zone."""
    with Flask("zones").app_context():
        g.now = at
        options = parsed(str(OneZone().zone.suggestions()).encode()).select("option")
    return {str(one["value"]): one.get_text().rpartition(", ")[2].strip() for one in options}


def test_offsets_are_those_of_the_moment() -> None:
    change = datetime(2027, 3, 28, 1, tzinfo=UTC)
    for at, offset in (
        (change - timedelta(microseconds=1), "UTC+02:00"),
        (change, "UTC+03:00"),
        (change - timedelta(seconds=1), "UTC+02:00"),
        (change + timedelta(minutes=14), "UTC+03:00"),
    ):
        assert offsets_of(at)["Europe/Helsinki"] == offset, at


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
