"""Whoever attended can agree early: once every delegation does, the minutes are adopted at once."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from models.records import RecordAgreement, RecordState
from portal import records
from portal.clock import now
from portal.db import reading, writing
from portal.errors import NotFound, Refused
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO
from tests.records.circulated_builders import acts, again, circulated, kept, notified, sent

Visit = Callable[[str], Visitor]


def agreed(world: World, ref: str, by: str) -> bool:
    with writing(world.sessions) as session:
        return records.agree(session, world.actors[by], ref, NOW)


def test_the_last_to_agree_adopts_it_and_all_are_notified(world: World) -> None:
    ref = kept(world)
    assert [agreed(world, ref, who) for who in (TELCO, CLOUD)] == [False, False]
    assert again(world, ref).state == RecordState.CIRCULATED
    assert agreed(world, ref, CERT)
    record = again(world, ref)
    assert (record.state, record.adopted_at) == (RecordState.ADOPTED, NOW)
    assert record.sha256
    assert acts(world, ref, "agree", "adopt") == ["agree", "agree", "agree", "adopt"]
    assert {TELCO, CLOUD, ORGANISER} <= notified(world, ref, "adopt")
    with reading(world.sessions) as session:
        assert records.first_broken_seal(session) is None


def test_to_agree_twice_counts_once(world: World) -> None:
    ref = kept(world)
    agreed(world, ref, TELCO)
    assert not agreed(world, ref, TELCO)
    with reading(world.sessions) as session:
        assert len(session.scalars(select(RecordAgreement)).all()) == 1


def test_only_those_who_attended_agree(world: World) -> None:
    ref = kept(world)
    outside = ("colleague@telco", "liaison@bank")
    for who, error in ((ORGANISER, Refused), *((name, NotFound) for name in outside)):
        with pytest.raises(error):
            agreed(world, ref, who)


def test_what_was_agreed_to_a_former_version_does_not_count(world: World) -> None:
    with writing(world.sessions) as session:
        record = circulated(session, world)
        ref = record.ref
        for who in (TELCO, CLOUD):
            assert not records.agree(session, world.actors[who], ref, NOW)
        records.recall(session, world.actors[ORGANISER], ref, NOW)
        sent(session, world, record)
        assert not records.agree(session, world.actors[CERT], ref, NOW)
    assert again(world, ref).state == RecordState.CIRCULATED


def test_an_objection_still_makes_it_a_draft(world: World) -> None:
    ref = kept(world)
    agreed(world, ref, TELCO)
    with writing(world.sessions) as session:
        records.object_to(session, world.actors[TELCO], ref, why="Not so.", point=None, now=NOW)
    assert again(world, ref).state == RecordState.DRAFT


def test_of_those_who_agree_at_once_one_adopts(world: World) -> None:
    ref, adopted, together = kept(world), list[bool](), Barrier(3)

    def agree(who: str) -> None:
        together.wait()
        adopted.append(agreed(world, ref, who))

    threads = [Thread(target=agree, args=(who,)) for who in (TELCO, CLOUD, CERT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(adopted) == [False, False, True]
    assert again(world, ref).state == RecordState.ADOPTED


def test_the_page_has_one_button_and_says_who_agrees(world: World, visit: Visit) -> None:
    ref = kept(world, at=now())
    telco, cloud = visit(TELCO), visit(CLOUD)
    assert "I agree" in telco.get(f"/records/{ref}").words
    page = telco.follow(telco.post(f"/records/{ref}/agree"))
    assert "adopted as soon as all who attended do" in page.words
    assert "You agreed to version 1" in page.words
    assert "Agreed so far: Telco ." in cloud.get(f"/records/{ref}").words
    assert "Agreed so far: Telco ." in visit(ORGANISER).get(f"/records/{ref}").words
    cloud.post(f"/records/{ref}/agree")
    last = visit(CERT)
    page = last.follow(last.post(f"/records/{ref}/agree"))
    assert "All who attended do, so the minutes are adopted." in page.words
    assert "Adopted and locked" in page.words
    assert telco.post(f"/records/{ref}/agree").status == 409


def test_what_was_circulated_anew_meanwhile_is_not_agreed_to_unread(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        record = circulated(session, world)
    telco, page = visit(TELCO), f"/records/{record.ref}"
    buttons = telco.get(page).page.select("form[action*='/agree']")
    button = str(buttons[0]["action"])
    with writing(world.sessions) as session:
        records.recall(session, world.actors[ORGANISER], record.ref, NOW)
        sent(session, world, record)
    late = telco.post(button)
    assert (late.status, "has changed since you opened it" in late.words) == (409, True)
    with reading(world.sessions) as session:
        assert session.scalars(select(RecordAgreement)).all() == []
    assert telco.post(button.rpartition("=")[0] + "=2").status == 302
