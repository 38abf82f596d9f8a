"""Whoever ends their roles is told first what nobody else could act on afterwards."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.dialogues import Attendee, Dialogue, DialogueState
from models.processes import Part, Phase, Seat
from models.stakeholders import Membership, Person
from portal.db import reading, writing
from tests.architecture.plans import counting
from tests.cast import NOW, World
from tests.dialogues.builders import drafted
from tests.factories import opened_process
from tests.pages import Visitor
from tests.stakeholders.builders import Visit, address, make_admin

pytestmark = pytest.mark.both_engines

MEDIATOR, COORDINATOR = "mediator@peace", "coordinator@peace"


def named(visitor: Visitor, path: str) -> set[str]:
    """The titles that the page names before somebody ends their roles."""
    return {link.get_text() for link in visitor.get(path).page.select("[aria-labelledby=alone] a")}


def helped(session: Session, world: World, dialogue: Dialogue, name: str) -> None:
    """Somebody else organises it as well."""
    key = world.actors[name].person_id
    session.add(Attendee(dialogue_id=dialogue.id, person_id=key, organises=True))


def test_a_dialogue_of_a_sole_organiser_is_named_and_no_other(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        drafted(session, world, "telco", title="Alone")
        helped(session, world, drafted(session, world, "telco", title="Together"), MEDIATOR)
        over = drafted(session, world, "telco", title="Over")
        over.state = DialogueState.CANCELLED
        left = drafted(session, world, "telco", title="Left alone")
        helped(session, world, left, "liaison@telco")  # who does not mediate for the body
    resign = f"{address(world, 'peace')}/resign"
    assert named(visit(COORDINATOR), resign) == {"Alone", "Left alone"}
    assert named(visit(COORDINATOR), leaving(world, COORDINATOR)) == {"Alone", "Left alone"}
    assert named(visit(MEDIATOR), resign) == set()
    assert named(visit("liaison@telco"), f"{address(world, 'telco')}/resign") == set()


def leaving(world: World, name: str) -> str:
    """Where somebody leaves the portal."""
    with reading(world.sessions) as session:
        person = session.get_one(Person, world.actors[name].person_id)
        return f"/stakeholders/people/{person.ref}/leave"


def ending(world: World, name: str, home: str) -> str:
    """Where an administrator or steward ends the role of somebody."""
    with reading(world.sessions) as session:
        held = select(Membership.id).where(
            Membership.person_id == world.actors[name].person_id,
            Membership.organisation_id == world.organisations[home].id,
        )
        return f"{address(world, home)}/end-membership?membership={session.scalar(held)}"


def test_who_ends_the_role_of_another_is_told_of_what_they_may_read(
    world: World, visit: Visit
) -> None:
    make_admin(world, MEDIATOR)
    with writing(world.sessions) as session:
        drafted(session, world, "telco", title="Hidden draft")
        for title, there in (("Seen", True), ("Hidden", False)):
            talk = drafted(session, world, "telco", title=title)
            talk.state, talk.published_at = DialogueState.POLLING, NOW
            if there:
                key = world.actors[MEDIATOR].person_id
                session.add(Attendee(dialogue_id=talk.id, person_id=key, organises=False))
        both = opened_process(session, world, "telco", cover_name="Together")
        key = world.actors[COORDINATOR].person_id
        session.add(Seat(process_id=both.id, part=Part.TEAM, person_id=key))
    page = ending(world, COORDINATOR, "peace")
    assert named(visit(MEDIATOR), page) == {"Seen"}
    assert "Only Coordinator can act on these" in visit(MEDIATOR).get(page).words
    assert named(visit("steward@portal"), page) == set(), "there is no master key"
    assert "can act on these" not in visit("steward@portal").get(page).words
    suspending = leaving(world, COORDINATOR).replace("/leave", "/suspend")
    assert named(visit("steward@portal"), suspending) == set()
    for key in ("0", "x", ending(world, "liaison@telco", "telco").rpartition("=")[2]):
        other = f"{address(world, 'peace')}/end-membership?membership={key}"
        assert visit(MEDIATOR).get(other).status == 404
    assert visit("liaison@telco").get(page).status in (403, 404)
    admin = visit(MEDIATOR)
    assert admin.post(page, admin.get(page).form()).to.endswith(address(world, "peace"))
    assert admin.get(page).status == 404, "it has ended"


def test_it_is_asked_only_where_it_is_shown(app: Flask, world: World, visit: Visit) -> None:
    page = f"{address(world, 'peace')}/resign"
    for asked, posted in ((True, False), (False, True)):
        with counting(app) as sent:
            answer = visit(MEDIATOR).post(page) if posted else visit(MEDIATOR).get(page)
        assert answer.status == (302 if posted else 200)
        assert any("other_organiser" in text for text, _values in sent) == asked


def test_a_process_without_another_on_its_team_is_named(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        opened_process(session, world, "telco", cover_name="Alone")
        both = opened_process(session, world, "telco", cover_name="Together")
        key = world.actors[COORDINATOR].person_id
        session.add(Seat(process_id=both.id, part=Part.TEAM, person_id=key))
        opened_process(session, world, "telco", cover_name="Over").state = Phase.CLOSED
    resign = f"{address(world, 'peace')}/resign"
    assert named(visit(MEDIATOR), resign) == {"Alone"}
    assert named(visit(COORDINATOR), resign) == set()
    visit(COORDINATOR).post(resign)
    assert named(visit(MEDIATOR), resign) == {"Alone", "Together"}, "who has left does not count"
