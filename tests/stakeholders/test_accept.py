"""Accepting an invitation: by whoever is invited, once, and in time."""

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models.offers import Offer, OfferState
from models.stakeholders import (
    Appointment,
    Membership,
    PlatformRole,
    Role,
)
from portal import stakeholders
from portal.clock import now
from portal.db import reading, writing
from portal.errors import NotFound, Refused, TooLate
from tests.cast import World
from tests.factories import published
from tests.stakeholders.builders import Visit, address, invite, make_admin, offer_to


def test_a_registered_person_is_asked_and_decides(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    with writing(world.sessions) as session:
        key = invite(session, world, "mediator@peace.example", role=Role.OBSERVER)
        ref = published(session, world, "telco", by="liaison@cloud").ref
        offer = offer_to(session, "mediator@peace.example").ref
    mediator = visit("mediator@peace")
    assert mediator.get(f"/notices/{ref}").status == 404
    first = mediator.get("/")
    assert "Telco invites you to act for it as observer" in first.words
    assert first.page.select_one(f'form[action="/offers/{offer}/accept"]')
    assert "Telco invites you" in mediator.get("/account/").words
    assert mediator.get(f"/auth/invitation/{key}").to == f"/offers/{offer}"
    assert visit("nobody").post(f"/auth/invitation/{key}/decline").status == 404, "not by a key"
    for name in ("liaison@cloud", "coordinator@peace"):
        for act in ("accept", "decline"):
            assert visit(name).post(f"/offers/{offer}/{act}").status == 404
    assert visit("liaison@telco").post(f"/offers/{offer}/accept").status == 403, "not oneself"
    mediator.follow(mediator.post(f"/offers/{offer}/accept"))
    assert mediator.get(f"/notices/{ref}").status == 200
    for act in ("accept", "decline"):
        assert mediator.post(f"/offers/{offer}/{act}").status == 409, "it is answered"
    assert "Mediator" in visit("liaison@telco").get(address(world, "telco")).words
    mediator.follow(mediator.post(f"{address(world, 'telco')}/resign"))
    assert mediator.get(f"/notices/{ref}").status == 404, "one leaves when one likes"


def test_accepted_and_withdrawn_at_once_it_has_one_end(world: World) -> None:
    mediator, steward = world.actors["mediator@peace"], world.actors["steward@portal"]
    for _round in range(3):
        with writing(world.sessions) as session:
            session.execute(update(Offer).values(state=OfferState.WITHDRAWN))
            invite(session, world, "mediator@peace.example", home="cloud")
            offer = offer_to(session, "mediator@peace.example").ref
            before = members(session, world, "mediator@peace", "cloud")
        gate, ends = threading.Barrier(2), []

        def act(what: Callable[[Session], None], name: str) -> None:
            gate.wait()  # noqa: B023
            try:
                with writing(world.sessions) as session:
                    what(session)
            except (TooLate, Refused, NotFound):
                return
            ends.append(name)  # noqa: B023

        accept, withdraw = stakeholders.accept_offer, stakeholders.revoke_invitation
        acts = {
            OfferState.ACCEPTED: lambda s: accept(s, mediator, offer, now()),  # noqa: B023
            OfferState.WITHDRAWN: lambda s: withdraw(s, steward, offer, now()),  # noqa: B023
        }
        threads = [threading.Thread(target=act, args=(a, n)) for n, a in acts.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with reading(world.sessions) as session:
            assert [offer_to(session, "mediator@peace.example").state] == ends
            more = members(session, world, "mediator@peace", "cloud") - before
            assert more == (1 if ends == [OfferState.ACCEPTED] and not before else 0)


def members(session: Session, world: World, name: str, home: str) -> int:
    rows = select(Membership).where(
        Membership.person_id == world.actors[name].person_id,
        Membership.organisation_id == world.organisations[home].id,
    )
    return len(session.scalars(rows).all())


def test_a_steward_is_asked_too(world: World, visit: Visit, app: Flask) -> None:
    run = app.test_cli_runner().invoke
    words = ["people", "invite", "liaison@cloud.example", "Second steward", "--steward"]
    assert run(args=words).exit_code == 0
    liaison = world.actors["liaison@cloud"]
    with reading(world.sessions) as session:
        mine = select(Appointment).where(Appointment.person_id == liaison.person_id)
        assert session.scalars(mine).all() == []
        offer = offer_to(session, "liaison@cloud.example").ref
    page = visit("liaison@cloud")
    assert "to act for this portal as steward" in page.get("/").words
    assert page.get("/steward/").status == 404
    page.follow(page.post(f"/offers/{offer}/accept"))
    assert page.get("/steward/").status == 200
    with reading(world.sessions) as session:
        assert session.scalars(mine).one().role == PlatformRole.STEWARD
