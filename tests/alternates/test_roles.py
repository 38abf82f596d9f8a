"""An alternate for the work of one role: what it covers, whom it meets, and how it ends with it."""

from collections.abc import Callable
from typing import Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.stakeholders import Role
from portal import alternates, contacts
from portal.db import writing
from portal.email_composition import composed, returned
from portal.errors import Refused
from portal.on_behalf import acting_for
from portal.rules import BY_ALTERNATE, RESOURCE_TYPES, WORK_OF
from portal.schema import downgrade, upgrade
from tests.alternates.builders import (
    AWAY,
    STANDS_IN,
    accepted,
    declared,
    give_role,
    in_force,
    state_of,
    take_role,
)
from tests.alternates.test_act_for import acknowledge_for, asked_of
from tests.alternates.test_duties import LATE, SETTINGS, late, reminded, to_do
from tests.alternates.test_minutes import sent_round
from tests.alternates.test_polls import asked as asked_by_poll
from tests.cast import NOW, World
from tests.contacts.builders import published as contact_point
from tests.dialogues.invitation_builders import invited
from tests.pages import Visitor
from tests.policy.alternate_policy import WORK

Visit = Callable[[str], Visitor]
COLLEAGUE: Final = "liaison@bank"
LIAISON: Final = {"role": Role.LIAISON}


def ask_everything(world: World) -> dict[str, list[int]]:
    """Whoever is away is asked by name for something of each noun: their keys."""
    invitation = invited(world, AWAY, STANDS_IN)
    with writing(world.sessions) as session:
        give_role(session, world, AWAY, Role.MEDIATOR)
        give_role(session, world, AWAY, Role.COORDINATOR)
        refs = {
            "notices": [asked_of(session, world)],
            "dialogues": [asked_by_poll(session, world).ref, invitation],
            "records": [sent_round(session, world).ref],
        }
        said = {"person_id": world.actors[AWAY].person_id, "round_the_clock": True}
        contact = contact_point(session, world, "peace", **said).ref
        contacts.check(session, world.actors[AWAY], contact, now=NOW)
        return {
            noun: list(session.scalars(select(kind.model.id).where(kind.model.ref.in_(found))))
            for noun, found in (refs | {"contacts": [contact]}).items()
            for kind in (RESOURCE_TYPES[noun],)
        }


def held(session: Session, world: World, keys: dict[str, list[int]]) -> dict[str, set[str]]:
    """What the alternate may do for whoever is away, by noun."""
    actor = world.actors[STANDS_IN]
    return {
        noun: set().union(*(one.verbs for one in found))
        for noun, some in keys.items()
        if (
            found := [
                one
                for key in some
                for one in acting_for(session, actor, RESOURCE_TYPES[noun], key, NOW)
            ]
        )
    }


def test_each_role_says_what_is_its_work() -> None:
    words = {
        ("notices", "acknowledge"): "acknowledgements of notices",
        ("dialogues", "answer"): "invitations",
        ("dialogues", "answer-poll"): "polls of dialogues",
        ("records", "agree"): "minutes",
        ("records", "object"): "minutes",
    }
    assert set(alternates.ROLES) == set(WORK_OF)
    for role, duties in WORK_OF.items():
        says = {duty for duty, word in words.items() if word in alternates.ROLES[role]}
        assert says == duties, role
        assert f"as {role}" in alternates.ROLES[role]
    # Who watches, and who looks after people, is asked for nothing by that; a position is no role.
    assert {Role.OBSERVER, Role.ADMIN}.isdisjoint(WORK_OF)
    assert set(BY_ALTERNATE) - set(words) == {("contacts", "answer")}


@pytest.mark.parametrize("role", [Role.LIAISON, Role.MEDIATOR, Role.COORDINATOR])
def test_it_covers_the_work_of_the_role_and_nothing_else(world: World, role: Role) -> None:
    keys = ask_everything(world)
    with writing(world.sessions) as session:
        row = accepted(session, world)
        assert set(held(session, world, keys)) == set(keys), "for everything it is all there"
        alternates.end(session, world.actors[AWAY], row.ref, NOW)
        accepted(session, world, role=role)
        assert held(session, world, keys) == WORK[role]
        take_role(session, world, AWAY, role)
        assert held(session, world, keys) == {}


