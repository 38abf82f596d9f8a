"""A date is fixed: at one of the offered times or straight from a draft; zones may move it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from models.dialogues import Attendee, Dialogue
from models.stakeholders import Organisation
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import Picked
from portal.errors import Invalid
from portal.slots import times as clocks
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.poll_builders import (
    CLOUD,
    COLLEAGUE,
    DAY,
    FIRST,
    TELCO,
    answered,
    named,
    notified,
    polled,
    posted,
    slots,
)
from tests.pages import Visitor

Come = Callable[..., Visitor]
BEGINS = datetime(2027, 2, 2, 12, 0, tzinfo=UTC)  # FIRST in Helsinki


def row(world: World, ref: str) -> Dialogue:
    with reading(world.sessions) as session:
        return session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()


def convened(session: Any, world: World, dialogue: Dialogue, **picked: Any) -> Dialogue:
    """The organiser fixes the date, at the first of the offered times unless told."""
    if dialogue.state == "polling":
        picked.setdefault("slot", slots(session, dialogue)[0].id)
    organiser = world.actors[ORGANISER]
    return dialogues.convene(session, organiser, dialogue.ref, picked=Picked(**picked), now=NOW)


def test_one_step_from_the_poll(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        for name in (TELCO, CLOUD):
            answered(session, world, dialogue, name, "yes", "no", "no")
        ref, best = dialogue.ref, str(slots(session, dialogue)[0].id)
    organiser = come(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/convene").form()
    assert form["slot"] == [best], "the best that is possible is chosen already"
    read = organiser.follow(organiser.post(f"/dialogues/{ref}/convene", form))
    assert "Date confirmed." in read.words
    kept = row(world, ref)
    assert (kept.state, kept.starts_at, kept.wall) == ("convened", BEGINS, "2027-02-02T14:00")
    assert kept.ends_at == BEGINS + timedelta(minutes=90)
    assert (kept.convened_at, kept.published_at, kept.sequence) == (NOW, NOW, 0)
    assert notified(world, ref, "convene") == [COLLEAGUE, CLOUD, TELCO]


def test_a_link_chooses_its_time_and_one_that_keeps_to_the_moment_has_no_wall(
    world: World, come: Come
) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, wall=False)
        ref, last = dialogue.ref, str(slots(session, dialogue)[2].id)
    organiser = come(ORGANISER)
    path = f"/dialogues/{ref}/convene?slot={last}"
    form = organiser.get(path).form()
    assert form["slot"] == [last]
    organiser.follow(organiser.post(path, form))
    assert (row(world, ref).wall, row(world, ref).starts_at) == (None, BEGINS + 2 * DAY)


@pytest.mark.parametrize(("keeps", "wall"), [("wall", "2027-02-02T14:00"), ("instant", None)])
def test_straight_from_a_draft(world: World, come: Come, keeps: str, wall: str | None) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    organiser = come(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/convene").form()
    form |= {"at": ["2027-02-02T14:00"], "keeps": [keeps]}
    organiser.follow(organiser.post(f"/dialogues/{ref}/convene", form))
    kept = row(world, ref)
    assert (kept.state, kept.starts_at, kept.wall) == ("convened", BEGINS, wall)
    assert (kept.convened_at, kept.published_at) == (NOW, NOW)
    assert notified(world, ref, "convene") == [COLLEAGUE, TELCO]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Give the time when it begins."),
        ("2026-11-23T11:00", "This time has passed."),
        ("2027-03-28T03:30", "clocks go forward"),
        ("next week", "Write a day and a time like"),
    ],
)
def test_a_typed_time_that_cannot_be_is_said_next_to_it(
    world: World, come: Come, typed: str, says: str
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    organiser = come(ORGANISER)
    form = organiser.get(f"/dialogues/{ref}/convene").form() | {"at": [typed], "keeps": ["instant"]}
    answer = organiser.post(f"/dialogues/{ref}/convene", form)
    assert answer.status == 422
    assert says in answer.errors()["at"]
    assert (answer.form()["at"], answer.form()["keeps"]) == ([typed], ["instant"])
    assert row(world, ref).state == "draft"


def test_a_time_at_which_somebody_required_cannot_needs_a_reason(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        answered(session, world, dialogue, TELCO, "no", "no", "no")
        ref, first = dialogue.ref, str(slots(session, dialogue)[0].id)
    organiser = come(ORGANISER)
    page = organiser.get(f"/dialogues/{ref}/convene")
    assert "slot" not in page.form(), "none is possible, so none is chosen"
    assert "Required but cannot attend: Telco" in page.words
    answer = organiser.post(f"/dialogues/{ref}/convene", page.form() | {"slot": [first]})
    assert "give the reason" in answer.errors()["why"]
    assert answer.form()["slot"] == [first]
    why = {"why": ["Telco sends a paper instead."]}
    organiser.follow(organiser.post(f"/dialogues/{ref}/convene", answer.form() | why))
    assert row(world, ref).picked_reason == "Telco sends a paper instead."
    assert "sends a paper" in come(ORGANISER).get(f"/dialogues/{ref}").words
    assert "sends a paper" not in come(CLOUD).get(f"/dialogues/{ref}").words, "answers are hidden"


def test_silence_or_a_side_that_may_stay_away_needs_none(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco", "cloud?")
        answered(session, world, dialogue, CLOUD, "no", "no", "no")
        assert convened(session, world, dialogue).picked_reason == ""


@pytest.mark.parametrize(
    ("picked", "field"),
    [({"slot": 0}, "slot"), ({"slot": None}, "slot"), ({"why": "x" * 501}, "why")],
)
def test_only_what_is_offered_can_be_taken(
    world: World, picked: dict[str, Any], field: str
) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        with pytest.raises(Invalid, match=field):
            convened(session, world, dialogue, **picked)


def test_a_time_of_another_dialogue_or_of_the_past_is_refused(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        other, dialogue = polled(session, world), polled(session, world)
        ref = dialogue.ref
        with pytest.raises(Invalid, match="slot"):
            convened(session, world, dialogue, slot=slots(session, other)[0].id)
    with writing(world.sessions) as session:
        dialogue = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
        picked = Picked(slot=slots(session, dialogue)[0].id)
        with pytest.raises(Invalid, match="slot"):
            dialogues.convene(session, world.actors[ORGANISER], ref, picked=picked, now=BEGINS)
    page = come(ORGANISER, BEGINS + 9 * DAY).get(f"/dialogues/{ref}/convene")
    assert "All proposed times have passed" in page.words


def test_the_second_is_told_what_the_first_did(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world).ref
    organiser, path = come(ORGANISER), f"/dialogues/{ref}/convene"
    form = organiser.get(path).form()
    with writing(world.sessions) as session:
        one = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
        last = slots(session, one)[2].id
        convened(session, world, one, slot=last)
        first = slots(session, one)[0].id
    answer = organiser.post(path, form | {"slot": [str(first)]})
    assert answer.status == 409
    assert "Someone else was faster" in answer.words
    assert "4 Feb 2027, 13:00 CET" in answer.words, "what was fixed, in the reader's zone"
    assert row(world, ref).starts_at == BEGINS + 2 * DAY
    assert organiser.get(path).status == 409
    with writing(world.sessions) as session:
        dialogues.cancel(session, world.actors[ORGANISER], ref, why="Not now", now=NOW)
    assert organiser.get(path).status == 409


def test_called_off_meanwhile_is_said_so(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
        dialogues.cancel(session, world.actors[ORGANISER], ref, why="Not now", now=NOW)
    answer = come(ORGANISER).post(f"/dialogues/{ref}/convene", {"at": "2027-02-02T14:00"})
    assert answer.status == 409
    assert "The dialogue is cancelled." in answer.words


def test_people_who_are_named_are_invited_and_hands_asked_for_names(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, title="Canary talks")
        named(session, world, dialogue, TELCO)
        convened(session, world, dialogue)
        coming = session.scalars(select(Attendee).where(Attendee.dialogue_id == dialogue.id)).all()
        assert {person.invited_at for person in coming} == {NOW}
    emails = [
        email for email in posted(world, dialogue.ref) if "date confirmed" in email["Subject"]
    ]
    assert len(emails) == 3
    assert not [email for email in emails if "Canary" in str(email)]


def rules_change(monkeypatch: pytest.MonkeyPatch, zone: str, to: str) -> None:
    """From now on the clocks of a zone go by the rules of another."""
    known = clocks.clock

    def changed(name: str) -> ZoneInfo:
        return ZoneInfo(to) if name == zone else known(name)

    monkeypatch.setattr(clocks, "clock", changed)


def test_a_slot_follows_its_wall_to_the_day_on_which_it_is_taken(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
    rules_change(monkeypatch, "Europe/Helsinki", "Europe/London")
    with writing(world.sessions) as session:
        one = session.get_one(Dialogue, dialogue.id)
        assert convened(session, world, one).starts_at == FIRST.replace(tzinfo=UTC)
        assert dialogues.due_to_shift(session, NOW) == []


def test_the_confirmed_time_stands_in_every_city_for_those_who_see_who_takes_part(
    world: World, come: Come
) -> None:
    with writing(world.sessions) as session:
        for name, zone in (("telco", "Europe/Helsinki"), ("bank", "Asia/Singapore")):
            session.get_one(Organisation, world.organisations[name].id).zone = zone
        dialogue = polled(session, world, "telco", "bank", tlp="GREEN", rule="open")
        ref = convened(session, world, dialogue, why="All can").ref
    for who in (ORGANISER, TELCO):
        words = come(who).get(f"/dialogues/{ref}").words
        assert "Helsinki Tue 2 Feb 2027, 14:00 EET" in words
        assert "Singapore Tue 2 Feb 2027, 20:00" in words
        assert "early or late" in words
    assert "Singapore" not in come(CLOUD).get(f"/dialogues/{ref}").words, "who comes is not theirs"
