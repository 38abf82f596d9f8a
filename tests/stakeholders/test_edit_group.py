"""Sharing groups: formed, changed, closed; who is taken off reads nothing through them."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.audience import AudienceRow
from models.notices import Notice
from models.stakeholders import SharingGroup
from portal import notices
from portal.db import reading, writing
from portal.demo import agree_to_all
from portal.notices import expected_rows
from portal.recipients import RecipientList
from tests.cast import NOW, World
from tests.factories import text
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def formed(world: World, visit: Visit, *names: str, **values: object) -> str:
    coordinator = visit("coordinator@peace")
    typed = {"organisation": world.organisations["peace"].ref, "name": "Response", "open_list": "y"}
    made = coordinator.post("/stakeholders/groups/new", {**typed, "ceiling": "AMBER", **values})
    assert made.status == 302, made.words
    ref = made.to.split("/")[-2]
    change(world, coordinator, ref, *names)
    return ref


def change(world: World, visitor: Visitor, ref: str, *names: str) -> None:
    typed = {
        "name": "Response",
        "organisations": [str(world.organisations[n].id) for n in names if "@" not in n],
        "people": [str(world.actors[n].person_id) for n in names if "@" in n],
    }
    visitor.follow(visitor.post(f"/stakeholders/groups/{ref}/edit", typed))
    with writing(world.sessions) as session:
        agree_to_all(session, NOW)


def addressed(world: World, ref: str) -> str:
    with writing(world.sessions) as session:
        key = session.scalars(select(SharingGroup.id).where(SharingGroup.ref == ref)).one()
        to = RecipientList(groups=frozenset({key}))
        author, home = world.actors["liaison@telco"], world.organisations["telco"].ref
        notice = notices.post_notice(session, author, home, text=text(tlp="AMBER"), to=to, now=NOW)
        return notices.publish(session, author, notice.ref, NOW).ref


def index_is_right(session: Session) -> bool:
    kept: dict[int, set[str]] = {}
    for row in session.scalars(select(AudienceRow)):
        kept.setdefault(row.notice_id, set()).add(row.principal)
    expected = {
        n.id: rows for n in session.scalars(select(Notice)) if (rows := expected_rows(session, n))
    }
    return kept == expected


def test_members_read_what_is_addressed_to_the_group_until_taken_off(
    world: World, visit: Visit
) -> None:
    ref = formed(world, visit, "telco", "cert", "liaison@cloud")
    notice = addressed(world, ref)
    analyst, cloud = visit("analyst@cert"), visit("liaison@cloud")
    assert [who.get(f"/notices/{notice}").status for who in (analyst, cloud)] == [200, 200]
    change(world, visit("coordinator@peace"), ref, "telco", "cert")
    assert [who.get(f"/notices/{notice}").status for who in (analyst, cloud)] == [200, 404]
    visit("coordinator@peace").post(f"/stakeholders/groups/{ref}/close")
    assert analyst.get(f"/notices/{notice}").status == 404
    assert notice not in analyst.get("/notices/").words
    with reading(world.sessions) as session:
        assert index_is_right(session)


def test_whoever_is_put_on_finds_what_came_before(world: World, visit: Visit) -> None:
    ref = formed(world, visit, "telco")
    notice = addressed(world, ref)
    analyst = visit("analyst@cert")
    assert analyst.get(f"/notices/{notice}").status == 404
    change(world, visit("coordinator@peace"), ref, "telco", "cert")
    assert analyst.get(f"/notices/{notice}").status == 200
    assert notice in analyst.get("/notices/").words


def test_only_its_keepers_change_a_group(world: World, visit: Visit) -> None:
    ref = formed(world, visit, "telco")
    liaison = visit("liaison@telco")
    assert liaison.get(f"/stakeholders/groups/{ref}/edit").status == 403
    assert liaison.post(f"/stakeholders/groups/{ref}/close").status == 403
    assert visit("liaison@bank").get(f"/stakeholders/groups/{ref}/edit").status == 404
    assert visit("observer@un").get("/stakeholders/groups/new").status == 403
