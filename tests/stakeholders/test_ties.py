"""Clients and members of groups are asked; an open offer gives nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.offers import Offer, OfferState, Tie
from models.stakeholders import (
    Client,
    Person,
)
from models.vocabulary import Tlp
from portal import notices, stakeholders
from portal.access import audience
from portal.clock import now
from portal.db import reading, writing
from portal.demo import agree_to_all
from portal.recipients import RecipientList
from portal.rules import NOTICES, READ
from tests.cast import NOW, World
from tests.factories import published, text
from tests.stakeholders.builders import Visit, address, invite, make_admin


def test_a_client_is_one_once_its_administrator_accepts(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@cloud")
    with writing(world.sessions) as session:
        ref = published(session, world, "cloud", tlp="AMBER").ref
    cloud, bank = visit("liaison@cloud"), visit("liaison@bank")
    clients = f"{address(world, 'cloud')}/set-clients"
    key = str(world.organisations["bank"].id)
    for _twice in range(2):
        page = cloud.follow(cloud.post(clients, {"clients": [key]}))
        assert "once its administrator accepts" in page.words
    with reading(world.sessions) as session:
        offer = session.scalars(select(Offer)).one().ref
    assert "Bank , asked to be a client of Cloud" in cloud.get(clients).words
    assert bank.get(f"/notices/{ref}").status == 404
    assert bank.post(f"/offers/{offer}/accept").status == 404, "a liaison is no administrator"
    assert cloud.post(f"/offers/{offer}/accept").status == 403
    make_admin(world, "liaison@bank")
    assert "Cloud asks your organisation to be its client" in bank.get("/").words
    assert "Cloud asks your organisation" in bank.get(f"{address(world, 'bank')}/read-ties").words
    bank.follow(bank.post(f"/offers/{offer}/accept"))
    assert bank.get(f"/notices/{ref}").status == 200
    ties = f"{address(world, 'bank')}/leave-provider"
    provider = {"provider": str(world.organisations["cloud"].id)}
    assert visit("liaison@telco").post(ties, provider).status == 403
    page = bank.follow(bank.post(ties, provider))
    assert "is no client there any more" in page.words
    assert bank.get(f"/notices/{ref}").status == 404
    assert "is no client there" in bank.follow(bank.post(ties, provider)).words
    cloud.post(clients, {"clients": [key]})
    cloud.post(clients, {"clients": []})
    with reading(world.sessions) as session:
        states = session.scalars(select(Offer.state).order_by(Offer.id)).all()
        assert states == [OfferState.ACCEPTED, OfferState.WITHDRAWN]
        assert session.scalars(select(Client)).all() == []


def test_a_group_is_joined_by_whoever_accepts(world: World, visit: Visit) -> None:
    at, coordinator = world.organisations, world.actors["coordinator@peace"]
    make_admin(world, "analyst@cert")
    with writing(world.sessions) as session:
        group = stakeholders.form_group(
            session, coordinator, at["peace"].ref, name="Circle", ceiling=Tlp.AMBER, now=NOW
        )
        stakeholders.edit_group(
            session,
            coordinator,
            group.ref,
            organisation_ids={at["cert"].id, at["peace"].id},
            person_ids={world.actors["liaison@telco"].person_id, coordinator.person_id},
            now=now(),
        )
        listed = stakeholders.members_of(session, group)
        assert listed == ({at["peace"].id}, {coordinator.person_id}), "who acts has agreed"
        invited = stakeholders.invited_to(session, group)
    home, path = invited[0][at["cert"].id], f"/stakeholders/groups/{group.ref}"
    mine = invited[1][world.actors["liaison@telco"].person_id]
    keeper, cert, telco = (visit(n) for n in ("coordinator@peace", "analyst@cert", "liaison@telco"))
    assert "Response Team , invited to the sharing group Circle" in keeper.get(path).words
    assert [who.get(path).status for who in (cert, telco)] == [404, 404]
    assert telco.post(f"/offers/{home}/accept").status == 404
    cert.follow(cert.post(f"/offers/{home}/accept"))
    telco.follow(telco.post(f"/offers/{mine}/accept"))
    assert [who.get(path).status for who in (cert, telco)] == [200, 200]
    telco.post(f"{path}/leave")
    cert.post(f"{address(world, 'cert')}/leave-group", {"group": str(group.id)})
    assert [who.get(path).status for who in (cert, telco)] == [404, 404]
    assert telco.post(f"{path}/leave").status == 404


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
