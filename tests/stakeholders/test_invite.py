"""Inviting a person: nothing holds before they accept."""

from collections.abc import Callable

from sqlalchemy import select

from models.ledger import OutboxEmail
from models.stakeholders import Membership
from portal.db import reading
from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import address, make_admin, person

Visit = Callable[[str], Visitor]
NEW = {"name": "Telco duty officer", "email": "duty@telco.example", "role": "liaison"}


def test_an_admin_invites_and_nothing_holds_yet(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin = visit("liaison@telco")
    page = admin.follow(admin.post(f"{address(world, 'telco')}/invite", NEW))
    assert "Telco duty officer , invited to act for Telco as liaison" in page.words
    assert "invited, no response yet" in page.words
    invited = person(world, "duty@telco.example")
    with reading(world.sessions) as session:
        email = session.scalars(
            select(OutboxEmail).where(OutboxEmail.person_id == invited.id)
        ).one()
        assert (email.template, email.resource_type) == ("invite", "offers")
        assert email.secret
        mine = select(Membership).where(Membership.person_id == invited.id)
        assert session.scalars(mine).all() == []
    for name in ("liaison@cloud", "liaison@telco"):
        seen = visit(name).get(f"/stakeholders/people/{invited.ref}")
        assert seen.status == 404, "who has not accepted is known to nobody but the steward"


def test_bad_input_stands_next_to_its_field_and_nothing_is_lost(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin, path = visit("liaison@telco"), f"{address(world, 'telco')}/invite"
    answer = admin.post(path, {**NEW, "email": "no address"})
    assert (answer.status, list(answer.errors())) == (422, ["email"])
    assert answer.form(path)["name"] == ["Telco duty officer"]
    admin.post(path, NEW)
    twice = admin.post(path, {**NEW, "email": "DUTY@telco.example"})
    assert list(twice.errors()) == ["email"], "invited in that role already, whatever the case"
    assert "already been invited" in twice.words


def test_only_stewards_and_admins_invite(world: World, visit: Visit) -> None:
    path = f"{address(world, 'telco')}/invite"
    assert visit("liaison@telco").post(path, NEW).status == 403
    assert visit("mediator@peace").post(path, NEW).status == 403
    assert visit("steward@portal").post(path, NEW).status == 302


def test_fields_that_nobody_asked_for_change_nothing(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    more = {"state": "active", "id": "1", "organisation_id": "1", "version": "9", "zone": "UTC"}
    visit("liaison@telco").post(f"{address(world, 'telco')}/invite", {**NEW, **more})
    invited = person(world, "duty@telco.example")
    assert (invited.state, invited.zone) == ("invited", "Europe/Helsinki")
