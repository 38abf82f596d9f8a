"""Revoking an invitation: revoked or expired it cannot be accepted."""

from datetime import timedelta

import pytest

from portal import stakeholders
from portal.clock import now
from portal.db import writing
from portal.errors import NotFound, TooLate
from tests.cast import World
from tests.stakeholders.builders import invite, offer_to


def test_withdrawn_or_expired_it_cannot_be_accepted(world: World) -> None:
    mediator, steward = world.actors["mediator@peace"], world.actors["steward@portal"]
    with writing(world.sessions) as session:
        invite(session, world, "mediator@peace.example")
        offer = offer_to(session, "mediator@peace.example").ref
        stakeholders.revoke_invitation(session, steward, offer, now())
    with writing(world.sessions) as session, pytest.raises(TooLate):
        stakeholders.accept_offer(session, mediator, offer, now())
    with writing(world.sessions) as session:
        invite(session, world, "mediator@peace.example")
        late = offer_to(session, "mediator@peace.example").ref
    after = now() + timedelta(days=15)
    with writing(world.sessions) as session, pytest.raises(NotFound):
        stakeholders.accept_offer(session, mediator, late, after)
    with writing(world.sessions) as session:
        stakeholders.invite_again(session, steward, late, after)
        stakeholders.accept_offer(session, mediator, late, after)
    with writing(world.sessions) as session:
        invite(session, world, "mediator@peace.example", home="cloud")
        shut = offer_to(session, "mediator@peace.example").ref
        stakeholders.suspend_organisation(session, steward, world.organisations["cloud"].ref, now())
    with writing(world.sessions) as session, pytest.raises(TooLate):
        stakeholders.accept_offer(session, mediator, shut, now())
