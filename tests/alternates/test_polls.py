"""Answering a poll for whoever is named for a delegation: by the page, and by the signed link."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Can, Dialogue, SlotAnswer
from models.ledger import OutboxEmail
from portal import alternates, dialogues
from portal.db import reading, writing
from portal.errors import NotFound, PortalError
from portal.on_behalf import acting_for, stand_in
from portal.overview import first_page
from portal.reminders import remind
from portal.rules import DIALOGUES
from portal.rules.verbs import ANSWER_POLL
from tests.alternates.builders import (
    AWAY,
    STANDS_IN,
    accepted,
    in_force,
    leaves,
    no_speaker,
)
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.poll_builders import named, polled, side, slots
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def asked(session: Session, world: World) -> Dialogue:
    """The poll of a dialogue for which Telco has named whoever is away as its contact."""
    no_speaker(session, world)
    return polled(session, world, f"telco={AWAY}", "cloud")


def say(session: Session, world: World, dialogue: Dialogue, by: str, home: str = "telco") -> None:
    actor = stand_in(session, world.actors[STANDS_IN], by, NOW)
    said = {slot.id: Can.YES for slot in slots(session, dialogue)}
    key = side(session, world, dialogue, home).id
    dialogues.answer_poll(session, actor, dialogue.ref, side=key, said=said, now=NOW)


def to_do(world: World, who: str) -> list[tuple[str, str]]:
    with reading(world.sessions) as session:
        page = first_page(session, world.actors[who], NOW)
        return [(row.ref, row.whom) for row in page.waiting if row.verb == ANSWER_POLL]


def test_the_answer_is_of_the_delegation_and_says_by_whom(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        dialogue = asked(session, world)
        say(session, world, dialogue, by)
        rows = session.scalars(select(SlotAnswer)).all()
        assert {(row.person_id, row.by_id) for row in rows} == {
            (None, world.actors[STANDS_IN].person_id)
        }
        with pytest.raises(NotFound):
            say(session, world, dialogue, by, "cloud")


def test_what_they_speak_for_by_a_role_is_not_passed_on(world: World) -> None:
    in_force(world)
    with writing(world.sessions) as session:
        no_speaker(session, world)
        dialogue = polled(session, world, "telco", "cloud")
        actor = world.actors[STANDS_IN]
        assert acting_for(session, actor, DIALOGUES, dialogue.id, NOW) == []
        ref = dialogue.ref
    assert to_do(world, AWAY) == [(ref, "")]
    assert to_do(world, STANDS_IN) == []


def test_where_each_person_is_asked_they_answer_as_one_of_them(world: World) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        no_speaker(session, world)
        dialogue = polled(session, world, "telco:2", "cloud", by_person=True)
        named(session, world, dialogue, AWAY)
        say(session, world, dialogue, by)
        rows = session.scalars(select(SlotAnswer)).all()
        assert {row.person_id for row in rows} == {world.actors[AWAY].person_id}


def test_it_waits_for_the_alternate_and_is_reminded_there(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = asked(session, world)
        ref, until = dialogue.ref, dialogue.poll_until_at
    assert until is not None
    assert to_do(world, AWAY) == [(ref, "")]
    with writing(world.sessions) as session:
        accepted(session, world, days=300)
    assert to_do(world, AWAY) == []
    assert to_do(world, STANDS_IN) == [(ref, "Telco liaison")]
    with writing(world.sessions) as session:
        remind(session, until)
        rows = session.scalars(
            select(OutboxEmail).where(OutboxEmail.template == "answer-poll-soon")
        ).all()
        people = {(row.person_id, row.for_id) for row in rows}
    away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
    assert (stands_in, away) in people
    assert (away, None) not in people


def linked(world: World) -> tuple[str, str]:
    """The keys that whoever is away, and their alternate, got by the e-mail of the poll."""
    with reading(world.sessions) as session:
        rows = session.scalars(select(OutboxEmail).where(OutboxEmail.template == "poll")).all()
        keys = {(row.person_id, row.for_id): row.secret for row in rows}
    away, stands_in = world.actors[AWAY].person_id, world.actors[STANDS_IN].person_id
    return str(keys[away, None]), str(keys[stands_in, away])


def ended(world: World, by: str) -> None:
    with writing(world.sessions) as session:
        alternates.end(session, world.actors[AWAY], by, NOW)


def left(world: World, _by: str) -> None:
    leaves(world, AWAY)


@pytest.mark.parametrize("ending", [ended, left])
def test_the_link_is_answered_for_them_and_never_after(
    world: World, ending: Callable[[World, str], None]
) -> None:
    by = in_force(world)
    with writing(world.sessions) as session:
        dialogue = asked(session, world)
        key = dialogue.id
    _own, theirs = linked(world)
    with writing(world.sessions) as session:
        actor, ref = dialogues.linked(session, theirs, NOW)
        assert (actor.person_id, actor.for_id) == (
            world.actors[STANDS_IN].person_id,
            world.actors[AWAY].person_id,
        )
        dialogue = session.get_one(Dialogue, key)
        said = {slot.id: Can.NO for slot in slots(session, dialogue)}
        (respondent,) = dialogues.asked(session, actor, ref, NOW).respondents
        telco = respondent.key
        dialogues.answer_poll(session, actor, ref, side=telco, said=said, by_link=True, now=NOW)
    ending(world, by)
    with writing(world.sessions) as session:
        with pytest.raises(NotFound):
            dialogues.linked(session, theirs, NOW)
        with pytest.raises(PortalError):
            dialogues.answer_poll(session, actor, ref, side=telco, said=said, now=NOW)


def test_the_pages_say_for_whom(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        by = accepted(session, world, days=300).ref
        ref = asked(session, world).ref
    stands_in = visit(STANDS_IN)
    assert "Give your availability for Telco liaison" in stands_in.get("/").words
    assert "Respond for Telco liaison" in stands_in.get(f"/dialogues/{ref}").words
    page = stands_in.get(f"/dialogues/{ref}/answer-poll?for={by}")
    assert "Response for Telco liaison" in page.words
    values = {name: found[0] for name, found in page.form().items()}
    assert values["for"] == by
    answers = dict.fromkeys(field_names(page), "yes")
    answer = stands_in.post(f"/dialogues/{ref}/answer-poll", values | answers)
    stands_in.follow(answer)
    said = visit(ORGANISER).get("/").words
    assert "Telco colleague for Telco liaison answered the availability poll" in said
    own, theirs = linked(world)
    assert "as their alternate" in stands_in.get(f"/dialogues/answer-poll/{theirs}").words
    assert "alternate" not in visit(AWAY).get(f"/dialogues/answer-poll/{own}").words
    visit(AWAY).post(f"/alternates/{by}/end")
    assert stands_in.get(f"/dialogues/answer-poll/{theirs}").status == 404
    assert stands_in.get(f"/dialogues/{ref}/answer-poll?for={by}").status in (403, 409)
    assert "Respond" not in stands_in.get(f"/dialogues/{ref}").words


def field_names(page: Answer) -> set[str]:
    return {str(tag["name"]) for tag in page.page.select("input[type=radio]")}
