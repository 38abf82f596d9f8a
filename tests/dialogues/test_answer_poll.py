"""Sides answer to the times that are offered: as one, or each of their people."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, update

from models.dialogues import Attendee, Delegation, Dialogue, SlotAnswer
from models.stakeholders import Membership
from portal import dialogues
from portal.access import may
from portal.db import reading, writing
from portal.errors import NotFound
from portal.rules import DIALOGUES
from portal.rules.verbs import ANSWER_POLL
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.poll_builders import (
    BANK,
    CLOUD,
    COLLEAGUE,
    DAY,
    FIRST,
    TELCO,
    answered,
    named,
    polled,
    side,
    slots,
)
from tests.pages import Answer, Visitor

Come = Callable[..., Visitor]
LATE = datetime(2027, 1, 30, 9, 0, tzinfo=UTC)


def kept(world: World, ref: str) -> list[tuple[int, int | None, str]]:
    """The answers to the poll in the order of the times: side, person, what was said."""
    with reading(world.sessions) as session:
        dialogue = session.scalars(select(Dialogue).where(Dialogue.ref == ref)).one()
        place = {slot.id: n for n, slot in enumerate(slots(session, dialogue))}
        rows = [row for row in session.scalars(select(SlotAnswer)) if row.slot_id in place]
    rows.sort(key=lambda row: (row.delegation_id, row.person_id or 0, place[row.slot_id]))
    return [(row.delegation_id, row.person_id, row.can) for row in rows]


def choices(page: Answer, *said: str) -> dict[str, list[str]]:
    """The form of the page with these answers, soonest first; "" leaves one out."""
    names = [str(tag["id"]) for tag in page.page.select("fieldset.go-choice")]
    chosen = {name: [can] for name, can in zip(names, said, strict=True) if can}
    return page.form() | chosen


def test_a_hand_answers_for_the_side_and_may_say_it_anew(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco").id
    hand, path = come(TELCO), f"/dialogues/{ref}/answer-poll"
    assert "your response is missing" in hand.get(f"/dialogues/{ref}").words
    page = hand.get(path)
    assert "You respond for the whole delegation." in page.words
    hand.follow(hand.post(path, choices(page, "yes", "if-need-be", "no")))
    assert kept(world, ref) == [
        (telco, None, "yes"), (telco, None, "if-need-be"), (telco, None, "no"),
    ]  # fmt: skip
    colleague = come(COLLEAGUE)
    page = colleague.get(path)
    assert page.form() | choices(page, "yes", "if-need-be", "no") == page.form(), "what stands"
    read = colleague.follow(colleague.post(path, choices(page, "no", "no", "yes")))
    assert "you have responded to all times" in read.words
    assert [can for _side, _person, can in kept(world, ref)] == ["no", "no", "yes"]


def test_a_time_without_an_answer_is_named_and_the_others_stay(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        ref, names = dialogue.ref, [f"can_{slot.id}" for slot in slots(session, dialogue)]
    hand, path = come(TELCO), f"/dialogues/{ref}/answer-poll"
    answer = hand.post(path, choices(hand.get(path), "yes", "", "no"))
    assert answer.status == 422
    assert answer.errors() == {names[1]: "Choose yes, if need be, or no."}
    again = answer.form()
    assert (again[names[0]], again[names[2]]) == (["yes"], ["no"])
    answer = hand.post(path, again | {names[1]: ["perhaps"]})
    assert set(answer.errors()) == {names[1]}
    assert kept(world, ref) == []


def test_times_are_shown_to_the_reader_and_as_they_were_planned(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world, "telco", "bank", local=(datetime(2027, 2, 2, 22, 0),)).ref  # noqa: DTZ001
    abroad = come(BANK).get(f"/dialogues/{ref}/answer-poll").words
    assert "Your time (Asia/Singapore)" in abroad
    assert "Organisers' time (Europe/Helsinki)" in abroad
    assert "Wed 3 Feb 2027, 04:00 UTC+08:00 (at night for you)" in abroad
    assert "Tue 2 Feb 2027, 22:00 EET" in abroad
    at_home = come(TELCO).get(f"/dialogues/{ref}/answer-poll").words
    assert "Organisers' time" not in at_home


def test_late_is_said_and_still_taken_until_the_date_is_fixed(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        ref = polled(session, world).ref
    hand, path = come(TELCO, LATE), f"/dialogues/{ref}/answer-poll"
    page = hand.get(path)
    assert "Responses were due by end of" in page.words
    assert "overdue by" in page.words
    read = hand.follow(hand.post(path, choices(page, "yes", "yes", "yes")))
    assert "although the poll's due date has passed" in read.words
    with writing(world.sessions) as session:
        slot = slots(session, session.scalars(select(Dialogue)).one())[0].id
        picked = dialogues.Picked(slot=slot, why="Cloud is silent.")
        dialogues.convene(session, world.actors[ORGANISER], ref, picked=picked, now=LATE)
    assert hand.post(path, choices(page, "no", "no", "no")).status == 409


def test_times_that_have_passed_ask_nothing_and_keep_what_was_said(
    world: World, come: Come
) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        answered(session, world, dialogue, TELCO, "yes", "no", "no")
    after = FIRST.replace(tzinfo=UTC)
    hand, path = come(TELCO, after), f"/dialogues/{dialogue.ref}/answer-poll"
    page = hand.get(path)
    hand.follow(hand.post(path, choices(page, "yes", "yes")))
    assert [can for _side, _person, can in kept(world, dialogue.ref)] == ["yes", "yes", "yes"]
    page = come(TELCO, after + 9 * DAY).get(path)
    assert "All proposed times have passed" in page.words


def test_whoever_answers_for_two_sides_chooses_one_first(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        ref = dialogue.ref
        telco, cloud = (side(session, world, dialogue, home).id for home in ("telco", "cloud"))
        both = Membership(
            organisation_id=world.organisations["cloud"].id,
            person_id=world.actors[TELCO].person_id, role="liaison", begins_at=NOW - DAY,
        )  # fmt: skip
        session.add(both)
    hand, path = come(TELCO), f"/dialogues/{ref}/answer-poll"
    page = hand.get(path)
    assert "Choose a delegation" in page.words
    links = [str(link["href"]) for link in page.page.select("main .go-rows a")]
    assert links == [f"{path}?side={cloud}", f"{path}?side={telco}"]
    page = hand.get(links[0])
    assert page.form()["side"] == [str(cloud)]
    hand.follow(hand.post(path, choices(page, "yes", "no", "no")))
    assert {key for key, _person, _can in kept(world, ref)} == {cloud}
    assert come(COLLEAGUE).get(links[0]).status == 404


@pytest.mark.parametrize("sent", ["99999999999999999999", "cloud"])
def test_a_side_that_is_not_hers_is_not_there(world: World, come: Come, sent: str) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        ref, cloud = dialogue.ref, side(session, world, dialogue, "cloud").id
    wanted = str(cloud) if sent == "cloud" else sent
    assert come(TELCO).get(f"/dialogues/{ref}/answer-poll?side={wanted}").status == 404
    with pytest.raises(NotFound), writing(world.sessions) as session:
        answered(session, world, dialogue, TELCO, "yes", "yes", "yes", home="cloud")


def test_named_people_answer_for_themselves(world: World, come: Come) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco:2", by_person=True)
        named(session, world, dialogue, TELCO, COLLEAGUE)
        ref, telco = dialogue.ref, side(session, world, dialogue, "telco").id
    mine, other = (world.actors[name].person_id for name in (TELCO, COLLEAGUE))
    path = f"/dialogues/{ref}/answer-poll"
    for name, said in ((TELCO, "yes"), (COLLEAGUE, "no")):
        visitor = come(name)
        page = visitor.get(path)
        assert "You respond for yourself" in page.words
        visitor.follow(visitor.post(path, choices(page, said, said, said)))
    assert sorted(kept(world, ref)) == sorted(
        [(telco, mine, "yes")] * 3 + [(telco, other, "no")] * 3
    )


def test_a_hand_speaks_for_all_until_her_people_do(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco:2", by_person=True)
        answered(session, world, dialogue, TELCO, "yes", "yes", "yes")
        named(session, world, dialogue, TELCO, COLLEAGUE)
        poll = dialogues.answering(session, dialogue, "UTC", NOW)
        assert poll.rows[0].cells == ["yes"] * 3
        answered(session, world, dialogue, COLLEAGUE, "no", "if-need-be", "yes")
        poll = dialogues.answering(session, dialogue, "UTC", NOW)
        assert poll.rows[0].cells == ["no", "if_need_be", "yes"]
        session.execute(delete(Attendee).where(Attendee.delegation_id.is_not(None)))
        poll = dialogues.answering(session, dialogue, "UTC", NOW)
        assert poll.rows[0].cells == ["yes"] * 3, "who is not sent any more does not count"


def test_somebody_who_changes_sides_has_one_answer(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world, "telco", "cloud", by_person=True)
        named(session, world, dialogue, TELCO)
        answered(session, world, dialogue, TELCO, "yes", "yes", "yes")
        cloud = side(session, world, dialogue, "cloud").id
        row = session.scalars(select(Attendee).where(Attendee.delegation_id.is_not(None))).one()
        row.delegation_id = cloud
        session.execute(
            update(Membership)
            .where(Membership.person_id == row.person_id)
            .values(organisation_id=world.organisations["cloud"].id, role="observer")
        )
        session.flush()
        answered(session, world, dialogue, TELCO, "no", "no", "no", home="cloud")
    assert kept(world, dialogue.ref) == [(cloud, world.actors[TELCO].person_id, "no")] * 3


def test_where_delegations_are_asked_whoever_only_comes_does_not_answer(world: World) -> None:
    with writing(world.sessions) as session:
        observer = update(Membership).where(
            Membership.person_id == world.actors[COLLEAGUE].person_id
        )
        session.execute(observer.values(role="observer"))
        asked = {}
        for by_person in (False, True):
            dialogue = polled(session, world, by_person=by_person)
            named(session, world, dialogue, COLLEAGUE)
            actor = world.actors[COLLEAGUE]
            asked[by_person] = may(session, actor, ANSWER_POLL, DIALOGUES, dialogue.id, NOW)
    assert asked == {False: False, True: True}


def test_answers_of_a_side_go_with_it(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = polled(session, world)
        answered(session, world, dialogue, CLOUD, "yes", "yes", "yes")
        session.refresh(dialogue)
        table = dialogues.table_of(session, dialogue)
        left = tuple(
            sends for sends in table.delegations
            if sends.organisation_id != world.organisations["cloud"].id
        )  # fmt: skip
        dialogues.seat(
            session, world.actors[ORGANISER], dialogue.ref,
            table=dialogues.Table(table.organisers, left, table.guests),
            version=dialogue.version, now=NOW,
        )  # fmt: skip
        assert session.scalars(select(SlotAnswer)).all() == []
        assert len(session.scalars(select(Delegation)).all()) == 1