def test_two_roles_have_two_alternates_and_each_duty_one(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        give_role(session, world, AWAY, Role.MEDIATOR)
        # Bank's liaison has come to Telco as well.
        give_role(session, world, COLLEAGUE, Role.OBSERVER, "telco")
        accepted(session, world, role=Role.LIAISON)
        accepted(session, world, who=COLLEAGUE, role=Role.MEDIATOR)
        notice = late(session, world, AWAY, STANDS_IN, COLLEAGUE)
    assert (notice, "Telco liaison") in to_do(world, STANDS_IN)
    assert to_do(world, COLLEAGUE) == [(notice, "")], "their own"
    assert to_do(world, AWAY) == []
    assert reminded(world) == [(STANDS_IN, ""), (STANDS_IN, AWAY), (COLLEAGUE, "")]
    shown = visit(AWAY).get("/").words
    assert "One more acts for you, for something else." in shown


def test_what_is_of_another_role_stays_with_whoever_is_away(world: World) -> None:
    with writing(world.sessions) as session:
        give_role(session, world, AWAY, Role.MEDIATOR)
        accepted(session, world, role=Role.MEDIATOR)
        notice = late(session, world, AWAY, STANDS_IN)
    assert to_do(world, AWAY) == to_do(world, STANDS_IN) == [(notice, "")]
    assert reminded(world) == [(STANDS_IN, ""), (AWAY, "")]


def test_it_is_not_accepted_nor_asked_for_once_the_role_is_taken_away(world: World) -> None:
    with writing(world.sessions) as session:
        ref = declared(session, world, **LIAISON).ref
        email = session.scalars(select(OutboxEmail)).one()
        assert composed(session, SETTINGS, email, NOW) is not None
        take_role(session, world, AWAY, Role.LIAISON)
        assert composed(session, SETTINGS, email, NOW) is None
        with pytest.raises(Refused):
            alternates.accept(session, world.actors[STANDS_IN], ref, nights=False, now=NOW)
        alternates.decline(session, world.actors[STANDS_IN], ref, NOW)


def test_a_role_taken_away_ends_what_it_covers_at_once(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        row = accepted(session, world, days=300, **LIAISON)
        ref, notice = row.ref, late(session, world, AWAY, STANDS_IN)
    assert (STANDS_IN, AWAY) in reminded(world)
    away, stands_in = visit(AWAY), visit(STANDS_IN)
    shown = away.get("/").words
    assert "Telco colleague acts for you as liaison until" in shown
    assert "more act" not in shown
    assert "acts now" in away.get(f"/alternates/{ref}").words
    assert "Acknowledge for Telco liaison" in stands_in.get(f"/notices/{notice}").words
    with writing(world.sessions) as session:
        take_role(session, world, AWAY, Role.LIAISON)
        with pytest.raises(Refused):
            acknowledge_for(session, world, notice, ref)
        waiting = session.scalars(select(OutboxEmail).where(OutboxEmail.for_id.is_not(None))).all()
        assert [composed(session, SETTINGS, one, LATE) for one in waiting] == [None] * 2
        back = {one.template: returned(session, one, LATE) for one in waiting}
        own = {"person_id": world.actors[AWAY].person_id, "for_id": None}
        assert back == {"publish": None, "acknowledge-late": own}, "a reminder goes back"
    assert to_do(world, AWAY) == [(notice, "")]
    assert "for Telco liaison" not in stands_in.get(f"/notices/{notice}").words
    assert "acts for you" not in away.get("/").words
    shown = away.get(f"/alternates/{ref}").words
    assert "accepted, but the role or a membership of the two has ended" in shown
    with writing(world.sessions) as session:
        give_role(session, world, AWAY, Role.LIAISON)
        acknowledge_for(session, world, notice, ref)


def test_without_roles_it_ends_rather_than_be_for_everything(world: World) -> None:
    by_role = in_force(world, **LIAISON)
    for_all = in_force(world, by=STANDS_IN, who=AWAY)
    downgrade(world.engine, "0059")
    upgrade(world.engine)
    assert (state_of(world, by_role), state_of(world, for_all)) == ("ended", "accepted")
