"""An action of an adopted record becomes a commitment in one step, and each names the other."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import Recipient
from models.commitments import Commitment
from models.dialogues import Attendee
from models.records import Action, Record
from models.stakeholders import Organisation, Standing
from portal import commitments, records
from portal.access import Actor
from portal.commitments.consequences import questions_of
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused, TooLate
from tests.cast import NOW, World
from tests.commitments.at_once import at_once, exactly_one
from tests.commitments.builders import terms
from tests.dialogues.builders import ORGANISER
from tests.factories import to
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO, adopted, begun
from tests.records.test_action_items import DUE, acted

Visit = Callable[[str], Visitor]


def agreed(session: Session, world: World, **text: str) -> tuple[Record, Action]:
    """An adopted record with an action that falls to Telco."""
    record = begun(session, world, **text)
    action = acted(session, world, record)
    adopted(session, record)
    return record, action


def test_the_speaker_drafts_it_in_one_step(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)
    telco, address = visit(TELCO), f"/records/{record.ref}/take-up/{action.id}"
    assert f'action="{address}"' in telco.get(f"/records/{record.ref}").text
    page = telco.follow(telco.post(address))
    assert page.status == 200
    assert page.form()["title"] == ["Send the rota"]
    homes = world.organisations
    with reading(world.sessions) as session:
        promise = session.scalars(select(Commitment)).one()
        assert session.get_one(Action, action.id).commitment_id == promise.id
        readers = set(session.scalars(select(Recipient.organisation_id)))
    assert (promise.state, promise.tlp, promise.due_on) == ("draft", record.tlp, DUE)
    assert promise.organisation_id == homes["telco"].id
    assert promise.addressee_id == homes["cloud"].id
    assert readers == {homes["telco"].id, homes["cloud"].id}


def test_both_pages_name_the_other_to_whoever_may_read_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)
    telco = visit(TELCO)
    telco.post(f"/records/{record.ref}/take-up/{action.id}")
    with writing(world.sessions) as session:
        ref = session.scalars(select(Commitment.ref)).one()
        dialogue = records.read(session, world.actors[ORGANISER], record.ref, NOW).text["dialogue"]
    for place in (f"/records/{record.ref}", f"/dialogues/{dialogue['ref']}"):
        assert f"/commitments/{ref}" in telco.get(place).text
        # Cloud learns that it is promised; a draft of Telco's it may not see.
        other = visit(CLOUD).get(place)
        assert ref not in other.text
        assert "commitment" in other.words
    assert f"/records/{record.ref}" in telco.get(f"/commitments/{ref}").text


def test_the_commitment_does_not_name_a_record_that_is_hidden(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)
        actor, homes = world.actors[TELCO], world.organisations
        task = records.task(session, actor, record.ref, action.id, NOW)
        promise = commitments.draft_commitment(
            session, actor, task.organisation_ref, text=terms(title=task.text),
            with_whom=commitments.Between(homes["cloud"].id, homes["bank"].id),
            to=to(world, "bank"), now=NOW,
        )  # fmt: skip
        records.take_up(session, actor, record.ref, action.id, promise, NOW)
        day = terms().due_on
        commitments.propose(session, actor, promise.ref, answer_by_on=day, now=NOW)
    assert record.ref in visit(CLOUD).get(f"/commitments/{promise.ref}").text
    bank = visit("liaison@bank").get(f"/commitments/{promise.ref}")
    assert bank.status == 200
    assert record.ref not in bank.text


@pytest.mark.parametrize("name", [CLOUD, CERT, ORGANISER])
def test_nobody_else_takes_it_up(world: World, visit: Visit, name: str) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)
    visitor, address = visit(name), f"/records/{record.ref}/take-up/{action.id}"
    assert address not in visitor.get(f"/records/{record.ref}").text
    assert visitor.post(address).status == 403
    assert visit("liaison@bank").post(address).status == 404


def test_whoever_owes_one_action_does_not_take_up_anothers(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        acted(session, world, record)
        theirs = acted(session, world, record, who="cloud", whom="telco", text="Answer it")
        adopted(session, record)
    assert visit(TELCO).post(f"/records/{record.ref}/take-up/{theirs.id}").status == 403
    with reading(world.sessions) as session:
        assert session.scalars(select(Commitment)).all() == []


def test_before_it_is_adopted_nothing_is_taken_up(world: World) -> None:
    with writing(world.sessions) as session:
        record = begun(session, world)
        own = acted(session, world, record, who="peace", whom="telco")
        with pytest.raises(TooLate):
            records.task(session, world.actors[ORGANISER], record.ref, own.id, NOW)


def test_an_action_is_taken_up_once(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)
        acted_twice = f"/records/{record.ref}/take-up/{action.id}"
    telco = visit(TELCO)
    telco.follow(telco.post(acted_twice))
    assert telco.post(acted_twice).status == 403, "nothing is owed any more"
    assert acted_twice not in telco.get(f"/records/{record.ref}").text


def test_of_two_who_take_it_up_at_once_one_is_told(world: World) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)

    def take(name: str) -> Callable[[Session], None]:
        def act(session: Session) -> None:
            actor: Actor = world.actors[name]
            task = records.task(session, actor, record.ref, action.id, NOW)
            text, between = terms(title=task.text), commitments.Between(task.addressee_id)
            said: dict[str, Any] = {"text": text, "with_whom": between, "to": task.to, "now": NOW}
            home = task.organisation_ref
            promise = commitments.draft_commitment(session, actor, home, **said)
            records.take_up(session, actor, record.ref, action.id, promise, NOW)

        return act

    exactly_one(at_once(world, take(TELCO), take("colleague@telco")), TooLate, Refused)
    with reading(world.sessions) as session:
        assert len(session.scalars(select(Commitment)).all()) == 1


def test_what_is_promised_to_somebody_else_is_not_tied(world: World) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)
        actor, homes = world.actors[TELCO], world.organisations
        promise = commitments.draft_commitment(
            session, actor, homes["telco"].ref, text=terms(),
            with_whom=commitments.Between(homes["bank"].id), to=to(world), now=NOW,
        )  # fmt: skip
        with pytest.raises(Invalid, match="action"):
            records.take_up(session, actor, record.ref, action.id, promise, NOW)


def test_under_red_those_who_were_there_are_named(world: World) -> None:
    with writing(world.sessions) as session:
        delegations = ("telco=liaison@telco", "cloud=liaison@cloud")
        record = begun(session, world, *delegations, rule="closed", tlp="RED")
        action = acted(session, world, record)
        absent = session.scalars(
            select(Attendee).where(Attendee.person_id == world.actors[CERT].person_id)
        ).one()
        absent.came = False
        adopted(session, record)
        task = records.task(session, world.actors[TELCO], record.ref, action.id, NOW)
    assert task.to.organisations == frozenset()
    there = {world.actors[name].person_id for name in (TELCO, CLOUD, ORGANISER)}
    assert task.to.people == there
    assert task.tlp == "RED"


def test_why_no_commitment_could_be_drafted_is_said(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)
        cloud = session.get_one(Organisation, world.organisations["cloud"].id)
        cloud.state = Standing.LEFT
    telco = visit(TELCO)
    page = telco.follow(telco.post(f"/records/{record.ref}/take-up/{action.id}"))
    assert "No commitment was drafted" in page.words
    with reading(world.sessions) as session:
        assert session.scalars(select(Commitment)).all() == []


def test_no_other_records_action_is_taken_up_here(world: World) -> None:
    with writing(world.sessions) as session:
        record, _action = agreed(session, world)
        _other, far = agreed(session, world)
        with pytest.raises(NotFound):
            records.task(session, world.actors[TELCO], record.ref, far.id, NOW)


def _withdrawn(session: Session, world: World, promise: Commitment) -> None:
    commitments.withdraw(session, world.actors[TELCO], promise.ref, why="Not so.", now=NOW)


def _declined(session: Session, world: World, promise: Commitment) -> None:
    _proposed(session, world, promise)
    commitments.decline(session, world.actors[CLOUD], promise.ref, why="Not so.", now=NOW)


def _lapsed(session: Session, world: World, promise: Commitment) -> None:
    _proposed(session, world, promise)
    assert promise.answer_by_at is not None
    assert commitments.apply_due_transitions(session, promise.ref, promise.answer_by_at)


def _proposed(session: Session, world: World, promise: Commitment) -> None:
    day, answers = terms().due_on, dict.fromkeys(questions_of(promise), "Not known.")
    commitments.propose(
        session, world.actors[TELCO], promise.ref, answer_by_on=day, now=NOW, answers=answers
    )


@pytest.mark.parametrize("end", [_withdrawn, _declined, _lapsed])
def test_what_nobody_agreed_to_leaves_the_action_waiting_again(
    world: World, visit: Visit, end: Callable[[Session, World, Commitment], None]
) -> None:
    with writing(world.sessions) as session:
        record, action = agreed(session, world)
    telco, address = visit(TELCO), f"/records/{record.ref}/take-up/{action.id}"
    waits = f"Make it a commitment {record.ref}"
    assert waits in telco.get("/").words
    telco.post(address)
    assert waits not in telco.get("/").words
    with writing(world.sessions) as session:
        end(session, world, session.scalars(select(Commitment)).one())
    assert waits in telco.get("/").words
    assert telco.follow(telco.post(address)).status == 200, "it is taken up once more"
