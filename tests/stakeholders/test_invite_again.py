"""Sending an invitation again: the earlier link is worth nothing."""

from collections.abc import Callable

from sqlalchemy import select

from models.offers import Offer
from models.stakeholders import Invitation
from portal.db import reading
from tests.cast import World
from tests.pages import Visitor
from tests.stakeholders.builders import address, make_admin

Visit = Callable[[str], Visitor]
NEW = {"name": "Telco duty officer", "email": "duty@telco.example", "role": "liaison"}


def test_an_invitation_is_sent_again_or_withdrawn(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin = visit("liaison@telco")
    admin.post(f"{address(world, 'telco')}/invite", NEW)
    with reading(world.sessions) as session:
        path = f"/offers/{session.scalars(select(Offer.ref)).one()}"
    assert "response due" in admin.get(path).words
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
