"""Leaving a sharing group: as a person on its list, and as an organisation."""

from models.vocabulary import Tlp
from portal import stakeholders
from portal.clock import now
from portal.db import writing
from tests.cast import NOW, World
from tests.stakeholders.builders import Visit, address, make_admin


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
