"""An exception cannot be steered by the excepted, and a person cannot be excepted by others."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.stakeholders import (
    Membership,
    Role,
)
from portal import notices, stakeholders
from portal.access import may
from portal.clock import now
from portal.db import reading, writing
from portal.errors import PortalError
from portal.recipients import RecipientList
from portal.rules import NOTICES, READ
from tests.cast import NOW, World
from tests.factories import text
from tests.stakeholders.builders import invite, offer_to


def excepting_bank(session: Session, world: World) -> int:
    at, liaison = world.organisations, world.actors["liaison@telco"]
    listed = RecipientList(
        organisations=frozenset({at["peace"].id}),
        excepted_organisations=frozenset({at["bank"].id}),
    )
    draft = notices.post_notice(
        session, liaison, at["telco"].ref, text=text(tlp="AMBER"), to=listed, now=now()
    )
    return notices.publish(session, liaison, draft.ref, now()).id


def test_an_exception_cannot_be_steered_by_the_excepted(world: World) -> None:
    """Neither by making somebody a member, nor by leaving, nor by what the organisation does."""
    mediator, steward = world.actors["mediator@peace"], world.actors["steward@portal"]
    bank, home = world.actors["liaison@bank"], world.organisations["bank"]

    def reads(session: Session, key: int, who: str = "liaison@bank") -> bool:
        return may(session, world.actors[who], READ, NOTICES, key, now())

    with writing(world.sessions) as session:
        session.add(
            Membership(
                person_id=bank.person_id,
                organisation_id=world.organisations["peace"].id,
                role=Role.LIAISON,
                begins_at=NOW,
            )
        )
        key = excepting_bank(session, world)
        invite(session, world, "mediator@peace.example", home="bank")
        assert reads(session, key, "mediator@peace"), "invited is no member"
        assert not reads(session, key), "a second membership is no way round it"
    with writing(world.sessions) as session:
        old = session.scalars(
            select(Membership).where(
                Membership.organisation_id == home.id, Membership.person_id == bank.person_id
            )
        ).one()
        stakeholders.resign(session, bank, home.ref, now())
    with writing(world.sessions) as session:
        assert not reads(session, key), "leaving is no way round it"
        later = excepting_bank(session, world)
        assert reads(session, later), "who had left before was not meant"
        values = {"membership_id": old.id, "now": now()}
        with pytest.raises(PortalError):
            stakeholders.end_membership(session, steward, home.ref, **values)
        assert reads(session, later), "what has ended does not end later"
    with writing(world.sessions) as session:
        offer = offer_to(session, "mediator@peace.example").ref
        stakeholders.accept_offer(session, mediator, offer, now())
        assert not reads(session, key, "mediator@peace"), "whoever joins knowingly is excepted"
        stakeholders.leave_organisation(session, steward, home.ref, now())
        assert not reads(session, key, "mediator@peace"), "nor is the organisation's own leaving"


def test_an_exception_that_stays_keeps_its_beginning(world: World) -> None:
    at, liaison, bank = world.organisations, world.actors["liaison@telco"], "liaison@bank"
    listed = RecipientList(
        organisations=frozenset({at["peace"].id}), excepted_organisations=frozenset({at["bank"].id})
    )
    with writing(world.sessions) as session:
        key = excepting_bank(session, world)
        session.add(
            Membership(
                person_id=world.actors[bank].person_id,
                organisation_id=at["peace"].id,
                role=Role.LIAISON,
                begins_at=NOW,
            )
        )
        stakeholders.resign(session, world.actors[bank], at["bank"].ref, now())
    with writing(world.sessions) as session:
        notice = session.get_one(NOTICES.model, key)
        notices.correct(
            session,
            liaison,
            notice.ref,
            text=text(tlp="AMBER", title="Corrected"),
            to=listed,
            why="A word.",
            version=notice.version,
            now=now(),
        )
    with reading(world.sessions) as session:
        assert not may(session, world.actors[bank], READ, NOTICES, key, now())
