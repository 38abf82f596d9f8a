"""Whose move it is may be reminded by those who wait and by who mediates, once in 20 hours."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from models.commitments import Milestone, Step
from models.ledger import OutboxEmail
from models.stakeholders import Organisation, Person
from portal import commitments
from portal.clock import now
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.builders import agreed, proposed, reported
from tests.factories import opened_process
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
TELCO, COLLEAGUE, CLOUD, CERT = (
    "liaison@telco",
    "colleague@telco",
    "liaison@cloud",
    "analyst@cert",
)
MEDIATOR, COORDINATOR = "mediator@peace", "coordinator@peace"
LATE = NOW + 30 * DAY
# Theirs in another state of it (409), or in none (403).
NOT_THEIRS = (Refused, TooLate)


def notified(world: World) -> set[str]:
    """To whom reminders of people were written."""
    with reading(world.sessions) as session:
        rows = select(Person.email).join(OutboxEmail, OutboxEmail.person_id == Person.id)
        found = session.scalars(rows.where(OutboxEmail.template == "remind"))
        return {email.removesuffix(".example") for email in found}


def remind(world: World, name: str, ref: str, at: datetime = LATE) -> None:
    with writing(world.sessions) as session:
        commitments.remind(session, world.actors[name], ref, at)


def late(world: World) -> str:
    """A commitment of Telco to Cloud in a process of the mediator, which reads it."""
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco", "cloud")
        made = agreed(session, world, "peace", process=process.id)
        return str(made.ref)


def test_the_mediators_of_its_process_and_those_who_wait_remind_of_a_late_report(
    world: World,
) -> None:
    ref = late(world)
    for name in (TELCO, COLLEAGUE, COORDINATOR):
        with pytest.raises(NOT_THEIRS):
            remind(world, name, ref)
    for name in ("liaison@bank", "steward@portal"):
        with pytest.raises(NotFound):
            remind(world, name, ref)
    assert notified(world) == set()
    remind(world, MEDIATOR, ref)
    assert notified(world) == {TELCO, COLLEAGUE}


def test_nobody_is_reminded_of_what_is_not_late(world: World) -> None:
    ref = late(world)
    for name in (MEDIATOR, CLOUD, CERT):
        with pytest.raises(NOT_THEIRS):
            remind(world, name, ref, NOW)


def test_a_second_reminder_waits_twenty_hours_whoever_sends_it(world: World) -> None:
    ref = late(world)
    remind(world, MEDIATOR, ref)
    for name, hours in ((MEDIATOR, 1), (CLOUD, 19)):
        with pytest.raises(Invalid):
            remind(world, name, ref, LATE + timedelta(hours=hours))
    remind(world, CLOUD, ref, LATE + timedelta(hours=20))


def test_a_proposal_and_a_report_are_reminded_of_by_the_side_that_waits(world: World) -> None:
    with writing(world.sessions) as session:
        offer = proposed(session, world, "peace").ref
    with pytest.raises(NOT_THEIRS):
        remind(world, CLOUD, offer, NOW)
    with pytest.raises(NOT_THEIRS):
        remind(world, MEDIATOR, offer, NOW)  # reads it, and mediates no process of it
    remind(world, TELCO, offer, NOW)
    assert notified(world) == {CLOUD}
    ref = late(world)
    with writing(world.sessions) as session:
        reported(session, world, ref, Step.FULL)
    with pytest.raises(NOT_THEIRS):
        remind(world, CERT, ref, NOW)
    remind(world, MEDIATOR, ref, NOW)
    assert notified(world) == {CLOUD, CERT}


def test_one_click_on_the_overview_reminds_and_leads_back_to_it(world: World, visit: Visit) -> None:
    ref = late(world)
    with writing(world.sessions) as session:
        session.execute(update(Milestone).values(due_at=now() - DAY))
    mediator = visit(MEDIATOR)
    page = mediator.get("/")
    assert f'action="/commitments/{ref}/remind"' in page.text
    answer = mediator.post(f"/commitments/{ref}/remind", {"back": "overview"})
    assert answer.to == "/"
    assert "Reminder sent." in mediator.follow(answer).words
    assert notified(world) == {TELCO, COLLEAGUE}
    again = mediator.follow(mediator.post(f"/commitments/{ref}/remind"))
    assert "A reminder was sent within the last 20 hours." in again.words
    assert visit("liaison@bank").post(f"/commitments/{ref}/remind").status == 404


@pytest.mark.parametrize("gone", ["left", "suspended"])
def test_where_nobody_can_make_the_move_no_reminder_is_said_to_be_sent(
    world: World, visit: Visit, gone: str
) -> None:
    with writing(world.sessions) as session:
        ref = agreed(session, world).ref
        reported(session, world, ref)
        verifier = Organisation.id == world.organisations["cert"].id
        session.execute(update(Organisation).where(verifier).values(state=gone))
    telco = visit(TELCO)
    assert f'action="/commitments/{ref}/remind"' in telco.get(f"/commitments/{ref}").text
    page = telco.follow(telco.post(f"/commitments/{ref}/remind"))
    assert "no reminder was sent" in page.words
    assert "Reminder sent" not in page.words
    with writing(world.sessions) as session:
        assert commitments.remind_selected(session, world.actors[TELCO], [ref], NOW) == (0, 1)
        session.execute(update(Organisation).where(verifier).values(state="active"))
    remind(world, TELCO, ref, NOW)
    assert notified(world) == {CERT}
