"""A convened dialogue is moved or called off: calendars follow, and answers are asked anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from models.dialogues import Attendee, Dialogue
from portal import dialogues
from portal.db import writing
from portal.dialogues import Moved
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted, said
from tests.dialogues.invitation_builders import (
    CLOUD,
    COLLEAGUE,
    DAY,
    LOCAL,
    TELCO,
    answered,
    convened,
    dialogue_of,
    event,
    invited,
    line,
    method,
    move,
    posted,
    reply,
    take,
)
from tests.dialogues.poll_builders import notified
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
HOUR = timedelta(hours=1)


def test_another_time_asks_everybody_anew(world: World) -> None:
    ref = answered(world, TELCO, COLLEAGUE)
    before = {who: event(emails[-1]) for who, emails in posted(world, ref).items() if who != CLOUD}
    move(world, ref, local=LOCAL + DAY, minutes=30)
    row = dialogue_of(world, ref)
    assert row.sequence == 1
    assert row.starts_at == datetime(2027, 2, 3, 12, 0, tzinfo=UTC)
    assert row.ends_at == row.starts_at + HOUR / 2
    assert row.wall == "2027-02-03T14:00"
    emails = posted(world, ref, NOW + DAY)
    assert set(emails) == {TELCO, COLLEAGUE, ORGANISER}, "whoever moves it as well"
    for who, (email,) in emails.items():
        assert method(email) == "REQUEST"
        new, old = event(email), before[who]
        assert (new["SEQUENCE"], new["DTSTART"].dt) == (1, row.starts_at)
        assert (new["UID"], new["ORGANIZER"]) == (old["UID"], old["ORGANIZER"])
        mine = line(world, ref, who)
        assert mine is not None
        assert (mine.answer, mine.answered_at, mine.by_mail, mine.invited_at) == (
            "", None, False, NOW + DAY,
        )  # fmt: skip


@pytest.mark.parametrize("other", [{"place": "Room 5"}, {"link": "https://meet.example/5"}])
def test_another_place_keeps_the_answers(world: World, other: dict[str, str]) -> None:
    ref = answered(world, TELCO)
    posted(world, ref)
    move(world, ref, **other)
    row, mine = dialogue_of(world, ref), line(world, ref, TELCO)
    assert mine is not None
    assert (row.sequence, mine.answer, mine.by_mail) == (1, "accepted", True)
    (email,) = posted(world, ref, NOW + DAY)[TELCO]
    said_there = str(event(email).get("LOCATION", "")) + str(event(email).get("URL", ""))
    assert next(iter(other.values())) in said_there
    assert not take(world, reply(world, ref, TELCO, "declined"))
    assert take(world, reply(world, ref, TELCO, "declined", sequence=1))


def test_the_page_moves_it_and_says_what_stood_before(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, place="Room 4").ref
    coordinator = visit(ORGANISER)
    form = coordinator.get(f"/dialogues/{ref}/reschedule").form()
    assert (form["at"], form["minutes"], form["place"]) == (
        ["2027-02-02T14:00"],
        ["90"],
        ["Room 4"],
    )
    form |= {"at": ["2027-02-02T16:30"], "keeps": ["instant"]}
    page = coordinator.follow(coordinator.post(f"/dialogues/{ref}/reschedule", form))
    assert "2027-02-02T14:30+00:00" in page.text
    assert dialogue_of(world, ref).wall is None
    again = coordinator.get(f"/dialogues/{ref}/reschedule").form()
    assert (again["at"], again["keeps"]) == (["2027-02-02T16:30"], ["instant"])


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"at": ["2027-03-28T03:30"]}, "at"),  # left out where clocks go forward
        ({"at": ["2026-11-23T10:00"]}, "at"),
        ({"at": ["tomorrow"]}, "at"),
        ({"at": [""]}, "at"),
        ({"minutes": ["4"]}, "minutes"),
        ({"minutes": ["1441"]}, "minutes"),
        ({"minutes": [""]}, "minutes"),
        ({"link": ["http://plain.example"]}, "link"),
        ({"link": ["javascript:alert(1)"]}, "link"),
        ({"place": ["x" * 301]}, "place"),
    ],
)
def test_what_cannot_be_taken_is_said_next_to_its_field(
    world: World, come: Callable[..., Visitor], other: dict[str, list[str]], field: str
) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world).ref
    coordinator = come(ORGANISER, NOW)
    form = coordinator.get(f"/dialogues/{ref}/reschedule").form() | other
    answer = coordinator.post(f"/dialogues/{ref}/reschedule", form)
    assert (answer.status, set(answer.errors())) == (422, {field})
    assert dialogue_of(world, ref).sequence == 0


def test_nothing_other_moves_nothing(world: World, visit: Visit) -> None:
    ref = invited(world)
    coordinator = visit(ORGANISER)
    form = coordinator.get(f"/dialogues/{ref}/reschedule").form()
    answer = coordinator.post(f"/dialogues/{ref}/reschedule", form)
    assert answer.status == 422
    assert "Nothing has been changed." in answer.words
    assert notified(world, ref, "reschedule") == []


def test_to_keep_to_the_moment_instead_is_no_news_for_calendars(world: World) -> None:
    ref = answered(world, TELCO)
    move(world, ref, keeps_to_wall=False)
    row, mine = dialogue_of(world, ref), line(world, ref, TELCO)
    assert mine is not None
    assert (row.wall, row.sequence, mine.answer) == (None, 0, "accepted")
    assert notified(world, ref, "reschedule") == []


def test_an_hour_that_comes_twice_is_not_changed_in_passing(world: World) -> None:
    second = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)  # 03:30 in Helsinki, for the second time
    with writing(world.sessions) as session:
        row = convened(session, world)
        row.starts_at, row.ends_at, row.wall = second, second + HOUR, None
        row.minutes, ref = 60, row.ref
    move(world, ref, place="Room 5")
    assert dialogue_of(world, ref).starts_at == second
    move(world, ref, NOW + 2 * DAY, keeps_to_wall=False, minutes=90)
    assert dialogue_of(world, ref).starts_at == second


def test_of_two_coordinators_one_moves_it(world: World, visit: Visit) -> None:
    ref = answered(world, TELCO)
    first, second = visit(ORGANISER), visit(ORGANISER)
    forms = [one.get(f"/dialogues/{ref}/reschedule").form() for one in (first, second)]
    first.follow(
        first.post(f"/dialogues/{ref}/reschedule", forms[0] | {"at": ["2027-02-04T14:00"]})
    )
    answer = second.post(f"/dialogues/{ref}/reschedule", forms[1] | {"at": ["2027-02-05T14:00"]})
    assert answer.status == 409
    assert "2027-02-04T12:00+00:00" in answer.text
    assert answer.form()["at"] == ["2027-02-05T14:00"]
    assert dialogue_of(world, ref).sequence == 1
    stale = dialogue_of(world, ref).version - 1
    moved = Moved(LOCAL + 5 * DAY, True, 90)
    with pytest.raises(TooLate), writing(world.sessions) as session:
        dialogues.reschedule(
            session, world.actors[ORGANISER], ref, moved=moved, version=stale, now=NOW
        )
    assert dialogue_of(world, ref).starts_at == datetime(2027, 2, 4, 12, 0, tzinfo=UTC)


def test_two_who_move_in_the_same_instant_leave_one_outcome(world: World) -> None:
    ref = invited(world)
    version, actor = dialogue_of(world, ref).version, world.actors[ORGANISER]
    late = Moved(LOCAL + 2 * DAY, True, 90)
    with writing(world.sessions) as session:
        moved = Moved(LOCAL + DAY, True, 90)
        dialogues.reschedule(session, actor, ref, moved=moved, version=version, now=NOW)
    with pytest.raises(TooLate), writing(world.sessions) as session:
        dialogues.reschedule(session, actor, ref, moved=late, version=version, now=NOW)
    assert dialogue_of(world, ref).wall == "2027-02-03T14:00"
    assert notified(world, ref, "reschedule") == [ORGANISER, TELCO]


def test_only_organisers_move_and_only_what_has_a_date(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        draft, ref = drafted(session, world, "telco").ref, convened(session, world).ref
    assert visit(ORGANISER).get(f"/dialogues/{draft}/reschedule").status == 409
    assert visit(TELCO).get(f"/dialogues/{ref}/reschedule").status == 403
    assert visit("liaison@bank").get(f"/dialogues/{ref}/reschedule").status == 404


def test_place_and_link_of_what_is_convened_are_moved_and_not_edited(world: World) -> None:
    with writing(world.sessions) as session:
        row = convened(session, world)
        for other in ({"place": "Room 5"}, {"link": "https://meet.example/5"}):
            with pytest.raises(Invalid, match=next(iter(other))):
                dialogues.edit(
                    session, world.actors[ORGANISER], row.ref,
                    text=replace(said(), **other), version=row.version, now=NOW,
                )  # fmt: skip


def test_whoever_is_new_when_it_moves_is_invited_to_the_new_time(world: World) -> None:
    ref = invited(world)
    with writing(world.sessions) as session:
        who = Attendee.person_id == world.actors[TELCO].person_id
        session.execute(update(Attendee).where(who).values(invited_at=None))
    move(world, ref, local=LOCAL + DAY)
    assert notified(world, ref, "reschedule") == [ORGANISER]
    assert notified(world, ref, "invitation") == [ORGANISER, TELCO, TELCO]


def test_the_system_tells_calendars_when_a_zone_gets_other_rules(world: World) -> None:
    ref = answered(world, TELCO)
    posted(world, ref)
    with writing(world.sessions) as session:
        row = session.get_one(Dialogue, dialogue_of(world, ref).id)
        assert row.starts_at is not None
        assert row.ends_at is not None
        # As the rules of yesterday would have had it.
        row.starts_at, row.ends_at = row.starts_at - HOUR, row.ends_at - HOUR
    with writing(world.sessions) as session:
        assert dialogues.keep_local_time(session, ref, NOW + DAY)
        assert not dialogues.keep_local_time(session, ref, NOW + DAY)
    (email,) = posted(world, ref, NOW + DAY)[TELCO]
    assert method(email) == "REQUEST"
    assert event(email)["DTSTART"].dt == datetime(2027, 2, 2, 12, 0, tzinfo=UTC)
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert mine.answer == ""
