"""A record goes round: to whom, for how long, in which text, and not with names by the way."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from models.records import RecordState
from portal import records
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO, begun, everybody_stayed_away, written
from tests.records.circulated_builders import (
    acts,
    again,
    circulated,
    editions,
    notified,
    ready,
    sent,
)

Visit = Callable[[str], Visitor]


def test_it_goes_to_those_who_were_there_in_the_text_of_that_moment(world: World) -> None:
    with writing(world.sessions) as session:
        record = circulated(session, world)
    kept = again(world, record.ref)
    assert (kept.state, kept.edition, kept.published_at) == (RecordState.CIRCULATED, 1, NOW)
    (edition,) = editions(world, record.ref)
    assert edition.sha256 == records.sha256_of(edition.text)
    with reading(world.sessions) as session:
        assert edition.text == records.record_text(session, record)
    assert notified(world, record.ref, "circulate") == {TELCO, CLOUD, CERT}
    assert acts(world, record.ref, "circulate") == ["circulate"]


def test_the_silence_ends_with_a_day_of_the_dialogue_and_half_of_it_is_kept(world: World) -> None:
    with writing(world.sessions) as session:
        record = circulated(session, world, days=5)  # planned in Helsinki, two hours ahead
    kept = again(world, record.ref)
    until = datetime(2026, 11, 28, 22, tzinfo=UTC)
    assert kept.silence_until_at == until
    assert kept.silence_half_at == NOW + (until - NOW) / 2


@pytest.mark.parametrize("days", [0, 31, -1])
def test_between_one_day_and_thirty(world: World, days: int) -> None:
    with writing(world.sessions) as session:
        draft = ready(session, world)
        with pytest.raises(Invalid) as refused:
            sent(session, world, draft, days=days)
        assert list(refused.value.problems) == ["days"]
        session.rollback()
    for fits in (1, 30):
        with writing(world.sessions) as session:
            assert sent(session, world, ready(session, world), days=fits).silence_days == fits


def test_somebody_must_have_been_there_and_something_be_said(world: World) -> None:
    with writing(world.sessions) as session:
        empty = begun(session, world)
        everybody_stayed_away(session, empty)
    with writing(world.sessions) as session, pytest.raises(Invalid) as refused:
        sent(session, world, empty)
    assert set(refused.value.problems) == {"present", "points"}


def test_only_its_writers_send_it_and_only_once(world: World) -> None:
    with writing(world.sessions) as session:
        draft = ready(session, world)
        sha256 = records.ready(session, world.actors[ORGANISER], draft.ref, NOW).sha256
        written(session, world, draft, 2, notes="Later.")
    said: dict[str, Any] = {"days": 5, "sha256": sha256, "now": NOW}
    with writing(world.sessions) as session, pytest.raises(TooLate):
        records.circulate(session, world.actors[ORGANISER], draft.ref, **said)
    with writing(world.sessions) as session:
        sent(session, world, draft)
        with pytest.raises(TooLate):
            sent(session, world, draft)
    with writing(world.sessions) as session, pytest.raises(Refused):
        records.ready(session, world.actors[TELCO], draft.ref, NOW)


def test_names_under_chatham_house_are_looked_at_for_this_text(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        draft = begun(session, world, rule="chatham", title="Restraint talks")
        written(session, world, draft, 1, notes="Telco would stay away from them.")
    organiser, endpoint = visit(ORGANISER), f"/records/{draft.ref}/circulate"
    page = organiser.get(endpoint)
    listed = [" ".join(tag.get_text(" ").split()) for tag in page.page.select("main section li")]
    assert listed == ["Telco : 1. Restraint"]
    form = page.form()
    bare = organiser.post(endpoint, form)
    assert bare.status == 422
    assert "looked" in bare.errors()
    assert "Telco" in bare.words
    assert again(world, draft.ref).state == RecordState.DRAFT
    with writing(world.sessions) as session:
        written(session, world, draft, 2, notes="So would Cloud.")
    stale = organiser.post(endpoint, {**form, "looked": "y"})
    assert stale.status == 409
    assert "Cloud" in stale.words
    assert "looked" not in stale.form(), "what was ticked was ticked for another text"
    done = organiser.follow(organiser.post(endpoint, {**stale.form(), "looked": "y"}))
    assert "Minutes circulated." in done.words


def test_where_speakers_are_noted_no_name_is_in_the_way(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        draft = ready(session, world)
        written(session, world, draft, 2, notes="Telco agrees.")
    organiser, endpoint = visit(ORGANISER), f"/records/{draft.ref}/circulate"
    page = organiser.get(endpoint)
    assert "Names in the text" not in page.words
    assert "3 people who attended" in page.words
    wrong = organiser.post(endpoint, {**page.form(), "days": "31"})
    assert (wrong.status, "days" in wrong.errors()) == (422, True)
    assert organiser.post(endpoint, {**page.form(), "days": "x"}).status == 422
    done = organiser.follow(organiser.post(endpoint, {**page.form(), "days": "7"}))
    assert "Silence procedure ends: end of" in done.words
    assert "(in 7 days)" in done.words or "(in 8 days)" in done.words
    assert again(world, draft.ref).silence_days == 7
    for name, objects in ((TELCO, True), (CLOUD, True), (CERT, True), (ORGANISER, False)):
        page = visit(name).get(f"/records/{draft.ref}")
        assert ("/object?" in page.text) == objects, "who organises takes it back instead"
