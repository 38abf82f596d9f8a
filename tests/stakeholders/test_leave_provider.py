"""A client leaves its provider, once it was one."""

from sqlalchemy import select

from models.offers import Offer, OfferState
from models.stakeholders import (
    Client,
)
from portal.db import reading, writing
from tests.cast import World
from tests.factories import published
from tests.stakeholders.builders import Visit, address, make_admin


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
    assert "is no longer a client there" in page.words
    assert bank.get(f"/notices/{ref}").status == 404
    assert "is no longer a client there" in bank.follow(bank.post(ties, provider)).words
    cloud.post(clients, {"clients": [key]})
    cloud.post(clients, {"clients": []})
    with reading(world.sessions) as session:
        states = session.scalars(select(Offer.state).order_by(Offer.id)).all()
        assert states == [OfferState.ACCEPTED, OfferState.WITHDRAWN]
        assert session.scalars(select(Client)).all() == []
