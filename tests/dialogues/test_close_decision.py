"""Answers are ended first, seen by all, and then the chair says what was decided."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from models.dialogues import Dialogue
from models.records import Decision
from portal import dialogues
from portal.db import reading, writing
from portal.dialogues import Outcome
from portal.errors import Invalid, TooLate
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.dialogues.decision_builders import CLOUD, TELCO, answered, asked, closed, seated
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def row(world: World, decision: Decision) -> Decision:
    with reading(world.sessions) as session:
        return session.get_one(Decision, decision.id)


@pytest.mark.parametrize(("said", "carried"), [("yes", True), ("no", False)])
def test_the_chair_says_whether_it_carried_all_the_same(
    world: World, visit: Visit, said: str, carried: bool
) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue, hidden=True)
        answered(session, world, dialogue, decision, "telco")
        answered(session, world, dialogue, decision, "cloud", "block", "Not before May")
    organiser = visit(ORGANISER)
    address = f"/dialogues/{dialogue.ref}/close-decision/{decision.id}"
    first = organiser.get(address)
    assert "2 of 2 delegations have responded." in first.words
    assert "objection" not in first.words
    second = organiser.follow(organiser.post(address, first.form()))
    assert "There is an objection or a block." in second.words
    assert "Cloud : Not before May" in second.words
    form = second.form() | {"outcome": ["We meet in May."], "carried": [said]}
    page = organiser.follow(organiser.post(address, form | {"review_on": ["2027-03-27"]}))
    assert "We meet in May." in page.words
    kept = row(world, decision)
    assert (kept.carried, kept.outcome, kept.review_on) == (
        carried, "We meet in May.", date(2027, 3, 27),
    )  # fmt: skip
    # The day ends in the zone of the dialogue, Europe/Helsinki.
    assert kept.review_at == datetime(2027, 3, 27, 22, tzinfo=UTC)


def test_no_warning_where_nobody_is_against(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
        answered(session, world, dialogue, decision, "telco", "stand-aside")
        dialogues.close_decision(
            session, world.actors[ORGANISER], dialogue.ref, decision.id, now=NOW
        )
    page = visit(ORGANISER).get(f"/dialogues/{dialogue.ref}/close-decision/{decision.id}")
    assert "Stand aside: 1" in page.words
    assert "objection" not in page.words


def test_hidden_answers_are_not_passed_over(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue, hidden=True)
        with pytest.raises(Invalid, match="outcome"):
            dialogues.close_decision(
                session, world.actors[ORGANISER], dialogue.ref, decision.id,
                outcome=Outcome("Done.", True), now=NOW,
            )  # fmt: skip


def test_open_answers_may_be_ended_and_decided_in_one_act(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
        dialogues.close_decision(
            session, world.actors[ORGANISER], dialogue.ref, decision.id,
            outcome=Outcome(" Done. ", True), now=NOW,
        )  # fmt: skip
    kept = row(world, decision)
    assert (kept.outcome, kept.carried, kept.closed_at) == ("Done.", True, NOW)


def test_without_words_no_outcome_is_kept(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
    organiser = visit(ORGANISER)
    address = f"/dialogues/{dialogue.ref}/close-decision/{decision.id}"
    organiser.post(address)
    answer = organiser.post(address, {"outcome": " ", "carried": "yes"})
    assert (answer.status, set(answer.errors())) == (422, {"outcome"})
    answer = organiser.post(address, {"outcome": "We do."})
    assert (answer.status, set(answer.errors())) == (422, {"carried"})
    assert "no outcome yet" in visit(CLOUD).get(f"/dialogues/{dialogue.ref}").words


def corrected(world: World, dialogue: Dialogue, decision: Decision, words: str, seen: str) -> None:
    with writing(world.sessions) as session:
        dialogues.close_decision(
            session, world.actors[ORGANISER], dialogue.ref, decision.id,
            outcome=Outcome(words, False), seen=seen, now=NOW,
        )  # fmt: skip


def test_an_outcome_is_said_in_other_words_before_its_record_goes_round(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
        closed(session, world, dialogue, decision)
    organiser = visit(ORGANISER)
    page = organiser.get(f"/dialogues/{dialogue.ref}")
    address = f"/dialogues/{dialogue.ref}/close-decision/{decision.id}"
    assert address in page.text
    form = organiser.get(address).form()
    assert form["outcome"] == ["So be it."]
    form |= {"outcome": ["So be it,\nin May."], "carried": ["no"]}
    assert "So be it, in May." in organiser.follow(organiser.post(address, form)).words
    kept = row(world, decision)
    assert (kept.carried, kept.review_on, kept.review_at) == (False, None, None)


def test_of_two_who_say_it_otherwise_the_second_is_told(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
        closed(session, world, dialogue, decision)
    corrected(world, dialogue, decision, "Line by\r\nline.", "So be it.")
    for seen in ("", "So be it."):
        with pytest.raises(TooLate):
            corrected(world, dialogue, decision, "Otherwise.", seen)
    corrected(world, dialogue, decision, "Never.", "Line by\nline.")
    assert row(world, decision).outcome == "Never."


def test_delegations_close_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world)
        decision = asked(session, world, dialogue)
    assert (
        visit(TELCO).post(f"/dialogues/{dialogue.ref}/close-decision/{decision.id}").status == 403
    )


def test_under_chatham_house_counts_and_reasons_are_told_without_a_name(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        dialogue = seated(session, world, rule="chatham")
        decision = asked(session, world, dialogue)
        answered(session, world, dialogue, decision, "telco")
        answered(session, world, dialogue, decision, "cloud", "object", "It costs too much")
        closed(session, world, dialogue, decision)
    page = visit(ORGANISER).get(f"/dialogues/{dialogue.ref}")
    section = page.page.select_one("#decisions")
    assert section is not None
    words = " ".join(section.get_text(" ").split())
    assert "Agree: 1" in words
    assert "Object: 1 It costs too much" in words
    assert "Telco" not in words
    assert "Cloud" not in words
