"""Remarks on what was sent round stand beside it and stop nothing; editions are compared."""

from collections.abc import Callable
from typing import Any

import pytest

from models.records import RecordState
from portal import records
from portal.clock import now
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused
from portal.records.editions import altered
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO, side, written
from tests.records.circulated_builders import (
    SECOND,
    again,
    circulated,
    comments,
    kept,
    notified,
    sent,
    silent_since,
)

Visit = Callable[[str], Visitor]
COLLEAGUE = "colleague@telco"


def test_a_comment_is_on_a_passage_or_the_whole_and_changes_nothing(
    world: World, visit: Visit
) -> None:
    ref = kept(world, at=now())
    telco, endpoint = visit(TELCO), f"/records/{ref}/comment"
    form = telco.get(f"{endpoint}?point=1").form(endpoint)
    assert form["point"] == ["1"]
    assert telco.post(endpoint, {**form, "words": " "}).status == 422
    assert telco.post(endpoint, {**form, "words": "x", "point": "9"}).status == 422
    page = telco.follow(telco.post(endpoint, {**form, "words": "Say since when."}))
    assert "Comment on version 1, point 1" in page.words
    organiser = visit(ORGANISER)
    whole = organiser.get(endpoint).form(endpoint)
    organiser.follow(organiser.post(endpoint, {**whole, "words": "It says so in point 2."}))
    first, second = comments(world, ref)
    assert (first.words, first.point_number, first.type) == ("Say since when.", 1, "comment")
    assert (second.point_number, second.edition) == (None, 1)
    assert again(world, ref).state == RecordState.CIRCULATED
    assert notified(world, ref, "comment") == set()


def test_comments_are_for_those_who_were_there(world: World, visit: Visit) -> None:
    ref = kept(world, at=now())
    with writing(world.sessions) as session:
        said: dict[str, Any] = {"words": "A remark of ours.", "point": None, "now": now()}
        records.comment(session, world.actors[TELCO], ref, **said)
    for name in (CLOUD, CERT, ORGANISER):
        assert "A remark of ours." in visit(name).get(f"/records/{ref}").words
    silent_since(world, ref, now() - SECOND)
    with writing(world.sessions) as session:
        records.settle_silence(session, ref, now())
    page = visit(COLLEAGUE).get(f"/records/{ref}")
    assert page.status == 200
    assert "A remark of ours." not in page.words, "the adopted record is hers to read, no more"
    assert "edition" not in page.text
    assert "Versions" not in page.words


def test_whoever_was_not_there_does_not_comment(world: World) -> None:
    ref = kept(world)
    said: dict[str, Any] = {"words": "x", "point": None, "now": NOW}
    with writing(world.sessions) as session, pytest.raises(NotFound):
        records.comment(session, world.actors[COLLEAGUE], ref, **said)
    said["words"] = "x" * 5001
    with writing(world.sessions) as session, pytest.raises(Invalid):
        records.comment(session, world.actors[TELCO], ref, **said)


def test_the_next_edition_shows_what_it_says_otherwise(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = circulated(session, world)
        by = world.actors[TELCO]
        records.object_to(session, by, record.ref, why="Too broad.", point=1, now=NOW)
        telco = side(session, world, record, "telco")
        said = {"notes": "Both leave response teams in peace.", "positions": {telco: "Agreed."}}
        written(session, world, record, 1, **said)
        sent(session, world, record, at=now())
    cloud = visit(CLOUD)
    page = cloud.get(f"/records/{record.ref}")
    assert "See what has changed since the previous version." in page.words
    assert "Objection on version 1, point 1 Too broad." in page.words
    changed = cloud.get(f"/records/{record.ref}/editions/2")
    assert [tag.get_text() for tag in changed.page.select("main del")] == ["before: alone."]
    news = [tag.get_text() for tag in changed.page.select("main ins")]
    assert news == ["new: in peace.", "new: Agreed."]
    assert [tag.get_text() for tag in changed.page.select("main h3")] == ["Text", "Position: Telco"]
    for number in (1, 3, 0):
        assert cloud.get(f"/records/{record.ref}/editions/{number}").status == 404
    for name in (COLLEAGUE, "liaison@bank"):
        assert visit(name).get(f"/records/{record.ref}/editions/2").status == 404


def test_earlier_editions_are_for_those_they_were_sent_to_though_others_read_it(
    world: World,
) -> None:
    with writing(world.sessions) as session:
        record = circulated(session, world)
        records.object_to(session, world.actors[TELCO], record.ref, why="No.", point=None, now=NOW)
        again_sent = sent(session, world, record)
        assert again_sent.silence_until_at is not None
        records.adopt(session, record.ref, again_sent.silence_until_at)
    with reading(world.sessions) as session:
        records.compare(session, world.actors[CLOUD], record.ref, 2, NOW)
        with pytest.raises(Refused):
            records.compare(session, world.actors[COLLEAGUE], record.ref, 2, NOW)


def point(number: int, title: str, notes: str = "", **lists: object) -> dict[str, object]:
    rows: dict[str, object] = {"positions": [], "decisions": [], "actions": []}
    return {"number": number, "title": title, "notes": notes, **rows, **lists}


def text(*points: dict[str, object], **more: object) -> dict[str, object]:
    return {"title": "T", "points": list(points), "decisions": [], **more}


def test_a_point_put_in_front_moves_the_others_without_changing_them() -> None:
    before = text(point(1, "One", "a"), point(2, "Two", "b"))
    after = text(point(1, "New", "c"), point(2, "One", "a"), point(3, "Two", "b"))
    assert [(one.point, one.type) for one in altered(before, after)] == [
        ("1. New", "title"),
        ("1. New", "notes"),
    ]
    gone = altered(after, before)
    assert [one.parts for one in gone] == [(("gone", "New"),), (("gone", "c"),)]


def test_actions_and_decisions_are_compared_by_what_they_are() -> None:
    action = {"number": 7, "organisation": "Telco", "to": "Cloud", "text": "Report", "due_on": ""}
    said = {"number": 3, "question": "Shall we?", "outcome": "", "answers": []}
    answer = {"delegation": "Telco", "stance": "block", "reason": "Never."}
    before = text(point(1, "One", actions=[action]), decisions=[said])
    after = text(
        point(1, "One", actions=[{**action, "due_on": "2026-12-24"}]),
        decisions=[{**said, "answers": [answer]}],
    )
    found = altered(before, after)
    assert [(one.point, one.type) for one in found] == [("1. One", "actions"), ("", "decisions")]
    assert ("new", " 2026-12-24") in found[0].parts
    assert any("Never." in words for mark, words in found[1].parts if mark == "new")
