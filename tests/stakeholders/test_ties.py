"""Clients and members of groups are asked; an open offer gives nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.offers import Offer, OfferState, Tie
from models.stakeholders import (
    Person,
)
from models.vocabulary import Tlp
from portal import notices, stakeholders
from portal.access import audience
from portal.clock import now
from portal.db import writing
from portal.demo import agree_to_all
from portal.recipients import RecipientList
from portal.rules import NOTICES, READ
from tests.cast import NOW, World
from tests.factories import text
from tests.stakeholders.builders import invite


def offered(session: Session, world: World, tie: Tie, group_ref: str) -> None:
    """An offer that would widen or narrow an audience, were it accepted."""
    at, by = world.organisations, world.actors
    if tie == Tie.MEMBER:
        invite(session, world, "mediator@peace.example", home="bank")
        invite(session, world, "liaison@bank.example", home="cloud")
    elif tie == Tie.CLIENT:
        steward, bank = by["steward@portal"], {at["bank"].id}
        stakeholders.set_clients(session, steward, at["un"].ref, client_ids=bank, now=now())
    else:
        stakeholders.edit_group(
            session,
            by["coordinator@peace"],
            group_ref,
            organisation_ids={at["telco"].id, at["bank"].id},
            person_ids={by["analyst@cert"].person_id},
            now=now(),
        )


@pytest.mark.parametrize("tie", [Tie.MEMBER, Tie.CLIENT, Tie.GROUP])
def test_an_open_offer_widens_and_narrows_nothing(world: World, tie: Tie) -> None:
    """Audiences of notices of all markings are the same with an offer as without it."""
    at, by = world.organisations, world.actors
    with writing(world.sessions) as session:
        group = stakeholders.form_group(
            session, by["coordinator@peace"], at["peace"].ref, name="C", ceiling=Tlp.AMBER, now=NOW
        )
        stakeholders.edit_group(
            session,
            by["coordinator@peace"],
            group.ref,
            organisation_ids={at["telco"].id},
            person_ids=(),
            now=NOW,
        )
        agree_to_all(session, NOW)
        wide = RecipientList(
            organisations=frozenset({at["cloud"].id, at["un"].id}),
            groups=frozenset({group.id}),
        )
        less = RecipientList(
            organisations=frozenset({at["peace"].id, at["cloud"].id}),
            excepted_organisations=frozenset({at["bank"].id}),
        )
        keys = []
        for listed in (wide, less):
            said = text(tlp="AMBER")
            draft = notices.post_notice(
                session, by["liaison@telco"], at["telco"].ref, text=said, to=listed, now=NOW
            )
            keys.append(notices.publish(session, by["liaison@telco"], draft.ref, NOW).id)

        def readers() -> list[set[int]]:
            asked = (audience(NOTICES, READ, key, now(), Person.id) for key in keys)
            return [set(session.scalars(rows)) for rows in asked]

        before = readers()
        assert by["mediator@peace"].person_id in before[1]
        offered(session, world, tie, group.ref)
        still = select(Offer).where(Offer.state == OfferState.OFFERED)
        assert session.scalars(still).all()
        assert readers() == before
