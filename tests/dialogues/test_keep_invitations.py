"""Whoever leaves what they sat there for is no longer expected, in no calendar and on no page."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import update

from models.dialogues import Dialogue
from models.stakeholders import Membership, Organisation, Person
from portal import dialogues
from portal.db import reading, writing
from portal.overview import first_page
from portal.reminders import remind
from portal.rules.verbs import NAME
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    CLOUD,
    COLLEAGUE,
    DAY,
    LOCAL,
    TELCO,
    dialogue_of,
    event,
    invited,
    line,
    method,
    move,
    name,
    posted,
    reply,
    take,
)
from tests.pages import Visitor

pytestmark = pytest.mark.both_engines
Come = Callable[..., Visitor]
HOUR = timedelta(hours=1)


def leaves(world: World, at: datetime | None = NOW) -> None:
    """The colleague's membership ends, or goes on."""
    whose = Membership.person_id == world.actors[COLLEAGUE].person_id
    with writing(world.sessions) as session:
        session.execute(update(Membership).where(whose).values(ends_at=at))


def keeps_up(world: World, ref: str, at: datetime = NOW + HOUR) -> dict[str, list[EmailMessage]]:
    """The jobs come by; what they send about the dialogue, by whom it goes to."""
    with reading(world.sessions) as session:
        due = dialogues.due_for_the_system(session, at)
    for one in due:
        with writing(world.sessions) as session:
            assert dialogues.keep_up(session, one, at) == 1
            assert dialogues.keep_up(session, one, at) == 0
    return posted(world, ref, at)


def methods(emails: dict[str, list[EmailMessage]]) -> dict[str, list[str]]:
    """What the entries do, by whom they go to."""
    return {who: [method(one) for one in many] for who, many in emails.items()}


def to_name(world: World, who: str = TELCO) -> list[str]:
    """For which dialogues somebody has participants to name."""
    with reading(world.sessions) as session:
        page = first_page(session, world.actors[who], NOW + HOUR)
        return [row.ref for row in page.waiting if row.verb == NAME]


def answered(world: World) -> str:
    """A dialogue to which the colleague, alone of Telco, said that they come."""
    ref = invited(world, COLLEAGUE)
    posted(world, ref)
    assert take(world, reply(world, ref, COLLEAGUE), NOW)
    return ref


def test_who_left_is_taken_out_and_their_delegation_is_asked_for_others(
    world: World, come: Come
) -> None:
    ref = answered(world)
    assert to_name(world) == []
    leaves(world)
    emails = keeps_up(world, ref)
    assert methods(emails) == {COLLEAGUE: ["CANCEL"]}
    assert to_name(world) == [ref]
    assert "Telco colleague , Participant · can no longer take part" in (
        come(ORGANISER, NOW + HOUR).get(f"/dialogues/{ref}").words
    )
    move(world, ref, NOW + DAY, local=LOCAL + DAY)
    assert methods(keeps_up(world, ref, NOW + DAY)) == {ORGANISER: ["REQUEST"]}
    with writing(world.sessions) as session:
        name(session, world, ref, TELCO, at=NOW + DAY)
    assert to_name(world) == []
    assert methods(posted(world, ref, NOW + DAY)) == {TELCO: ["REQUEST"]}


def test_the_delegation_is_reminded_until_somebody_comes_for_it(world: World) -> None:
    ref = answered(world)
    dialogue = dialogue_of(world, ref)
    assert dialogue.starts_at is not None
    soon = dialogue.starts_at - 3 * DAY

    def reminded() -> list[str]:
        with writing(world.sessions) as session:
            remind(session, soon)
        found = posted(world, ref, soon).items()
        return sorted(who for who, many in found if "participants missing" in many[0]["Subject"])

    assert reminded() == [CLOUD], "it has named nobody yet"
    leaves(world)
    assert reminded() == [TELCO]


@contextmanager
def suspended(world: World) -> Iterator[None]:
    """The colleague is suspended meanwhile."""
    who = Person.id == world.actors[COLLEAGUE].person_id
    for state in ("suspended", "active"):
        with writing(world.sessions) as session:
            session.execute(update(Person).where(who).values(state=state))
        if state == "suspended":
            yield


@contextmanager
def organisation_suspended(world: World) -> Iterator[None]:
    """Their organisation is suspended meanwhile."""
    home = Organisation.id == world.organisations["telco"].id
    for state in ("suspended", "active"):
        with writing(world.sessions) as session:
            session.execute(update(Organisation).where(home).values(state=state))
        if state == "suspended":
            yield


@contextmanager
def away(world: World) -> Iterator[None]:
    """Their membership ends, and begins anew."""
    leaves(world)
    yield
    leaves(world, None)


@pytest.mark.parametrize("gone", [suspended, organisation_suspended, away])
def test_who_comes_back_is_invited_to_what_it_is_by_then(
    world: World, gone: Callable[[World], Iterator[None]]
) -> None:
    ref = answered(world)
    with gone(world):
        keeps_up(world, ref)
        seat = line(world, ref, COLLEAGUE)
        assert seat is not None
        assert (seat.invited_at, seat.answer) == (None, "")
        move(world, ref, NOW + 2 * HOUR, local=LOCAL + DAY)
        assert COLLEAGUE not in keeps_up(world, ref, NOW + 3 * HOUR)
    (again,) = keeps_up(world, ref, NOW + DAY)[COLLEAGUE]
    assert method(again) == "REQUEST"
    assert event(again)["DTSTART"].dt == dialogue_of(world, ref).starts_at
    assert int(event(again)["SEQUENCE"]) == 1


def test_who_lost_the_seat_is_taken_out_without_the_new_time(world: World) -> None:
    ref = invited(world, TELCO, COLLEAGUE)
    posted(world, ref)
    with writing(world.sessions) as session:
        name(session, world, ref, TELCO, at=NOW + HOUR)
    move(world, ref, NOW + 2 * HOUR, local=LOCAL + DAY)
    (late,) = posted(world, ref, NOW + DAY)[COLLEAGUE]
    assert method(late) == "CANCEL"
    assert not {"DTSTART", "DTEND", "LOCATION", "DESCRIPTION"} & set(event(late))
    assert int(event(late)["SEQUENCE"]) == 1


def test_who_came_unannounced_is_not_invited_to_where_they_are(world: World) -> None:
    ref = answered(world)
    with writing(world.sessions) as session:
        person = world.actors["analyst@cert"].person_id
        dialogues.add_arrival(session, world.actors[ORGANISER], ref, person_id=person, now=NOW)
    with reading(world.sessions) as session:
        assert dialogues.due_for_the_system(session, NOW) == []
        starts_at = session.get_one(Dialogue, dialogue_of(world, ref).id).starts_at
    assert starts_at is not None
    leaves(world)
    with reading(world.sessions) as session:
        assert dialogues.due_for_the_system(session, starts_at) == [], "it has begun"
