"""People: invited, looked after, suspended, gone; each right ends on the next request."""

from collections.abc import Callable

from sqlalchemy import select

from models.ledger import OutboxEmail
from models.offers import Offer
from models.stakeholders import Invitation, Membership
from portal.db import reading, writing
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor
from tests.stakeholders.builders import address, entry, make_admin, person

Visit = Callable[[str], Visitor]
NEW = {"name": "Telco duty officer", "email": "duty@telco.example", "role": "liaison"}


def test_an_admin_invites_and_nothing_holds_yet(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin = visit("liaison@telco")
    page = admin.follow(admin.post(f"{address(world, 'telco')}/invite", NEW))
    assert "Telco duty officer , invited to act for Telco as liaison" in page.words
    assert "invited, no answer yet" in page.words
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


def test_an_invitation_is_sent_again_or_withdrawn(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin = visit("liaison@telco")
    admin.post(f"{address(world, 'telco')}/invite", NEW)
    with reading(world.sessions) as session:
        path = f"/offers/{session.scalars(select(Offer.ref)).one()}"
    assert "answer by" in admin.get(path).words
    admin.follow(admin.post(f"{path}/invite-again"))
    open_keys = select(Invitation).where(
        Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None)
    )
    with reading(world.sessions) as session:
        assert len(session.scalars(open_keys).all()) == 1, "the earlier link is worth nothing"
    admin.follow(admin.post(f"{path}/revoke-invitation"))
    assert "Telco duty officer" not in admin.get(address(world, "telco")).words
    with reading(world.sessions) as session:
        assert session.scalars(open_keys).all() == []
    assert visit("liaison@bank").post(f"{path}/invite-again").status == 404


def test_a_role_that_ends_takes_its_rights_with_it_at_once(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    mediator, steward = visit("mediator@peace"), visit("steward@portal")
    assert mediator.get(f"/notices/{ref}").status == 200
    with reading(world.sessions) as session:
        key = session.scalars(
            select(Membership.id).where(
                Membership.person_id == world.actors["mediator@peace"].person_id
            )
        ).one()
    steward.follow(
        steward.post(f"{address(world, 'peace')}/end-membership", {"membership": str(key)})
    )
    assert mediator.get(f"/notices/{ref}").status == 404
    assert ref not in mediator.get("/notices/").words


def test_a_membership_of_another_organisation_is_out_of_reach(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    with reading(world.sessions) as session:
        other = session.scalars(
            select(Membership.id).where(
                Membership.organisation_id == world.organisations["cloud"].id
            )
        ).first()
    admin = visit("liaison@telco")
    for key in (str(other), "0", "x", "9" * 30):
        page = admin.follow(
            admin.post(f"{address(world, 'telco')}/end-membership", {"membership": key})
        )
        assert "not a membership of this organisation" in page.words
    with reading(world.sessions) as session:
        assert session.get_one(Membership, other).ends_at is None


def test_suspended_they_are_out_on_the_next_request(world: World, visit: Visit) -> None:
    mediator, steward = visit("mediator@peace"), visit("steward@portal")
    path = entry(world, "mediator@peace")
    assert mediator.get("/").status == 200
    assert "sign-in of theirs ends" in steward.get(f"{path}/suspend").words
    steward.follow(steward.post(f"{path}/suspend"))
    assert mediator.get("/").to.startswith("/auth/sign-in")
    steward.follow(steward.post(f"{path}/reinstate"))
    assert person(world, "mediator@peace.example").state == "active"
    assert mediator.get("/").status == 302, "the old sign-in stays ended"


def test_an_admin_has_no_hold_on_stewards_or_other_houses(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin = visit("liaison@telco")
    for name, status in (("steward@portal", 404), ("liaison@cloud", 403), ("colleague@telco", 403)):
        assert admin.post(f"{entry(world, name)}/suspend").status == status, name
    assert admin.post(f"{address(world, 'cloud')}/invite", NEW).status == 403
    steward = visit("steward@portal")
    assert steward.post(f"{entry(world, 'steward@portal')}/suspend").status == 403, "not oneself"


def test_one_leaves_oneself(world: World, visit: Visit) -> None:
    liaison = visit("liaison@bank")
    path = entry(world, "liaison@bank")
    assert "Leave the portal" in liaison.get(path).words
    liaison.post(f"{path}/leave")
    assert liaison.get("/").status == 302
    assert person(world, "liaison@bank.example").state == "left"
    assert visit("liaison@cloud").get(path).status == 404


def test_an_address_is_shown_to_colleagues_and_stewards_only(world: World, visit: Visit) -> None:
    path = entry(world, "liaison@telco")
    shown = {
        name: "liaison@telco.example" in visit(name).get(path).text
        for name in ("liaison@telco", "colleague@telco", "steward@portal", "liaison@cloud")
    }
    assert shown == {
        "liaison@telco": True,
        "colleague@telco": True,
        "steward@portal": True,
        "liaison@cloud": False,
    }


def test_fields_that_nobody_asked_for_change_nothing(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    more = {"state": "active", "id": "1", "organisation_id": "1", "version": "9", "zone": "UTC"}
    visit("liaison@telco").post(f"{address(world, 'telco')}/invite", {**NEW, **more})
    invited = person(world, "duty@telco.example")
    assert (invited.state, invited.zone) == ("invited", "Europe/Helsinki")
