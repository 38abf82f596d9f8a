"""Organisations: admitted, described, given clients, suspended, left."""

from collections.abc import Callable

from sqlalchemy import select

from models.stakeholders import Organisation
from portal.db import reading, writing
from portal.demo import agree_to_all
from tests.cast import NOW, World
from tests.factories import published
from tests.pages import Visitor
from tests.stakeholders.builders import address, make_admin

Visit = Callable[[str], Visitor]


def test_the_steward_admits_and_the_name_is_taken_once(world: World, visit: Visit) -> None:
    steward = visit("steward@portal")
    typed = {"name": "Carrier", "kind": "company", "country": "KE", "zone": "Africa/Nairobi"}
    page = steward.follow(steward.post("/stakeholders/new", {**typed, "sectors": ["transport"]}))
    assert "Kenya" in page.words
    assert "Transport" in page.words
    again = steward.post("/stakeholders/new", {**typed, "name": "CARRIER"})
    assert (again.status, list(again.errors())) == (422, ["name"])
    assert again.form()["zone"] == ["Africa/Nairobi"]
    for name in ("liaison@telco", "auditor@portal"):
        assert visit(name).get("/stakeholders/new").status in (403, 404), name


def test_an_admin_describes_the_own_organisation(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    admin, path = visit("liaison@telco"), f"{address(world, 'telco')}/edit"
    form = admin.get(path).form()
    page = admin.follow(admin.post(path, {**form, "country": "SE", "name": "Not asked for"}))
    assert "Sweden" in page.words
    with reading(world.sessions) as session:
        assert session.get_one(Organisation, world.organisations["telco"].id).name == "Telco"
    assert admin.get(f"{address(world, 'cloud')}/edit").status == 403


def test_amber_reaches_a_client_as_soon_as_it_is_one(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@cloud")
    with writing(world.sessions) as session:
        ref = published(session, world, "cloud", tlp="AMBER", title="To Cloud").ref
    bank, admin = visit("liaison@bank"), visit("liaison@cloud")
    path = f"{address(world, 'cloud')}/set-clients"
    assert bank.get(f"/notices/{ref}").status == 404
    key = str(world.organisations["bank"].id)
    admin.follow(admin.post(path, {"clients": [key]}))
    assert bank.get(f"/notices/{ref}").status == 404, "nobody is a client unasked"
    with writing(world.sessions) as session:
        agree_to_all(session, NOW)
    assert bank.get(f"/notices/{ref}").status == 200
    assert "To Cloud" in bank.get("/notices/").words
    admin.follow(admin.post(path, {"clients": []}))
    assert bank.get(f"/notices/{ref}").status == 404
    assert "To Cloud" not in bank.get("/notices/").words
    own = admin.post(path, {"clients": [str(world.organisations["cloud"].id)]})
    assert (own.status, list(own.errors())) == (422, ["clients"])


def test_suspended_its_members_lose_what_they_had_through_it(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    steward, mediator = visit("steward@portal"), visit("mediator@peace")
    path = address(world, "peace")
    assert "lose at once" in steward.get(f"{path}/suspend").words
    steward.follow(steward.post(f"{path}/suspend"))
    assert mediator.get(f"/notices/{ref}").status == 404
    assert mediator.get(path).status == 404
    steward.follow(steward.post(f"{path}/reinstate"))
    assert mediator.get(f"/notices/{ref}").status == 200


def test_an_organisation_leaves(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@bank")
    admin, path = visit("liaison@bank"), address(world, "bank")
    admin.follow(admin.post(f"{path}/leave"))
    assert admin.get(path).status == 404
    with reading(world.sessions) as session:
        state = session.scalar(select(Organisation.state).where(Organisation.name == "Bank"))
    assert state == "left"
    assert visit("liaison@cloud").post(f"{address(world, 'telco')}/leave").status == 403
