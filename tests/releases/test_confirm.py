"""A second person destroys what is marked; the last hand cannot."""

from collections.abc import Callable

import pytest

from models.releases import Release
from portal import releases
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from portal.releases import ReleaseText, redacted, still_shown
from tests.cast import NOW, World
from tests.pages import Visitor
from tests.releases.builders import COOLING, SECOND, SECRET, TELCO, drafted, text

Visit = Callable[[str], Visitor]


def test_the_last_hand_cannot_confirm_and_another_destroys(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        release = drafted(session, world, words=("wiper",))
        releases.propose(session, world.actors[TELCO], release.ref, NOW)
        ref = release.ref
        with pytest.raises(Refused):
            releases.look(session, world.actors[TELCO], ref, NOW)
    second = visit(SECOND)
    page = second.get(f"/releases/{ref}/confirm")
    assert SECRET not in page.words
    assert second.post(f"/releases/{ref}/confirm", {"version": "1"}).status == 409
    second.follow(second.post(f"/releases/{ref}/confirm", page.form()))
    with reading(world.sessions) as session:
        kept = session.query(Release).filter_by(ref=ref).one()
        assert kept.marked_words == []
        for word in (SECRET, "wiper", "east office", "[["):
            assert word not in kept.body + kept.title
        assert kept.cool_until_at is not None
    # What was destroyed does not come back with the draft.
    telco = visit(TELCO)
    telco.follow(telco.post(f"/releases/{ref}/take-back"))
    assert SECRET not in telco.get(f"/releases/{ref}/edit").text


def test_who_edited_in_between_is_the_last_hand(world: World) -> None:
    with writing(world.sessions) as session:
        release = drafted(session, world)
        second = world.actors[SECOND]
        version = release.version
        releases.edit(session, second, release.ref, text=text(), version=version, now=NOW)
        releases.propose(session, world.actors[TELCO], release.ref, NOW)
        with pytest.raises(Refused):
            releases.look(session, second, release.ref, NOW)
        releases.look(session, world.actors[TELCO], release.ref, NOW)


def test_what_was_changed_meanwhile_is_not_confirmed(world: World) -> None:
    with writing(world.sessions) as session:
        release = drafted(session, world)
        releases.propose(session, world.actors[TELCO], release.ref, NOW)
        second = world.actors[SECOND]
        found, left = releases.look(session, second, release.ref, NOW)
        said = {"left": left, "version": found.version - 1, "cooling": COOLING, "now": NOW}
        with pytest.raises(TooLate):
            releases.confirm(session, second, release.ref, **said)


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("A [[b]] c", "A ▇▇▇ c"),
        ("[[Bank]] and Bank and Banks", "▇▇▇ and ▇▇▇ and ▇▇▇"),
        ("[[one]] [[two]]", "▇▇▇"),
        ("[[a\n\nlong passage]] stays", "▇▇▇ stays"),
        ("no mark", "no mark"),
    ],
)
def test_a_bar_stands_in_each_place(body: str, left: str) -> None:
    assert redacted(ReleaseText("x", body)).body == left


@pytest.mark.parametrize("body", ["[[open", "closed]]", "[[a [[b]] c]]"])
def test_a_mark_has_two_ends(body: str) -> None:
    assert set(ReleaseText("x", body).problems()) == {"body"}


def test_mark_up_does_not_carry_a_word_out() -> None:
    assert set(still_shown(ReleaseText("x", "Sand*piper* did it. [[Sandpiper]]"))) == {"body"}


def test_what_mark_up_still_shows_is_refused_when_it_is_saved(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
    telco = visit(TELCO)
    page = telco.get(f"/releases/{ref}/edit")
    sent = {**page.form(), "body": "Sand*piper* did it. [[Sandpiper]]"}
    answer = telco.post(f"/releases/{ref}/edit", sent)
    assert answer.status == 422
    assert "body" in answer.errors()
    with writing(world.sessions) as session:
        release = drafted(session, world, body="Sand*piper* did it. [[Sandpiper]]")
        releases.propose(session, world.actors[TELCO], release.ref, NOW)
        with pytest.raises(Invalid):
            releases.look(session, world.actors[SECOND], release.ref, NOW)
