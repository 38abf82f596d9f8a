"""An organisation leaves a sharing group: its administrators take it out."""

from sqlalchemy import select

from models.stakeholders import SharingGroup
from portal.db import reading
from tests.cast import World
from tests.stakeholders.builders import Visit, address, make_admin
from tests.stakeholders.test_edit_group import formed


def test_it_reads_nothing_more_through_the_group(world: World, visit: Visit) -> None:
    make_admin(world, "analyst@cert")
    ref = formed(world, visit, "cert")
    with reading(world.sessions) as session:
        key = session.scalars(select(SharingGroup.id).where(SharingGroup.ref == ref)).one()
    cert, path = visit("analyst@cert"), f"{address(world, 'cert')}/leave-group"
    assert cert.get(f"/stakeholders/groups/{ref}").status == 200
    assert visit("liaison@telco").post(path, {"group": str(key)}).status == 403
    page = cert.follow(cert.post(path, {"group": str(key)}))
    assert "has left the group" in page.words
    assert cert.get(f"/stakeholders/groups/{ref}").status == 404
