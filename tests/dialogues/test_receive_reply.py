"""What comes by e-mail is understood, or its sender hears what holds and the organisers see it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from models.replies import CalendarReply
from portal.calendars import Proposal, Reply, reply_address, reply_in
from portal.db import reading, writing
from portal.dialogues import incoming
from portal.errors import TooLate
from portal.reminders import remind
from portal.rules.verbs import ANSWER
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    BACK,
    COLLEAGUE,
    DAY,
    LOCAL,
    MINUTE,
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
from tests.mail import html_of, text_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
UNREAD = replace(Reply(""), unread="no-calendar")


def outcomes(world: World, ref: str) -> list[tuple[str, str]]:
    """What became of each mail about the dialogue, and why."""
    with reading(world.sessions) as session:
        rows = session.execute(
            select(CalendarReply.outcome, CalendarReply.reason).order_by(CalendarReply.id)
        )
        return [(row.outcome, row.reason) for row in rows]


def about(world: World, ref: str, who: str, at: Any = NOW + DAY) -> list[EmailMessage]:
    """The e-mails that somebody gets then."""
    return posted(world, ref, at).get(who, [])


def unread(world: World, ref: str, why: str = "no-calendar", **values: Any) -> Reply:
    """A mail to somebody's address that says nothing."""
    return Reply(reply(world, ref, TELCO).token, unread=why, **values)


REASONS = {
    "no-calendar": "contained no calendar reply",
    "tnef": "winmail.dat",
    "encrypted": "was encrypted",
    "large": "too large",
    "delegated": "forwarded the invitation",
    "no-answer": "contained no response",
    "unclear": "more than one response",
    "method": "is not a reply",
    "broken": "could not be read",
}


@pytest.mark.parametrize("why", REASONS)
def test_what_cannot_be_read_is_answered_with_its_reason_and_one_link(
    world: World, why: str
) -> None:
    ref = invited(world)
    posted(world, ref)
    assert not take(world, unread(world, ref, why))
    (email,) = about(world, ref, TELCO)
    text = text_of(email)
    assert REASONS[why] in text
    assert email["Auto-Submitted"] == "auto-replied"
    assert "You have not responded yet." in text
    assert text.count("https://") == 1
    assert f"/dialogues/{ref}/answer" in text
    assert outcomes(world, ref) == [("unread", why)]


def test_organisers_see_who_could_not_be_read_and_nobody_else_does(
    world: World, visit: Visit
) -> None:
    ref = invited(world)
    take(world, unread(world, ref))
    page = visit(ORGANISER).get(f"/dialogues/{ref}")
    assert "Replies by e-mail" in page.words
    assert "Telco liaison : could not be read" in page.words
    assert "Replies by e-mail" not in visit(TELCO).get(f"/dialogues/{ref}").words
    assert take(world, reply(world, ref, TELCO), at=NOW + 2 * DAY), "and once it is read"
    assert "Replies by e-mail" not in visit(ORGANISER).get(f"/dialogues/{ref}").words


def test_an_old_sequence_is_told_what_holds(world: World, visit: Visit) -> None:
    ref = invited(world)
    move(world, ref, local=LOCAL + DAY)
    posted(world, ref, NOW + DAY)
    assert not take(world, reply(world, ref, TELCO, "declined"))
    (email,) = about(world, ref, TELCO)
    assert "an earlier version of the invitation" in text_of(email)
    assert "Begins: 3 Feb 2027" in text_of(email)
    page = visit(ORGANISER).get(f"/dialogues/{ref}")
    assert "responded to an earlier version of the invitation" in page.words


def test_where_mail_and_page_disagree_the_last_holds_and_the_person_hears_so(
    world: World, come: Callable[..., Visitor]
) -> None:
    ref = invited(world)
    posted(world, ref)
    person, path = come(TELCO, NOW), f"/dialogues/{ref}/answer"
    person.post(path, person.get(path).form(path) | {"answer": ["accepted"]})
    assert take(world, reply(world, ref, TELCO, "declined"))
    (email,) = about(world, ref, TELCO)
    assert "Your response now is: declined." in text_of(email)
    link = f"Respond to the invitation: https://portal.example{path}"
    assert link in text_of(email)
    sent = person.get(path).form(path) | {"answer": ["tentative"]}
    page = person.follow(person.post(path, sent))
    assert "Your calendar replied differently before" in page.words
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert (mine.answer, mine.by_mail) == ("tentative", False)


def test_the_same_mail_once_more_changes_nothing(world: World, visit: Visit) -> None:
    ref = invited(world)
    one = replace(reply(world, ref, TELCO, "declined"), mail="a" * 64)
    assert take(world, one)
    assert take(world, replace(reply(world, ref, TELCO, "accepted"), mail="b" * 64))
    assert take(world, one), "handed over again, since the acknowledgement was lost"
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert mine.answer == "accepted"


