"""Ending a membership: its rights end with it."""

from collections.abc import Callable

from sqlalchemy import select

from models.stakeholders import Membership
from portal.db import reading, writing
from tests.cast import World
from tests.factories import published
from tests.pages import Visitor
from tests.stakeholders.builders import address, make_admin

Visit = Callable[[str], Visitor]


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
