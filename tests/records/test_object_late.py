"""Objecting after the silence: the objection stands beside the adopted record."""

from collections.abc import Callable
from typing import Any

import pytest

from models.records import RecordState
from portal import records
from portal.clock import now
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO
from tests.records.circulated_builders import (
    SECOND,
    acts,
    adopted,
    again,
    comments,
    kept,
    notified,
    silent_since,
)

Visit = Callable[[str], Visitor]
WHY = "I was away: it was never said."


@pytest.fixture
def ref(world: World) -> str:
    with writing(world.sessions) as session:
        return adopted(session, world).ref


def said(world: World, ref: str, by: str = TELCO, **values: object) -> None:
    given: dict[str, Any] = {"why": WHY, "point": None, "now": NOW} | values
    with writing(world.sessions) as session:
        records.object_late(session, world.actors[by], ref, **given)


def test_it_stands_beside_the_record_and_all_are_told(world: World, ref: str) -> None:
    before = again(world, ref)
    said(world, ref)
    after = again(world, ref)
    for name in ("state", "sha256", "edition", "adopted_at", "changed_at"):
        assert getattr(after, name) == getattr(before, name), name
    (one,) = comments(world, ref)
    assert (one.type, one.words, one.edition) == ("late-objection", WHY, 1)
    assert notified(world, ref, "object-late") == {CLOUD, CERT, ORGANISER}
    with reading(world.sessions) as session:
        assert records.first_broken_seal(session) is None


def test_only_by_those_who_were_there_with_a_reason_and_not_before(world: World, ref: str) -> None:
    for name in (ORGANISER, "colleague@telco"):
        with pytest.raises(Refused):
            said(world, ref, name)
    with pytest.raises(Invalid):
        said(world, ref, why=" ")
    with pytest.raises(TooLate):
        said(world, kept(world))


def test_an_objection_typed_before_the_end_and_sent_after_it(world: World, visit: Visit) -> None:
    ref = kept(world, at=now())
    telco, endpoint = visit(TELCO), f"/records/{ref}/object"
    form = telco.get(endpoint).form(endpoint)
    silent_since(world, ref, now() - SECOND)
    late = telco.post(endpoint, {**form, "why": WHY, "point": "2"})
    assert late.status == 409
    assert (
        "The silence procedure ended before you sent this: the minutes are adopted." in late.words
    )
    action = f"/records/{ref}/object-late"
    kept_form = late.form(action)
    assert (kept_form["why"], kept_form["point"]) == ([WHY], ["2"])
    page = telco.follow(telco.post(action, kept_form))
    assert f"Late objection on version 1, point 2 {WHY}" in page.words
    assert "Adopted and locked" in page.words
    assert again(world, ref).state == RecordState.ADOPTED
    assert acts(world, ref, "adopt", "object", "object-late") == ["adopt", "object-late"]


def test_who_opens_the_form_after_the_end_is_led_to_the_late_one(
    world: World, visit: Visit
) -> None:
    ref = kept(world, at=now())
    silent_since(world, ref, now() - SECOND)
    telco = visit(TELCO)
    page = telco.follow(telco.get(f"/records/{ref}/object?point=1"))
    assert "The minutes are adopted and stay adopted." in page.words
    assert page.form(f"/records/{ref}/object-late")["point"] == ["1"]
    assert telco.post(f"/records/{ref}/object-late", {"why": "", "point": ""}).status == 422
    assert visit(ORGANISER).get(f"/records/{ref}/object").status == 403
