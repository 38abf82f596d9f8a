"""New minutes: what was held and has none, for whoever may begin them, and the way that does it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.dialogues import DialogueState
from portal import dialogues, paging, records
from portal.access import may
from portal.db import reading, writing
from portal.rules import DIALOGUES
from portal.rules.verbs import DRAFT_RECORD
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, TELCO, begun, talked

Visit = Callable[[str], Visitor]
PAGE = "/records/new"


def listed(world: World, name: str) -> list[str]:
    with reading(world.sessions) as session:
        page = dialogues.without_minutes(session, world.actors[name], NOW)
        return [row.ref for row in page.rows]


def test_it_has_what_was_held_and_has_no_minutes_the_latest_first(world: World) -> None:
    with writing(world.sessions) as session:
        talks = [talked(session, world, title=f"Round {n}") for n in range(3)]
        for days, talk in zip((1, 3, 2), talks, strict=True):
            assert talk.ends_at is not None
            talk.ends_at += timedelta(days=days)
        refs = [talk.ref for talk in talks]
        begun(session, world, title="Written already")
        for state in set(DialogueState) - {DialogueState.HELD}:
            talked(session, world, title=f"It is {state}").state = state
    assert listed(world, ORGANISER) == [refs[1], refs[2], refs[0]]


def test_it_is_the_policy_that_is_asked(world: World) -> None:
    with writing(world.sessions) as session:
        talk = talked(session, world)
        ref, key = talk.ref, talk.id
    for name, actor in world.actors.items():
        with reading(world.sessions) as session:
            allowed = may(session, actor, DRAFT_RECORD, DIALOGUES, key, NOW)
        assert listed(world, name) == ([ref] if allowed else []), name
    assert listed(world, ORGANISER) == [ref]
    assert listed(world, TELCO) == listed(world, CERT) == []


def test_a_redacted_version_is_not_what_it_waits_for(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        record.source_id = record.id
    assert len(listed(world, ORGANISER)) == 1


def test_a_long_list_comes_in_pages_without_gap_or_double(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 2)
    with writing(world.sessions) as session:
        refs = [talked(session, world, title=f"Round {n}").ref for n in range(5)]
    seen, after = list[str](), ""
    with reading(world.sessions) as session:
        for _page in range(3):
            page = dialogues.without_minutes(session, world.actors[ORGANISER], NOW, after)
            seen += [row.ref for row in page.rows]
            after = page.after
    assert seen == refs[::-1]
    assert after == ""


def test_from_the_list_of_minutes_to_minutes_that_are_begun(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        talk = talked(session, world, title="First talks")
    organiser = visit(ORGANISER)
    assert organiser.get("/records/").page.select_one(f'main a[href="{PAGE}"]')
    page = organiser.get(PAGE)
    form = page.page.select_one("main form")
    assert form is not None
    assert form["action"] == f"/dialogues/{talk.ref}/draft-record"
    assert form.get_text(" ", strip=True) == f"Write the minutes {talk.ref}"
    assert "First talks" in page.words
    action = str(form["action"])
    editor = organiser.follow(organiser.post(action, page.form(action)))
    assert "Minutes started" in editor.words
    after = organiser.get(PAGE)
    assert "First talks" not in after.words
    assert "No dialogue is waiting for its minutes." in after.words
    assert after.page.select_one('main a[href="/dialogues/"]')


def test_whoever_organises_nothing_finds_nothing_and_is_shown_no_way_there(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        talk = talked(session, world, title="First talks")
    for name in (TELCO, "liaison@bank", "steward@portal"):
        page = visit(name).get(PAGE)
        assert page.status == 200
        assert talk.ref not in page.text
        assert "First talks" not in page.words
        assert "organise" in page.words
        assert PAGE not in visit(name).get("/records/").text
        assert PAGE not in visit(name).get("/search/commands").text
    assert PAGE in visit(ORGANISER).get("/search/commands?q=minutes").text


@pytest.mark.parametrize("mark", ["x", "2026-11-23_1", "2026-11-23T09:00:00+00:00_x", "é_é"])
def test_a_garbled_mark_begins_at_the_beginning(world: World, visit: Visit, mark: str) -> None:
    with writing(world.sessions) as session:
        ref = talked(session, world).ref
    assert ref in visit(ORGANISER).get(f"{PAGE}?after={mark}").text


def test_minutes_begin_only_once_from_here_too(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        talk = talked(session, world)
    organiser = visit(ORGANISER)
    action = f"/dialogues/{talk.ref}/draft-record"
    form = organiser.get(PAGE).form(action)
    with writing(world.sessions) as session:
        records.draft_record(session, world.actors[ORGANISER], talk.ref, NOW)
    assert organiser.post(action, form).status == 409
