"""A calendar answers by mail: what counts is the token, and that it answers what now stands."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from models.dialogues import Attendee, Dialogue
from models.ledger import AuditEvent
from models.stakeholders import Membership, Person
from portal import dialogues
from portal.calendars import Reply, is_token_of, reply_address, reply_in, reply_to, token_of, uid_of
from portal.db import reading, writing
from portal.store import key_from
from tests.attacks.test_e_web import all_rows
from tests.calendars.cases import BARE
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER, drafted, seats
from tests.dialogues.invitation_builders import (
    BACK,
    CLOUD,
    COLLEAGUE,
    DAY,
    OLD_SECRET,
    PAPER,
    SECRET,
    TELCO,
    answers_to,
    convened,
    dialogue_of,
    event,
    invited,
    line,
    move,
    name,
    posted,
    reply,
    take,
    token_of_email,
)


def answer_of(world: World, ref: str, who: str) -> str:
    """What somebody at the table has answered."""
    mine = line(world, ref, who)
    assert mine is not None
    return mine.answer


def refused(world: World, one: Reply, **values: Any) -> bool:
    """Whether it does not count, and no row of any table is another one afterwards."""
    before = all_rows(world, set())
    return not take(world, one, **values) and all_rows(world, set()) == before


def mail(email: Any, said: bytes, sender: bytes = b"liaison@telco.example") -> bytes:
    """What a calendar mails back to this e-mail."""
    held = event(email)
    raw = BARE.replace(b"D-26-7K3Q9M@portal.example", str(held["UID"]).encode())
    raw = raw.replace(b"SEQUENCE:2", b"SEQUENCE:%d" % held["SEQUENCE"])
    raw = raw.replace(b"20261125T081504Z", b"20261123T090100Z")
    return raw.replace(b"ACCEPTED", said).replace(b"liaison@telco.example", sender)


@pytest.mark.parametrize("answer", ["accepted", "tentative", "declined"])
def test_an_answer_is_kept_and_the_trail_says_that_it_came_by_mail(
    world: World, answer: str
) -> None:
    ref = invited(world)
    assert take(world, reply(world, ref, TELCO, answer))
    mine = line(world, ref, TELCO)
    assert mine is not None
    assert (mine.answer, mine.by_mail) == (answer, True)
    assert mine.answered_at == NOW + DAY
    with reading(world.sessions) as session:
        events = select(AuditEvent).where(AuditEvent.verb == "answer", AuditEvent.ref == ref)
        (kept,) = session.scalars(events)
    assert (kept.person_id, kept.detail) == (world.actors[TELCO].person_id, {"by": "mail"})


@pytest.mark.parametrize("sender", [b"liaison@telco.example", b"anybody@elsewhere.example"])
def test_who_the_mail_says_it_is_from_does_not_matter(world: World, sender: bytes) -> None:
    ref = invited(world)
    email = posted(world, ref)[TELCO][-1]
    one = reply_in(mail(email, b"DECLINED", sender), [answers_to(email)])
    assert one is not None
    assert take(world, one)
    mine, others = line(world, ref, TELCO), line(world, ref, ORGANISER)
    assert mine is not None
    assert others is not None
    assert (mine.answer, others.answer) == ("declined", "")


def test_the_same_answer_once_more_changes_nothing(world: World) -> None:
    ref = invited(world)
    one = reply(world, ref, TELCO)
    assert take(world, one)
    before = all_rows(world, set())
    assert take(world, one, at=NOW + 2 * DAY)
    assert all_rows(world, set()) == before
    assert take(world, reply(world, ref, TELCO, "declined")), "another answer of the same moment"


def test_forged_and_foreign_tokens_are_worth_nothing(world: World) -> None:
    ref, other = invited(world, TELCO, COLLEAGUE), invited(world, COLLEAGUE)
    good = reply(world, ref, TELCO)
    for token in ("a" * 32, good.token[:-1], good.token + "a", good.token[::-1], ""):
        assert refused(world, replace(good, token=token)), token
    assert refused(world, reply(world, ref, TELCO, key=key_from(SECRET))), "of another use"
    assert refused(world, replace(reply(world, other, TELCO), uid=good.uid)), "of another dialogue"
    assert refused(world, reply(world, ref, CLOUD)), "of somebody who is not at the table"
    assert take(world, replace(good, token=good.token.upper(), uid=good.uid.upper()))


@pytest.mark.parametrize(
    "uid",
    [
        "",
        "@",
        "D-26-ZZZZZZ@portal.example",
        "x@portal.example",
        "D-26-\0ABCDE@portal.example",
        "D" * 255,
    ],
)
def test_the_token_alone_says_whose_it_is_whatever_the_uid(world: World, uid: str) -> None:
    ref = invited(world)
    assert take(world, replace(reply(world, ref, TELCO), uid=uid))
    assert refused(world, replace(reply(world, ref, TELCO), uid=uid, token="a" * 32))


def test_the_secret_before_this_one_still_counts(world: World) -> None:
    ref = invited(world)
    both = reply_to("answers@portal.example", SECRET, OLD_SECRET)
    old = reply_to("answers@portal.example", OLD_SECRET).keys[0]
    assert refused(world, reply(world, ref, TELCO, key=old))
    assert take(world, reply(world, ref, TELCO, key=old), keys=both.keys)
    assert reply_to("answers@portal.example", SECRET, "").keys == BACK.keys


@pytest.mark.parametrize("sequence", [0, 2, 999_999_999])
def test_only_the_invitation_as_it_now_stands_is_answered(world: World, sequence: int) -> None:
    ref = invited(world)
    move(world, ref, place="Room 5")
    assert not take(world, reply(world, ref, TELCO, sequence=sequence))
    assert answer_of(world, ref, TELCO) == ""
    assert take(world, reply(world, ref, TELCO, sequence=1))


def test_the_answer_that_reaches_us_last_holds(world: World) -> None:
    ref = invited(world)
    for answer in ("accepted", "declined", "accepted", "tentative"):
        assert take(world, reply(world, ref, TELCO, answer))
        assert answer_of(world, ref, TELCO) == answer


def test_whoever_lost_her_seat_answers_no_more_and_whoever_got_it_back_does(world: World) -> None:
    ref = invited(world)
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE)
    assert refused(world, reply(world, ref, TELCO, "declined"))
    with writing(world.sessions) as session:
        name(session, world, ref, TELCO)
    assert take(world, reply(world, ref, TELCO, "declined"))


def test_the_token_of_somebody_gone_is_not_that_of_who_came_after(world: World) -> None:
    """SQLite gives the number of the last row, once deleted, to the next one."""
    with writing(world.sessions) as session:
        ref = convened(session, world, "telco", "cloud").ref
        name(session, world, ref, TELCO)
        name(session, world, ref, COLLEAGUE, by=COLLEAGUE)
    assert refused(world, reply(world, ref, TELCO, "declined"))
    mine = line(world, ref, COLLEAGUE)
    assert mine is not None
    assert mine.answer == ""


def test_whoever_left_her_organisation_or_is_suspended_answers_no_more(world: World) -> None:
    ref = invited(world, TELCO, COLLEAGUE)
    with writing(world.sessions) as session:
        gone = Membership.person_id == world.actors[TELCO].person_id
        session.execute(update(Membership).where(gone).values(ends_at=NOW))
        shut = Person.id == world.actors[COLLEAGUE].person_id
        session.execute(update(Person).where(shut).values(state="suspended"))
    assert not take(world, reply(world, ref, TELCO))
    assert not take(world, reply(world, ref, COLLEAGUE))
    assert {answer_of(world, ref, who) for who in (TELCO, COLLEAGUE)} == {""}


@pytest.mark.parametrize("state", ["draft", "polling", "held", "concluded", "cancelled"])
def test_in_no_other_state_an_answer_is_taken(world: World, state: str) -> None:
    ref = invited(world, TELCO, COLLEAGUE)
    assert take(world, reply(world, ref, COLLEAGUE))
    with writing(world.sessions) as session:
        session.execute(update(Dialogue).where(Dialogue.ref == ref).values(state=state))
    assert not take(world, reply(world, ref, TELCO))
    assert not take(world, reply(world, ref, COLLEAGUE)), "not even the same answer once more"
    assert answer_of(world, ref, TELCO) == ""


def test_an_organiser_and_a_guest_answer_by_mail_too(world: World) -> None:
    with writing(world.sessions) as session:
        ref = convened(session, world, guests=(("analyst@cert", "observer"),)).ref
    for one in (ORGANISER, "analyst@cert"):
        assert take(world, reply(world, ref, one)), one


def test_each_person_of_each_dialogue_has_an_address_of_her_own(world: World) -> None:
    ref = invited(world, TELCO, COLLEAGUE)
    emails = posted(world, ref)
    other = invited(world, TELCO)
    emails["again"] = posted(world, other)[TELCO]
    tokens = [token_of_email(emails[who][-1]) for who in (TELCO, COLLEAGUE, ORGANISER, "again")]
    assert len(set(tokens)) == 4
    for token in tokens:
        assert token is not None
        assert len(token) == 32
        assert token.isalnum()
        assert token == token.lower()
    assert tokens[0] == reply(world, ref, TELCO).token


def test_emails_about_one_dialogue_keep_the_address_whatever_happens(world: World) -> None:
    ref = invited(world)
    addresses = {answers_to(posted(world, ref)[TELCO][-1])}
    move(world, ref, NOW + DAY, place="Room 5")
    addresses |= {answers_to(one) for one in posted(world, ref, NOW + DAY)[TELCO]}
    with writing(world.sessions) as session:
        name(session, world, ref, COLLEAGUE, by=COLLEAGUE, at=NOW + 2 * DAY)
    addresses |= {answers_to(one) for one in posted(world, ref, NOW + 2 * DAY)[TELCO]}
    with writing(world.sessions) as session:
        name(session, world, ref, TELCO, at=NOW + 3 * DAY)
    addresses |= {answers_to(one) for one in posted(world, ref, NOW + 3 * DAY)[TELCO]}
    with writing(world.sessions) as session:
        actor, at = world.actors[ORGANISER], NOW + 4 * DAY
        dialogues.cancel(session, actor, ref, why="Ill health.", now=at)
    addresses |= {answers_to(one) for one in posted(world, ref, NOW + 4 * DAY)[TELCO]}
    assert addresses == {reply_address(BACK.address, reply(world, ref, TELCO).token)}


def test_what_stands_in_the_database_makes_no_token(world: World) -> None:
    ref = invited(world)
    token = reply(world, ref, TELCO).token
    posted(world, ref)
    assert token not in repr(all_rows(world, set()))
    assert token not in repr(BACK) + repr(PAPER)


def test_a_token_hangs_on_key_meeting_and_person_alone() -> None:
    key, other = (reply_to("answers@portal.example", one).keys[0] for one in (SECRET, OLD_SECRET))
    uid = uid_of("D-26-7K3Q9M", "https://Portal.Example:8443/")
    assert uid == "d-26-7k3q9m@portal.example"
    token = token_of(key, uid, 7)
    assert token == token_of(key, uid, 7)
    assert token not in {
        token_of(other, uid, 7),
        token_of(key, uid + "x", 7),
        token_of(key, uid, 77),
    }
    assert is_token_of((other, key), uid, 7, token.upper())
    assert not is_token_of((), uid, 7, token)
    assert not is_token_of((key,), uid, 7, "é" * 32)


def test_seats_alone_do_not_answer(world: World) -> None:
    """Whoever answers for a delegation has no token: she is nobody who comes."""
    with writing(world.sessions) as session:
        row = drafted(session, world, "telco")
        table = seats(world, "telco", "cloud")
        actor = world.actors[ORGANISER]
        dialogues.seat(session, actor, row.ref, table=table, version=row.version, now=NOW)
        ref = row.ref
        session.execute(update(Dialogue).where(Dialogue.ref == ref).values(state="convened"))
        people = session.scalars(select(Attendee.person_id).where(Attendee.dialogue_id == row.id))
        assert set(people) == {actor.person_id}
    assert refused(world, reply(world, ref, TELCO))
    assert dialogue_of(world, ref).sequence == 0
