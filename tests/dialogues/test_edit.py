"""Editing a dialogue: of two organisers neither loses a word."""

from collections.abc import Callable

import pytest

from portal.db import writing
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted
from tests.dialogues.invitation_builders import (
    CLOUD,
    COLLEAGUE,
    DAY,
    TELCO,
    answered,
    event,
    invited,
    line,
    method,
    name,
    posted,
    reply,
    take,
)
from tests.dialogues.poll_builders import notified
from tests.dialogues.test_draft_dialogue import row
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
GREEN = {"rule": "open", "tlp": "GREEN"}


def edit(come: Callable[..., Visitor], ref: str, **said: str) -> None:
    """The organiser changes these fields on the page, a day later."""
    coordinator = come(ORGANISER, NOW + DAY)
    form = coordinator.get(f"/dialogues/{ref}/edit").form()
    typed = {name: [value] for name, value in said.items()}
    coordinator.follow(coordinator.post(f"/dialogues/{ref}/edit", form | typed))


def test_two_organisers_and_one_text(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco").ref
    first, second = visit(ORGANISER), visit(ORGANISER)
    forms = [visitor.get(f"/dialogues/{ref}/edit").form() for visitor in (first, second)]
    first.follow(first.post(f"/dialogues/{ref}/edit", forms[0] | {"title": ["Theirs"]}))
    answer = second.post(f"/dialogues/{ref}/edit", forms[1] | {"title": ["Mine"]})
    assert answer.status == 409
    assert "Theirs" in answer.words
    assert answer.form()["title"] == ["Mine"]
    second.follow(second.post(f"/dialogues/{ref}/edit", answer.form()))
    assert row(world, ref).title == "Mine"


@pytest.mark.parametrize(
    ("other", "line_of_entry"),
    [({"title": "Renamed talks"}, "SUMMARY"), ({"purpose": "Renamed talks"}, "DESCRIPTION")],
)
def test_calendars_take_another_title_or_purpose_and_answers_stand(
    world: World, come: Callable[..., Visitor], other: dict[str, str], line_of_entry: str
) -> None:
    ref = answered(world, TELCO, COLLEAGUE, **GREEN)
    before = {who: event(emails[-1]) for who, emails in posted(world, ref).items() if who != CLOUD}
    edit(come, ref, **other)
    emails = posted(world, ref, NOW + DAY)
    assert set(emails) == {TELCO, COLLEAGUE, ORGANISER}, "whoever changes it as well"
    for who, (email,) in emails.items():
        new, old = event(email), before[who]
        assert method(email) == "REQUEST"
        assert (new["UID"], new["SEQUENCE"], old["SEQUENCE"]) == (old["UID"], 1, 0)
        assert (new["DTSTART"].dt, new["ORGANIZER"]) == (old["DTSTART"].dt, old["ORGANIZER"])
        assert "Renamed talks" in str(new[line_of_entry])
        assert "Renamed talks" not in str(old[line_of_entry])
        mine = line(world, ref, who)
        assert mine is not None
        assert (mine.answer, mine.by_mail) == ("accepted", True)
    assert take(world, reply(world, ref, TELCO, "declined", sequence=1), NOW + 2 * DAY)


def test_above_green_no_calendar_holds_a_title_and_nothing_goes_out(
    world: World, come: Callable[..., Visitor]
) -> None:
    ref = answered(world, TELCO)
    edit(come, ref, title="Renamed talks", purpose="Another purpose")
    assert (row(world, ref).title, row(world, ref).sequence) == ("Renamed talks", 0)
    assert notified(world, ref, "edit") == []


def test_what_stands_in_no_calendar_sends_nothing(
    world: World, come: Callable[..., Visitor]
) -> None:
    ref = invited(world, **GREEN)
    edit(come, ref, format="hybrid")
    assert (row(world, ref).format, row(world, ref).sequence) == ("hybrid", 0)
    assert notified(world, ref, "edit") == []


def test_before_there_is_a_date_another_title_is_no_news_for_calendars(
    world: World, come: Callable[..., Visitor]
) -> None:
    with writing(world.sessions) as session:
        ref = drafted(session, world, "telco", **GREEN).ref
    edit(come, ref, title="Renamed talks")
    assert (row(world, ref).title, row(world, ref).sequence) == ("Renamed talks", 0)
    assert notified(world, ref, "edit") == []


def test_whoever_comes_in_another_role_has_it_in_their_calendar_and_nobody_else_is_written_to(
    world: World,
) -> None:
    ref = invited(world, TELCO, COLLEAGUE)
    old = event(posted(world, ref)[COLLEAGUE][-1])
    assert take(world, reply(world, ref, COLLEAGUE))
    with writing(world.sessions) as session:
        # Whoever interprets is expected as any participant is.
        people = (f"{TELCO}:interpreter", f"{COLLEAGUE}:observer")
        name(session, world, ref, *people, at=NOW + DAY)
    emails = posted(world, ref, NOW + DAY)
    assert set(emails) == {COLLEAGUE}
    new = event(emails[COLLEAGUE][0])
    assert (new["UID"], new["SEQUENCE"]) == (old["UID"], old["SEQUENCE"])
    assert new["DTSTAMP"].dt > old["DTSTAMP"].dt, "calendars take the newer"
    roles = [str(one["ATTENDEE"].params["ROLE"]) for one in (old, new)]
    assert roles == ["REQ-PARTICIPANT", "OPT-PARTICIPANT"]
    mine = line(world, ref, COLLEAGUE)
    assert mine is not None
    assert mine.answer == "accepted"
