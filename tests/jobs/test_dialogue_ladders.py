"""The ladders of dialogues and records: who is reminded of what, once, and who is not."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.agenda import Document, Sight
from models.dialogues import Can, Dialogue, DialogueState, Slot, SlotAnswer
from models.ledger import OutboxEmail
from models.records import Action, Decision, Point
from models.stakeholders import Person
from portal import dialogues, records
from portal.access import Actor
from portal.db import reading, writing
from portal.ledger import audit
from portal.overview import first_page
from portal.reminders import remind
from portal.rules import DIALOGUES, READ
from tests.cast import NOW, World
from tests.dialogues.builders import drafted
from tests.dialogues.later_builders import DAY, HOURS, comes, convened, held, recorded, side_of
from tests.records.circulated_builders import circulated

TELCO, CLOUD, ORGANISER = "liaison@telco", "liaison@cloud", "coordinator@peace"
SECOND = timedelta(seconds=1)


def notified(world: World, *times: datetime) -> dict[str, Counter[str]]:
    """The reminders that looking at these times has written, by person."""
    for at in times:
        with writing(world.sessions) as session:
            remind(session, at)
    with reading(world.sessions) as session:
        rows = session.execute(
            select(Person.email, OutboxEmail.template)
            .join(Person, Person.id == OutboxEmail.person_id)
            .where(
                OutboxEmail.by_id.is_(None), OutboxEmail.resource_type.in_(("dialogues", "records"))
            )
        )
        found: dict[str, Counter[str]] = {}
        for person, template in rows:
            found.setdefault(person.removesuffix(".example"), Counter())[template] += 1
        return found


def test_times_are_asked_about_until_all_are_answered(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = drafted(session, world, "telco", "cloud")
        dialogue.state, dialogue.published_at = DialogueState.POLLING, NOW
        dialogue.poll_until_at = NOW + 10 * DAY
        slot = Slot(dialogue_id=dialogue.id, starts_at=NOW + 30 * DAY)
        session.add(slot)
        session.flush()
        side = side_of(session, world, dialogue, "cloud")
        by = world.actors[CLOUD].person_id
        answer = {"can": Can.YES, "by_id": by, "at": NOW}
        session.add(SlotAnswer(slot_id=slot.id, delegation_id=side.id, **answer))
    once = {name: Counter({"answer-poll-soon": 1}) for name in (TELCO, "colleague@telco")}
    assert notified(world, NOW + 3 * DAY - SECOND) == {}
    assert notified(world, NOW + 3 * DAY, NOW + 4 * DAY) == once


def test_who_has_not_answered_is_asked_until_the_answer_comes(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco", "cloud")
        silent = comes(session, world, dialogue, TELCO)
        comes(session, world, dialogue, CLOUD, answer="declined")
        key = silent.id
    assert notified(world, NOW + 5 * DAY) == {}
    at = NOW + 13 * DAY + SECOND
    assert notified(world, at, at + SECOND) == {TELCO: Counter({"rsvp-soon": 1})}
    with writing(world.sessions) as session:
        session.get_one(type(silent), key).answer = "accepted"
    assert notified(world, NOW + 17 * DAY + SECOND) == {TELCO: Counter({"rsvp-soon": 1})}


def test_the_day_before_all_who_are_expected_are_told_and_no_other(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco", "cloud")
        comes(session, world, dialogue, TELCO, answer="tentative")
        comes(session, world, dialogue, CLOUD, answer="declined")
    expected = {name: Counter({"tomorrow": 1}) for name in (TELCO, ORGANISER)}
    assert notified(world, NOW + 19 * DAY - SECOND) == {}
    assert notified(world, NOW + 19 * DAY, NOW + 19 * DAY + HOURS) == expected


def test_a_week_asleep_writes_one_email_of_each_sort(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco", starts_at=NOW + 8 * DAY)
        comes(session, world, dialogue, TELCO)
    both = Counter({"rsvp-soon": 1, "tomorrow": 1})
    assert notified(world, NOW + 7.5 * DAY) == {TELCO: both, ORGANISER: Counter({"tomorrow": 1})}


def test_nothing_is_written_once_it_has_begun_or_is_moved_on(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco")
        comes(session, world, dialogue, TELCO)
    assert notified(world, NOW + 20 * DAY) == {}


@pytest.mark.parametrize(
    ("sight", "readers"),
    [
        (Sight.ALL, {TELCO, "colleague@telco", CLOUD}),
        (Sight.SIDE, {TELCO, "colleague@telco"}),
        (Sight.ORGANISERS, set()),
    ],
)
def test_a_new_document_is_told_to_whom_it_is_for_unless_she_has_looked(
    world: World, sight: Sight, readers: set[str]
) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco", "cloud")
        side = side_of(session, world, dialogue, "telco") if sight == Sight.SIDE else None
        session.add(
            Document(
                dialogue_id=dialogue.id, title="P", link="https://x.example/p", sight=sight,
                side_id=side.id if side else None,
                by_id=world.actors[ORGANISER].person_id, added_at=NOW + DAY,
            )
        )  # fmt: skip
        looked: Actor = world.actors["colleague@telco"]
        audit(session, looked, READ, DIALOGUES, dialogue, NOW + DAY + SECOND)
    assert notified(world, NOW + DAY + HOURS - SECOND) == {}
    found = notified(world, NOW + DAY + HOURS, NOW + DAY + 3 * HOURS)
    assert found == {name: Counter({"documents-new": 1}) for name in readers - {"colleague@telco"}}


def test_a_record_is_asked_for_two_days_after_until_it_goes_round(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = held(session, world, "telco")
    ended = NOW - HOURS
    assert notified(world, ended + 2 * DAY - SECOND) == {}
    assert notified(world, ended + 2 * DAY) == {ORGANISER: Counter({"record-late": 1})}
    with writing(world.sessions) as session:
        recorded(session, world, dialogue)
    assert notified(world, ended + 6 * DAY) == {ORGANISER: Counter({"record-late": 1})}


def test_minutes_that_somebody_objected_to_are_asked_for_again(world: World) -> None:
    with writing(world.sessions) as session:
        minutes = circulated(session, world, at=NOW, days=20)
        ref, dialogue = minutes.ref, session.get_one(Dialogue, minutes.dialogue_id)
        assert dialogue.ends_at is not None
        ended = dialogue.ends_at
    assert ORGANISER not in notified(world, ended + 10 * DAY)
    with writing(world.sessions) as session:
        telco = world.actors[TELCO]
        records.object_to(session, telco, ref, why="No.", point=None, now=ended + 12 * DAY)
    found = notified(world, ended + 12 * DAY + SECOND)
    assert ORGANISER not in found, "they have just heard of the objection"
    assert notified(world, ended + 16 * DAY)[ORGANISER] == Counter({"record-late": 1})
    with reading(world.sessions) as session:
        page = first_page(session, world.actors[ORGANISER], ended + 12 * DAY)
    assert [row.verb for row in page.waiting if row.noun.name == "dialogues"] == ["draft-record"]


def test_silence_half_over_and_ending_goes_to_those_who_could_object(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = held(session, world, "telco", "cloud")
        comes(session, world, dialogue, TELCO, came=True)
        comes(session, world, dialogue, CLOUD, came=False)
        recorded(session, world, dialogue)
    # Organisers were there as well, but they are no side, and do not object to their own record.
    assert notified(world, NOW + 5 * DAY - SECOND) == {}
    assert notified(world, NOW + 5 * DAY) == {TELCO: Counter({"silence-half": 1})}
    both = Counter({"silence-half": 1, "silence-ends": 1})
    assert notified(world, NOW + 9 * DAY, NOW + 10 * DAY) == {TELCO: both}


def test_an_action_is_asked_of_whoever_speaks_for_the_organisation(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = held(session, world, "telco", "cloud")
        comes(session, world, dialogue, TELCO, came=True)
        record = recorded(session, world, dialogue, "adopted")
        point = Point(
            record_id=record.id, number=1, title="P", changed_at=NOW,
            changed_by_id=world.actors[ORGANISER].person_id,
        )  # fmt: skip
        session.add(point)
        session.flush()
        session.add(
            Action(
                record_id=record.id, point_id=point.id, text="A", due_at=NOW + 10 * DAY,
                organisation_id=world.organisations["cloud"].id,
                addressee_id=world.organisations["telco"].id,
            )
        )  # fmt: skip
    assert notified(world, NOW + 3 * DAY) == {CLOUD: Counter({"action-due": 1})}
    assert notified(world, NOW + 10 * DAY) == {CLOUD: Counter({"action-due": 2})}


def test_organisers_are_asked_to_record_it_until_it_is_recorded_or_moved(world: World) -> None:
    with writing(world.sessions) as session:
        dialogue = convened(session, world, "telco", starts_at=NOW + HOURS)
        ends_at = dialogue.ends_at
    assert ends_at is not None
    assert notified(world, ends_at + HOURS) == {}
    once = {ORGANISER: Counter({"hold-late": 1})}
    assert notified(world, ends_at + DAY + SECOND) == once
    with writing(world.sessions) as session:
        dialogues.hold(session, world.actors[ORGANISER], dialogue.ref, ends_at + 2 * DAY)
    assert notified(world, ends_at + 4 * DAY + SECOND)[ORGANISER]["hold-late"] == 1


def decided(session: Session, world: World) -> Dialogue:
    """A dialogue with minutes, and a decision in it that is looked at again in twenty days."""
    dialogue = held(session, world, "telco")
    recorded(session, world, dialogue)
    session.add(
        Decision(
            dialogue_id=dialogue.id, text="D", by_id=world.actors[ORGANISER].person_id,
            called_at=NOW, closed_at=NOW, carried=True, review_at=NOW + 20 * DAY,
        )
    )  # fmt: skip
    return dialogue


def test_a_decision_is_looked_at_again_by_its_organisers(world: World) -> None:
    with writing(world.sessions) as session:
        decided(session, world)
    assert notified(world, NOW + 6 * DAY) == {ORGANISER: Counter({"review-soon": 1})}


def test_a_decision_that_is_looked_at_in_a_next_dialogue_reminds_nobody(world: World) -> None:
    organiser = world.actors[ORGANISER]
    with writing(world.sessions) as session:
        before = decided(session, world)
        after = dialogues.follow_up(session, organiser, before.ref, NOW + DAY).ref
    assert notified(world, NOW + 6 * DAY) == {}
    with writing(world.sessions) as session:
        dialogues.cancel(session, organiser, after, why="Not now.", now=NOW + 2 * DAY)
    assert notified(world, NOW + 6 * DAY) == {ORGANISER: Counter({"review-soon": 1})}