def test_mail_of_programs_is_counted_and_never_answered(world: World, visit: Visit) -> None:
    ref = invited(world)
    posted(world, ref)
    for _ in range(3):
        assert not take(world, unread(world, ref, automatic=True))
    assert about(world, ref, TELCO) == []
    assert outcomes(world, ref) == [("automatic", "no-calendar")] * 3
    page = visit(ORGANISER).get(f"/dialogues/{ref}")
    assert "3 automatic e-mails, not read" in page.words


def test_a_room_answers_by_itself(world: World) -> None:
    ref = invited(world)
    assert take(world, replace(reply(world, ref, TELCO), automatic=True))
    assert about(world, ref, ORGANISER, NOW) != []


def test_a_flood_is_answered_three_times_a_day_and_then_not_written_down(world: World) -> None:
    ref = invited(world)
    posted(world, ref)
    sent = 0
    for n in range(60):
        take(world, unread(world, ref), at=NOW + n * MINUTE)
        sent += len(about(world, ref, TELCO, NOW + n * MINUTE))
    assert sent == 3
    assert len(outcomes(world, ref)) == 50
    assert take(world, reply(world, ref, TELCO), at=NOW + 2 * DAY), "a day later it counts again"


def test_nothing_is_written_to_whom_a_mail_says_it_is_from(world: World) -> None:
    ref = invited(world)
    posted(world, ref)
    forged = b"From: minister@state.example\r\nSubject: hello\r\n\r\nhello\r\n"
    one = reply_in(
        forged, [reply_address(BACK.address, reply(world, ref, TELCO).token)], "x@y.example"
    )
    assert one is not None
    take(world, one)
    emails = posted(world, ref, NOW + DAY)
    assert set(emails) == {TELCO}


def test_whoever_lost_the_seat_hears_that_the_reply_does_not_count_and_no_more(
    world: World,
) -> None:
    ref = invited(world)
    posted(world, ref)
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE)
    posted(world, ref)
    move(world, ref, local=LOCAL + DAY)
    posted(world, ref, NOW + DAY)
    assert not take(world, reply(world, ref, TELCO))
    (email,) = about(world, ref, TELCO)
    assert "not invited to the dialogue any more" in text_of(email)
    assert not re.search(r"\b2027\b", text_of(email) + html_of(email))
    assert outcomes(world, ref) == [("uninvited", "")]


def counter(world: World, ref: str, days: int = 1, **values: Any) -> Reply:
    """Another time proposed, with "tentative"."""
    row = dialogue_of(world, ref)
    assert row.starts_at is not None
    at = row.starts_at + timedelta(days=days)
    proposal = Proposal(at, at + timedelta(minutes=45))
    return replace(reply(world, ref, TELCO, "tentative", **values), proposes=proposal)


def test_moved_and_do_you_come_are_one_email(world: World) -> None:
    ref = invited(world)
    take(world, reply(world, ref, TELCO))
    posted(world, ref)
    # So near that every reminder but the last would be due at once.
    move(world, ref, local=LOCAL + timedelta(hours=3), at=NOW + DAY)
    with writing(world.sessions) as session:
        remind(session, NOW + DAY)
    starts_at = dialogue_of(world, ref).starts_at
    assert starts_at is not None
    near = starts_at - 2 * DAY
    posted(world, ref, near)
    move(world, ref, local=LOCAL + timedelta(hours=4), at=near)
    with writing(world.sessions) as session:
        remind(session, near + timedelta(seconds=2))
    (email,) = about(world, ref, TELCO, near + MINUTE)
    assert "rescheduled, please respond" in email["Subject"]


def test_a_chair_is_invited_as_one(world: World) -> None:
    ref = invited(world, TELCO, f"{COLLEAGUE}:observer")
    roles = {
        who: event(emails[-1])["ATTENDEE"].params["ROLE"]
        for who, emails in posted(world, ref).items()
        if method(emails[-1])
    }
    assert roles == {ORGANISER: "CHAIR", TELCO: "REQ-PARTICIPANT", COLLEAGUE: "OPT-PARTICIPANT"}


def test_an_answer_that_meets_a_change_of_state_comes_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taken without a trace it would be lost: neither would it count nor anybody hear of it."""
    ref = invited(world)

    def changing(*_about: object) -> None:
        raise TooLate(ANSWER)

    with monkeypatch.context() as during:
        during.setattr(incoming, "held", changing)
        with pytest.raises(TooLate):
            take(world, reply(world, ref, TELCO))
    assert outcomes(world, ref) == []
    assert take(world, reply(world, ref, TELCO))
