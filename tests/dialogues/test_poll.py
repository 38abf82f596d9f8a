"""Times are offered to the delegations, more of them and fewer."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from models.dialogues import Dialogue, Slot
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import Times
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.poll_builders import (
    BACK,
    CLOUD,
    COLLEAGUE,
    DAY,
    FIRST,
    FORWARD,
    HOUR,
    TELCO,
    THIRD,
    UNTIL,
    notified,
    offered,
    polled,
    slots,
    times,
)
from tests.pages import Visitor

Come = Callable[..., Visitor]


def row(world: World, ref: str) -> Dialogue:
    with reading(world.sessions) as session:
        return session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()


def test_from_an_empty_form_to_a_poll_that_is_told_to_the_hands(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco", "cloud").ref
    organiser = come(ORGANISER)
    read = organiser.get(f"/dialogues/{ref}")
    assert read.page.select_one(f"a[href$='{ref}/poll']")
    form = organiser.get(f"/dialogues/{ref}/poll").form()
    assert form["until"] == ["2026-11-30"], "a week, unless told"
    form |= {"at_0": ["2027-02-03T14:00"], "at_3": ["2027-02-02 09:30"], "until": ["2027-01-29"]}
    seen = organiser.post(f"/dialogues/{ref}/poll", form)
    assert "Nothing has been sent yet." in seen.words
    assert row(world, ref).state == "draft"
    page = organiser.follow(organiser.post(f"/dialogues/{ref}/poll", seen.form()))
    assert "0 of 2 delegations have responded" in page.words
    dialogue = row(world, ref)
    assert (dialogue.state, dialogue.published_at) == ("polling", NOW)
    assert dialogue.poll_until_at == datetime(2027, 1, 29, 22, tzinfo=UTC), "midnight in Helsinki"
    with reading(world.sessions) as session:
        kept = [(slot.starts_at, slot.wall) for slot in slots(session, dialogue)]
    assert kept == [
        (datetime(2027, 2, 2, 7, 30, tzinfo=UTC), "2027-02-02T09:30"),
        (datetime(2027, 2, 3, 12, 0, tzinfo=UTC), "2027-02-03T14:00"),
    ]
    assert notified(world, ref, "poll") == [COLLEAGUE, CLOUD, TELCO]


def test_a_time_may_keep_to_the_instant(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, local=(FIRST,), wall=False)
        (slot,) = slots(session, dialogue)
        assert (slot.wall, slot.starts_at) == (None, datetime(2027, 2, 2, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({}, "at_0", "at least one time"),
        ({"at_2": "2027-03-28T03:30"}, "at_2", "clocks go forward over it"),
        ({"at_0": "2027-02-02T14:00", "at_1": "2026-11-23T10:59"}, "at_1", "has passed"),
        ({"at_0": "tomorrow"}, "at_0", "Write a day and a time like"),
        ({"at_0": "2027-02-02T14:00", "until": ""}, "until", "Choose the day"),
        ({"at_0": "2027-02-02T14:00", "until": "2026-11-22"}, "until", "passed"),
        ({"at_0": "2027-02-02T14:00", "until": "2027-02-03"}, "until", "will have passed"),
    ],
)
def test_what_is_wrong_is_said_at_its_line_and_nothing_typed_is_lost(
    world: World, come: Come, typed: dict[str, str], field: str, says: str
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    organiser = come(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/poll").form()
    form |= {name: [value] for name, value in ({"keeps": "instant"} | typed).items()}
    answer = organiser.post(f"/dialogues/{ref}/poll", form)
    assert answer.status == 422
    assert says in answer.errors()[field]
    again = answer.form()
    assert {name: again[name] for name in typed} == {name: [typed[name]] for name in typed}
    assert again["keeps"] == ["instant"]
    assert row(world, ref).state == "draft"


def test_without_a_delegation_there_is_nobody_to_ask(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world).ref
    organiser = come(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/poll").form() | {"at_0": ["2027-02-02T14:00"]}
    answer = organiser.post(f"/dialogues/{ref}/poll", form)
    assert answer.status == 422
    assert "Add a delegation first" in answer.words


def test_more_lines_are_given_without_losing_what_was_typed(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    organiser = come(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/poll").form()
    assert len([name for name in form if name.startswith("at_")]) == 6
    answer = organiser.post(
        f"/dialogues/{ref}/poll", form | {"at_5": ["2027-02-02T14:00"], "more": "1"}
    )
    assert answer.status == 200
    again = answer.form()
    assert len([name for name in again if name.startswith("at_")]) == 12
    assert again["at_5"] == ["2027-02-02T14:00"]
    assert not answer.errors()


def test_sixty_times_are_the_most_and_the_same_one_counts_once(world: World) -> None:
    many = [FIRST + n * HOUR for n in range(60)]
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco")
        with pytest.raises(Invalid, match="at_0"):
            offered(session, world, dialogue, *many, THIRD + 10 * DAY)
        offered(session, world, dialogue, *many, FIRST)
        assert len(slots(session, dialogue)) == 60


def test_of_two_who_offer_times_from_the_same_page_one_is_told(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world).ref
    first, second = come(ORGANISER), come(ORGANISER)
    forms = [visitor.get(f"/dialogues/{ref}/propose-times").form() for visitor in (first, second)]
    first.follow(
        first.post(f"/dialogues/{ref}/propose-times", forms[0] | {"until": ["2027-01-30"]})
    )
    mine = forms[1] | {"at_0": ["2027-02-09T10:00"]}
    answer = second.post(f"/dialogues/{ref}/propose-times", mine)
    assert answer.status == 409
    assert "Someone changed this dialogue in the meantime" in answer.words
    assert answer.form()["at_0"] == ["2027-02-09T10:00"]
    seen = second.post(f"/dialogues/{ref}/propose-times", answer.form())
    second.follow(second.post(f"/dialogues/{ref}/propose-times", seen.form()))
    with reading(world.sessions) as session:
        assert len(slots(session, row(world, ref))) == 4


def test_a_time_that_comes_twice_is_said_to_be_the_first(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world, local=(FIRST, BACK)).ref
        second = session.scalars(select(Slot.starts_at).order_by(Slot.starts_at.desc())).first()
    assert second == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    for page in ("propose-times", "read-answers", "convene"):
        assert "twice that day" in come(ORGANISER).get(f"/dialogues/{ref}/{page}").words
    answering = come(TELCO).get(f"/dialogues/{ref}/answer-poll")
    assert answering.words.count("occurs twice that day") == 1


def test_the_zone_stays_once_times_are_offered_in_it(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world).ref
    organiser = come(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/edit").form() | {"zone": ["Europe/London"]}
    answer = organiser.post(f"/dialogues/{ref}/edit", form)
    assert "it cannot be changed" in answer.errors()["zone"]


def test_a_poll_knows_a_stale_version_and_a_past_state(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco")
        stale = dialogue.version - 1
        said: dict[str, Any] = {"times": Times({0: FIRST}), "until_on": UNTIL, "now": NOW}
        with pytest.raises(TooLate):
            dialogues.poll(session, world.actors[ORGANISER], dialogue.ref, version=stale, **said)
    with writing(world.sessions) as session:
        begun = polled(session, world)
        with pytest.raises(TooLate):
            dialogues.poll(
                session, world.actors[ORGANISER], begun.ref, version=begun.version, **said
            )


def test_the_gap_is_refused_and_the_hour_after_it_is_not(world: World) -> None:
    problems = times(FORWARD, FORWARD + HOUR, BACK).problems("Europe/Helsinki", NOW)
    assert set(problems) == {"at_0"}
    assert times(FORWARD).problems("UTC", NOW) == {}
