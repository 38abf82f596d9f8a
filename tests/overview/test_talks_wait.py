"""What of dialogues and records waits on the first page, and for nobody else."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete

from models.dialogues import Can, Dialogue, DialogueState, Slot, SlotAnswer
from models.records import Action, Point
from portal.db import reading, writing
from portal.overview import first_page
from tests.cast import NOW, World
from tests.dialogues.builders import drafted
from tests.dialogues.later_builders import DAY, comes, convened, held, recorded, side_of
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO, CLOUD, ORGANISER = "liaison@telco", "liaison@cloud", "coordinator@peace"
EVERYBODY = (TELCO, "colleague@telco", CLOUD, "liaison@bank", "mediator@peace", ORGANISER)


def waits(world: World, ref: str) -> dict[str, list[str]]:
    """The verbs of a resource on the first page of each of the cast."""
    with reading(world.sessions) as session:
        found = {
            name: [
                row.verb
                for row in first_page(session, world.actors[name], NOW).waiting
                if row.ref == ref
            ]
            for name in EVERYBODY
        }
    return {name: verbs for name, verbs in found.items() if verbs}


def test_times_wait_for_whoever_answers_until_all_are_answered(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco", "cloud")
        dialogue.state, dialogue.published_at = DialogueState.POLLING, NOW
        slots = [Slot(dialogue_id=dialogue.id, starts_at=NOW + n * DAY) for n in (5, 6)]
        session.add_all(slots)
        session.flush()
        side = side_of(session, world, dialogue, "cloud")
        by = world.actors[CLOUD].person_id
        for slot in slots:
            session.add(
                SlotAnswer(slot_id=slot.id, delegation_id=side.id, can=Can.YES, by_id=by, at=NOW)
            )
        ref, first = dialogue.ref, slots[0].id
    asked = {TELCO: ["answer-poll"], "colleague@telco": ["answer-poll"]}
    assert waits(world, ref) == asked
    with writing(world.sessions) as session:
        session.execute(delete(SlotAnswer).where(SlotAnswer.slot_id == first))
    assert waits(world, ref) == asked | {CLOUD: ["answer-poll"]}


def test_an_invitation_waits_for_its_answer_and_a_delegation_for_names(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco", "cloud")
        comes(session, world, dialogue, TELCO)
        ref = dialogue.ref
    assert waits(world, ref) == {TELCO: ["answer"], CLOUD: ["name"]}


def test_once_it_is_over_no_answer_is_awaited_but_that_it_took_place(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco", "cloud")
        comes(session, world, dialogue, TELCO)
        dialogue.starts_at, dialogue.ends_at = NOW - timedelta(hours=1), NOW + timedelta(hours=1)
        ref, key = dialogue.ref, dialogue.id
    assert waits(world, ref) == {}, "it goes on"
    with writing(world.sessions) as session:
        session.get_one(Dialogue, key).ends_at = NOW
    assert waits(world, ref) == {ORGANISER: ["hold"]}


def test_a_record_waits_for_its_writer_and_then_for_those_who_were_there(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = held(session, world, "telco", "cloud")
        comes(session, world, dialogue, TELCO, came=True)
        comes(session, world, dialogue, CLOUD, came=False)
        ref = dialogue.ref
    assert waits(world, ref) == {ORGANISER: ["draft-record"]}
    with writing(world.sessions) as session:
        record = recorded(session, world, dialogue).ref
    assert waits(world, ref) == {}
    assert waits(world, record) == {TELCO: ["object"]}


def test_an_action_waits_for_whoever_speaks_for_the_organisation(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = held(session, world, "telco", "cloud")
        record = recorded(session, world, dialogue, "adopted")
        by = world.actors[ORGANISER].person_id
        point = Point(record_id=record.id, number=1, title="P", changed_at=NOW, changed_by_id=by)
        session.add(point)
        session.flush()
        homes = world.organisations
        ends = {"organisation_id": homes["cloud"].id, "addressee_id": homes["telco"].id}
        session.add(Action(record_id=record.id, point_id=point.id, text="A", **ends))
        ref = record.ref
    assert waits(world, ref) == {CLOUD: ["take-up"]}


def test_the_page_says_in_words_what_is_to_be_done(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco", title="Talks")
        comes(session, world, dialogue, TELCO)
    page = visit(TELCO).get("/")
    assert "Respond to the invitation" in page.words
    assert "Peace Mediation · begins" in page.words
