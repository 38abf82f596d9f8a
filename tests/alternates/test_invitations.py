"""Answering an invitation for somebody: on the page, in lists and in e-mails, and ended at once."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Confidentiality
from models.ledger import AuditEvent, OutboxEmail
from models.training import Act, Requirement
from models.vocabulary import Tlp
from portal import alternates, dialogues
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused
from portal.on_behalf import stand_in
from portal.overview import first_page
from portal.reminders import remind
from portal.rules.verbs import ANSWER
from tests.alternates.builders import AWAY, OTHER, STANDS_IN, accepted, in_force, leaves, no_speaker
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.invitation_builders import (
    DAY,
    convened,
    dialogue_of,
    entry,
    invited,
    line,
    move,
    name,
    posted,
    reply,
    take,
)
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def respond(
    session: Session,
    world: World,
    ref: str,
    by: str,
    said: str = "declined",
) -> None:
    actor = stand_in(session, world.actors[STANDS_IN], by, NOW)
    dialogues.answer(session, actor, ref, said=said, sequence=0, now=NOW)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def for_another(mails: list[EmailMessage]) -> list[str]:
    return [text for text in map(text_of, mails) if "On behalf of: Telco liaison" in text]


def to_do(world: World, who: str) -> list[tuple[str, str]]:
    with reading(world.sessions) as session:
        page = first_page(session, world.actors[who], NOW)
        return [(row.ref, row.whom) for row in page.waiting if row.verb == ANSWER]


def test_the_seat_is_of_whoever_is_away_and_says_by_whom(world: World) -> None:
    ref, by = invited(world, AWAY), in_force(world)
    with writing(world.sessions) as session:
        respond(session, world, ref, by)
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == ANSWER)).one()
        away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
        assert (event.person_id, event.for_id) == (stands_in, away)
    row = line(world, ref, AWAY)
    assert row is not None
    assert (row.answer, row.by_id) == ("declined", stands_in)
    assert line(world, ref, STANDS_IN) is None


def test_what_they_say_themselves_later_is_theirs(world: World) -> None:
    ref, by = invited(world, AWAY), in_force(world)
    with writing(world.sessions) as session:
        respond(session, world, ref, by)
    assert take(world, reply(world, ref, AWAY))
    row = line(world, ref, AWAY)
    assert row is not None
    assert (row.answer, row.by_id, row.by_mail) == ("accepted", None, True)


def test_another_time_asks_anew(world: World) -> None:
    ref, by = invited(world, AWAY), in_force(world)
    with writing(world.sessions) as session:
        respond(session, world, ref, by)
    move(world, ref, minutes=60)
    row = line(world, ref, AWAY)
    assert row is not None
    assert (row.answer, row.by_id) == ("", None)


def test_not_where_the_alternate_does_not_read_it(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        red = convened(
            session, world, f"telco:2={AWAY}", tlp=Tlp.RED, rule=Confidentiality.LIMITED
        ).ref
        name(session, world, red, AWAY)
    with writing(world.sessions) as session, pytest.raises(NotFound):
        respond(session, world, red, by)


def test_what_a_role_gives_stays_with_whoever_has_it(world: World) -> None:
    ref, by = invited(world, AWAY), in_force(world)
    with writing(world.sessions) as session:
        actor = stand_in(session, world.actors[STANDS_IN], by, NOW)
        with pytest.raises(Refused):
            dialogues.cancel(session, actor, ref, why="x", now=NOW)


def test_under_the_chatham_house_rule_they_sit_at_the_table_themselves(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        no_speaker(session, world)
    ref = invited(world, AWAY, rule=Confidentiality.CHATHAM)
    with writing(world.sessions) as session, pytest.raises(Refused):
        respond(session, world, ref, by)
    assert to_do(world, STANDS_IN) == []
    assert to_do(world, AWAY) == [(ref, "")]
    both = invited(world, AWAY, STANDS_IN, rule=Confidentiality.CHATHAM)
    with writing(world.sessions) as session:
        respond(session, world, both, by)


def test_training_is_required_of_whoever_comes(world: World) -> None:
    ref, by = invited(world, AWAY), in_force(world)
    with writing(world.sessions) as session:
        steward = world.actors["steward@portal"].person_id
        session.add(Requirement(unit="phishing", act=Act.TAKE_SEAT, by_id=steward, at=NOW))
    with writing(world.sessions) as session, pytest.raises(Invalid):
        respond(session, world, ref, by, "accepted")
    with writing(world.sessions) as session:
        respond(session, world, ref, by)


def test_it_waits_for_the_alternate_and_their_reminder_says_for_whom(world: World) -> None:
    ref = invited(world, AWAY, STANDS_IN)
    by = in_force(world)
    assert to_do(world, AWAY) == []
    assert sorted(to_do(world, STANDS_IN)) == [(ref, ""), (ref, "Telco liaison")]
    starts_at = dialogue_of(world, ref).starts_at
    assert starts_at is not None
    soon = starts_at - 3 * DAY
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], by, NOW)
        accepted(session, world, at=soon - DAY, days=20)
    with writing(world.sessions) as session:
        remind(session, soon)
        rows = session.scalars(select(OutboxEmail).where(OutboxEmail.template == "rsvp-soon")).all()
        away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
        assert {(row.person_id, row.for_id) for row in rows if row.person_id == stands_in} == {
            (stands_in, None),
            (stands_in, away),
        }
        assert away not in {row.person_id for row in rows}
    mails = posted(world, ref, soon)[STANDS_IN]
    asked = for_another(mails)
    assert len(asked) == 1
    assert f"/dialogues/{ref}/answer?for=B-" in asked[0]


def test_the_invitation_reaches_both_and_one_calendar(world: World) -> None:
    in_force(world)
    ref = invited(world, AWAY)
    mails = posted(world, ref)
    calendars = [entry(mail) for mail in mails[AWAY]]
    assert [one for one in calendars if one is not None], "whoever comes keeps their calendar"
    assert [entry(mail) for mail in mails[STANDS_IN]] == [None, None]
    (text,) = for_another(mails[STANDS_IN])
    assert "Telco liaison, for whom you act, is invited" in text
    assert "because you are the alternate of Telco liaison" in text


def ended(world: World, by: str) -> None:
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], by, NOW)


def left(world: World, _by: str) -> None:
    leaves(world, AWAY)


@pytest.mark.parametrize("ending", [ended, left])
def test_what_has_ended_is_nowhere(world: World, ending: Callable[[World, str], None]) -> None:
    by = in_force(world)
    ref = invited(world, AWAY)
    assert to_do(world, STANDS_IN) == [(ref, "Telco liaison")]
    with reading(world.sessions) as session:
        stale = stand_in(session, world.actors[STANDS_IN], by, NOW)
    ending(world, by)
    assert to_do(world, STANDS_IN) == []
    mails = posted(world, ref).get(STANDS_IN, [])
    assert for_another(mails) == [], "what waits to be sent never goes"
    with writing(world.sessions) as session, pytest.raises(Refused):
        dialogues.answer(session, stale, ref, said="accepted", sequence=0, now=NOW)


def test_the_pages_say_for_whom(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        by = accepted(session, world, days=300).ref
        no_speaker(session, world)
    ref = invited(world, AWAY)
    move(world, ref, place="The hidden room", link="https://meet.example/secret")
    sequence = str(dialogue_of(world, ref).sequence)
    stands_in = visit(STANDS_IN)
    assert "Respond to the invitation for Telco liaison" in stands_in.get("/").words
    page = stands_in.get(f"/dialogues/{ref}")
    assert "Respond for Telco liaison" in page.words
    form = stands_in.get(f"/dialogues/{ref}/answer?for={by}")
    assert "Response for Telco liaison" in form.words
    assert "hidden room" not in form.text
    assert "secret" not in form.text
    said = {"answer": "tentative", "version": sequence}
    stands_in.follow(stands_in.post(f"/dialogues/{ref}/answer", said | {"for": by}))
    assert "Telco colleague for Telco liaison" in visit(ORGANISER).get(f"/dialogues/{ref}").words
    assert "by Telco colleague, for you" in visit(AWAY).get(f"/dialogues/{ref}").words
    assert "Telco colleague for Telco liaison responded" in visit(ORGANISER).get("/").words
    assert stands_in.post(f"/dialogues/{ref}/answer", said).status == 403
    other = visit(OTHER)
    assert other.get(f"/dialogues/{ref}/answer?for={by}").status == 404
    visit(AWAY).post(f"/alternates/{by}/end")
    assert "Respond for" not in stands_in.get(f"/dialogues/{ref}").words
    assert stands_in.get(f"/dialogues/{ref}/answer?for={by}").status in (403, 409)
