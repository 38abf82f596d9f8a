"""Naming an alternate for the work of one role: whose roles, and which scopes meet."""

from collections.abc import Callable
from itertools import product
from typing import Any, Final

import pytest
from sqlalchemy import select, update

from models.alternates import Alternate
from models.ledger import AuditEvent, OutboxEmail
from models.stakeholders import Role
from portal import alternates
from portal.db import open_session, reading, writing
from portal.email_composition import composed
from portal.errors import Invalid, TooLate
from portal.rules import BY_ALTERNATE, DECLARE_ALTERNATE
from tests.alternates.builders import (
    AWAY,
    HELSINKI,
    STANDS_IN,
    accepted,
    declared,
    give_role,
    in_force,
    make_admin,
    notified,
    take_role,
)
from tests.alternates.test_duties import SETTINGS
from tests.cast import NOW, World
from tests.factories import opened_process
from tests.pages import Visitor
from tests.policy.alternate_policy import WORK

Visit = Callable[[str], Visitor]
LIAISON: Final = {"role": Role.LIAISON}
SCOPES: Final = ("", "process", "duty", "press", Role.LIAISON, Role.MEDIATOR, Role.COORDINATOR)


def same_duty(one: str, other: str) -> bool:
    """From the requirement: there is a duty that both could be for."""

    def duties(scope: str) -> set[tuple[str, str, str]]:
        every = {(*duty, purpose) for duty in BY_ALTERNATE for purpose in ("duty", "press")}
        if scope == "process":
            return {duty for duty in every if duty[0] != "contacts"}
        if scope in ("duty", "press"):
            return {duty for duty in every if (duty[0], duty[2]) == ("contacts", scope)}
        if scope:
            return {duty for duty in every if duty[1] in WORK[scope].get(duty[0], ())}
        return every

    return bool(duties(one) & duties(other))


def test_of_two_that_could_be_for_the_same_duty_the_second_is_refused(world: World) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco").id
        for role in (Role.MEDIATOR, Role.COORDINATOR):
            give_role(session, world, AWAY, role)

    def said(scope: str) -> dict[str, Any]:
        if scope == "process":
            return {"process_id": process}
        return {"role" if scope in WORK else "purpose": scope}

    refused = set[tuple[str, str]]()
    for one, other in product(SCOPES, repeat=2):
        with open_session(world.sessions, writes=True) as session:
            accepted(session, world, **said(one))
            try:
                declared(session, world, **said(other))
            except Invalid:
                refused.add((one, other))
            session.rollback()
    assert refused == {pair for pair in product(SCOPES, repeat=2) if same_duty(*pair)}
    assert (Role.MEDIATOR, Role.COORDINATOR) in refused, "they share the seat"
    assert (Role.LIAISON, Role.MEDIATOR) not in refused


def test_of_two_that_meet_only_one_is_accepted(world: World) -> None:
    # Two that meet cannot be named one after the other; here the second is moved onto the first.
    with writing(world.sessions) as session:
        give_role(session, world, AWAY, Role.MEDIATOR)
        first = declared(session, world, **LIAISON).ref
        second = declared(session, world, role=Role.MEDIATOR).ref
        moved = update(Alternate).where(Alternate.ref == second).values(**LIAISON)
        session.execute(moved)
        alternates.accept(session, world.actors[STANDS_IN], first, nights=False, now=NOW)
        with pytest.raises(TooLate):
            alternates.accept(session, world.actors[STANDS_IN], second, nights=False, now=NOW)


def test_only_roles_that_one_has_are_offered(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        give_role(session, world, AWAY, Role.ADMIN)
        give_role(session, world, STANDS_IN, Role.MEDIATOR)
    away = visit(AWAY)
    page = away.get("/alternates/new")
    offered = [str(one["value"]) for one in page.page.select("#scope option")]
    assert [value for value in offered if value.startswith("role:")] == ["role:liaison"]
    typed = form(world, "role:liaison")
    shown = away.follow(away.post("/alternates/new", typed))
    assert "Work as liaison: acknowledgements of notices" in shown.words
    assert "Work as liaison" in visit(STANDS_IN).get("/alternates/").words
    assert away.post("/alternates/new", typed | {"scope": "role:mediator"}).status == 422


def test_an_administrator_chooses_a_role_of_the_person(world: World, visit: Visit) -> None:
    make_admin(world, STANDS_IN)
    with writing(world.sessions) as session:
        give_role(session, world, STANDS_IN, Role.MEDIATOR)
    admin, path = visit(STANDS_IN), "/alternates/appoint/new"
    page = admin.get(path)
    offered = [str(one["value"]) for one in page.page.select("#scope option")]
    roles = [value for value in offered if value.startswith("role:")]
    assert roles == ["role:liaison", "role:mediator"], "of anybody there"
    typed = form(world, "role:mediator") | {"for_id": str(world.actors[AWAY].person_id)}
    answer = admin.post(path, typed)
    assert (answer.status, list(answer.errors())) == (422, ["scope"])
    shown = admin.follow(admin.post(path, typed | {"scope": "role:liaison"}))
    assert "Work as liaison" in shown.words
    assert notified(world, "appoint-alternate") == {AWAY}


def form(world: World, scope: str) -> dict[str, str]:
    return {
        "person_id": str(world.actors[STANDS_IN].person_id),
        "begins_on": "2027-01-04",
        "ends_on": "2027-01-08",
        "organisation": world.organisations["telco"].ref,
        "zone": HELSINKI,
        "scope": scope,
    }


def test_the_trail_says_for_which_role_and_e_mails_do_not(world: World) -> None:
    in_force(world, **LIAISON)
    with reading(world.sessions) as session:
        event = session.scalars(
            select(AuditEvent).where(AuditEvent.verb == DECLARE_ALTERNATE)
        ).all()
        said = [one.detail for one in event if one.resource_type == "alternates"]
        assert [one["role"] for one in said] == ["liaison"]
        for row in session.scalars(select(OutboxEmail)).all():
            email = composed(session, SETTINGS, row, NOW)
            assert email is None or "role" not in email.about


def test_whoever_has_two_homes_passes_on_the_role_of_one(world: World) -> None:
    # A liaison there is no liaison here.
    with writing(world.sessions) as session:
        take_role(session, world, AWAY, Role.LIAISON)
        give_role(session, world, AWAY, Role.LIAISON, "cert")
        with pytest.raises(Invalid) as refused:
            declared(session, world, **LIAISON)
        assert list(refused.value.problems) == ["scope"]
