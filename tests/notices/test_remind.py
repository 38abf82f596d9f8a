"""The author's side reminds those by hand who have not acknowledged, each once in 20 hours."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.ledger import OutboxEmail
from models.stakeholders import Person
from portal import notices
from portal.db import reading, writing
from portal.delivery import deliver
from portal.emails import MailSettings
from portal.errors import Invalid, NotFound, Refused
from tests.cast import NOW, World
from tests.factories import published
from tests.jobs.test_delivery import Memory
from tests.mail import whole
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO, COLLEAGUE, CERT = "liaison@telco", "colleague@telco", "analyst@cert"
MEDIATOR, COORDINATOR = "mediator@peace", "coordinator@peace"


@pytest.fixture
def ref(world: World) -> str:
    """A notice of Telco to Peace and Cert, which the mediator has acknowledged."""
    with writing(world.sessions) as session:
        made = published(session, world, "peace", "cert").ref
        notices.acknowledge(session, world.actors[MEDIATOR], made, NOW)
        return str(made)


def remind(
    world: World, name: str, ref: str, *people: str, status: str = "", hours: int = 0
) -> int:
    at = NOW + timedelta(hours=hours)
    keys = [world.actors[person].person_id for person in people]
    with writing(world.sessions) as session:
        asked = set(session.scalars(select(Person.ref).where(Person.id.in_(keys))))
        return notices.remind(session, world.actors[name], ref, people=asked, status=status, now=at)


def notified(world: World) -> list[str]:
    """To whom reminders were written."""
    with reading(world.sessions) as session:
        rows = select(Person.email).join(OutboxEmail, OutboxEmail.person_id == Person.id)
        found = session.scalars(rows.where(OutboxEmail.template == "remind"))
        return sorted(email.removesuffix(".example") for email in found)


def test_those_who_are_named_are_reminded_and_nobody_else(world: World, ref: str) -> None:
    assert remind(world, COLLEAGUE, ref, CERT) == 1
    assert notified(world) == [CERT]


def test_all_of_a_status_are_reminded_but_whoever_acknowledged(world: World, ref: str) -> None:
    assert remind(world, TELCO, ref, status="all") == 2
    assert notified(world) == [CERT, COORDINATOR]


def test_each_person_is_reminded_once_in_twenty_hours(world: World, ref: str) -> None:
    remind(world, TELCO, ref, CERT)
    for name, hours in ((TELCO, 1), (COLLEAGUE, 19)):
        with pytest.raises(Invalid):
            remind(world, name, ref, CERT, hours=hours)
    assert remind(world, TELCO, ref, status="all", hours=1) == 1
    assert remind(world, TELCO, ref, CERT, hours=20) == 1
    assert notified(world) == [CERT, CERT, COORDINATOR]


def test_nobody_is_reminded_who_acknowledged_or_is_not_asked(world: World, ref: str) -> None:
    for people in ((), (MEDIATOR,), ("liaison@bank",), (TELCO,)):
        with pytest.raises(Invalid):
            remind(world, TELCO, ref, *people)
    assert notified(world) == []


def test_only_the_side_of_the_author_reminds(world: World, ref: str) -> None:
    for name, refusal in ((MEDIATOR, Refused), (CERT, Refused), ("liaison@bank", NotFound)):
        with pytest.raises(refusal):
            remind(world, name, ref, CERT)


def test_a_reminder_is_not_sent_to_whoever_acknowledged_meanwhile(world: World, ref: str) -> None:
    remind(world, TELCO, ref, status="all")
    with writing(world.sessions) as session:
        notices.acknowledge(session, world.actors[CERT], ref, NOW)
    post = Memory()
    deliver(world.sessions, post, MailSettings("https://portal.example", "a@b.example"), NOW)
    to = {str(email["To"]) for email in post.emails if "asks you once more" in whole(email)}
    assert len(to) == 1
    assert COORDINATOR in to.pop()


def test_a_tick_on_the_receipts_reminds_and_a_second_one_waits(
    world: World, visit: Visit, ref: str
) -> None:
    author, path = visit(TELCO), f"/notices/{ref}/read-ledger?only=silent"
    page = author.get(path).page
    ticks = [str(one["value"]) for one in page.select("input[name=person]")]
    assert len(ticks) == 2
    answer = author.post(f"/notices/{ref}/remind", {"person": ticks[0], "only": "silent"})
    assert answer.to == path
    assert "1 person has been reminded." in author.follow(answer).words
    assert len(author.get(path).page.select("input[name=person]")) == 1
    again = author.follow(author.post(f"/notices/{ref}/remind", {"person": ticks[0]}))
    assert "within the last 20 hours" in again.words
    answer = author.post(f"/notices/{ref}/remind", {"all": "1"})
    assert "1 person has been reminded." in author.follow(answer).words
    assert not author.get(path).page.select("input[name=person]")


def test_readers_find_no_reminders_and_no_list_of_whom_to_remind(
    world: World, visit: Visit, ref: str
) -> None:
    assert visit(MEDIATOR).post(f"/notices/{ref}/remind", {"all": "1"}).status == 403
    assert visit("liaison@bank").post(f"/notices/{ref}/remind", {"all": "1"}).status == 404
    page = visit(COORDINATOR).get(f"/notices/{ref}")
    assert "remind" not in page.text.lower()
