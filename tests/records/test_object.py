"""An objection makes the record a draft again, with a reason, and everybody is told."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from models.records import Record, RecordState
from portal import records
from portal.clock import now
from portal.db import writing
from portal.errors import Invalid, NotFound, Refused
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO, written
from tests.records.circulated_builders import (
    SECOND,
    acts,
    again,
    comments,
    kept,
    notified,
    sent,
    silent_since,
)

Visit = Callable[[str], Visitor]
WHY = "The second sentence was never said."
UNREAD = "This has changed since you opened it."


def objected(world: World, ref: str, by: str = TELCO, **said: object) -> None:
    given: dict[str, Any] = {"why": WHY, "point": None, "now": NOW} | said
    with writing(world.sessions) as session:
        records.object_to(session, world.actors[by], ref, **given)


def test_it_is_a_draft_again_the_silence_is_over_and_all_are_told(world: World) -> None:
    ref = kept(world)
    objected(world, ref, point=1)
    record = again(world, ref)
    assert record.state == RecordState.DRAFT
    assert (record.silence_until_at, record.silence_half_at) == (None, None)
    assert record.edition == 1
    (said,) = comments(world, ref)
    assert (said.type, said.words, said.point_number) == ("objection", WHY, 1)
    assert notified(world, ref, "object") == {CLOUD, CERT, ORGANISER}
    assert acts(world, ref, "object", "adopt") == ["object"]


@pytest.mark.parametrize("why", ["", "  \n", "x" * 5001])
def test_a_reason_is_needed(world: World, why: str) -> None:
    ref = kept(world)
    with pytest.raises(Invalid) as refused:
        objected(world, ref, why=why)
    assert list(refused.value.problems) == ["why"]
    assert again(world, ref).state == RecordState.CIRCULATED


def test_only_those_who_were_there_object_while_the_silence_lasts(world: World) -> None:
    ref = kept(world)
    until = again(world, ref).silence_until_at
    assert until is not None
    for name, error in ((ORGANISER, Refused), ("colleague@telco", NotFound)):
        with pytest.raises(error):
            objected(world, ref, name)
    with pytest.raises(Refused):
        objected(world, ref, now=until)
    objected(world, ref, now=until - SECOND)


def test_the_page_asks_for_a_reason_and_leads_back_to_the_dialogue(
    world: World, visit: Visit
) -> None:
    ref = kept(world, at=now())
    telco, endpoint = visit(TELCO), f"/records/{ref}/object"
    form = telco.get(endpoint).form(endpoint)
    bare = telco.post(endpoint, form)
    assert (bare.status, "why" in bare.errors()) == (422, True)
    answer = telco.post(endpoint, {**form, "why": WHY, "point": "2"})
    assert "/dialogues/" in answer.to, "the draft is not hers to read"
    assert "Objection saved." in telco.follow(answer).words
    page = visit(ORGANISER).get(f"/records/{ref}")
    assert f"Objection on version 1, point 2 {WHY}" in page.words
    assert "Telco liaison" in page.words


def test_whoever_comes_after_another_objection_keeps_her_words(world: World, visit: Visit) -> None:
    ref = kept(world, at=now())
    cloud, endpoint = visit(CLOUD), f"/records/{ref}/object"
    form = cloud.get(endpoint).form(endpoint)
    objected(world, ref, now=now())
    late = cloud.post(endpoint, {**form, "why": "Ours was another reason."})
    assert late.status == 409
    assert "Ours was another reason." in late.words
    assert "Someone objected before you" in late.words
    assert len(comments(world, ref)) == 1
    assert cloud.get(endpoint).status == 404
    outsider = visit("liaison@bank")
    said = {"why": "x", "point": ""}
    hidden, absent = (outsider.post(f"/records/{one}/object", said) for one in (ref, "R-26-XXXXXX"))
    assert (hidden.status, absent.status) == (404, 404)
    assert hidden.words == absent.words.replace("R-26-XXXXXX", ref)


def test_a_comment_that_comes_too_late_is_kept_in_the_form_too(world: World, visit: Visit) -> None:
    ref = kept(world, at=now())
    cloud, endpoint = visit(CLOUD), f"/records/{ref}/comment"
    form = cloud.get(endpoint).form(endpoint)
    silent_since(world, ref, now() - SECOND)
    late = cloud.post(endpoint, {**form, "words": "A last word."})
    assert late.status == 409
    assert late.form(f"/records/{ref}/object-late")["why"] == ["A last word."]


@pytest.mark.parametrize("verb", ["object", "comment"])
def test_what_is_said_is_about_the_version_that_was_read(
    world: World, visit: Visit, verb: str
) -> None:
    ref, said = kept(world, at=now()), {"why": WHY, "words": WHY}
    telco = visit(TELCO)
    read = telco.get(f"/records/{ref}").page.select("a[href]")
    link = next(str(a["href"]) for a in read if f"/{verb}?" in str(a["href"]))
    form = telco.get(link).form(f"/records/{ref}/{verb}")
    with writing(world.sessions) as session:
        records.recall(session, world.actors[ORGANISER], ref, now())
        record = session.scalars(select(Record).where(Record.ref == ref)).one()
        written(session, world, record, 1, notes="Both leave response teams and hospitals alone.")
        sent(session, world, record, at=now())
    told = telco.post(link, {**form, **said})
    assert (told.status, UNREAD in told.words) == (409, True)
    assert telco.get(link).status == 409, "a page that was opened earlier leads there too"
    assert comments(world, ref) == []
    telco.follow(telco.post(link, {**told.form(f"/records/{ref}/{verb}"), **said}))
    assert [one.words for one in comments(world, ref)] == [WHY]
