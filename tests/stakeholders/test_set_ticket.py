"""An organisation's own number of a record: for its members alone, as long as they read it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models.ledger import AuditEvent
from models.notices import Notice
from models.stakeholders import Membership
from models.tickets import Ticket
from portal import notices, stakeholders
from portal.access import Actor
from portal.db import reading, writing
from portal.errors import Invalid, NotFound, Refused
from portal.notices import newest
from portal.notices.filtering import EVERYTHING
from portal.search import find
from tests.cast import NOW, World
from tests.claims.builders import published as claim_published
from tests.commitments.exported import promised
from tests.factories import published, text, to
from tests.harm.builders import published as harm_published
from tests.pages import Visitor

CLOUD, TELCO, BANK = "liaison@cloud", "liaison@telco", "liaison@bank"
NUMBER = "INC-4711"


def notice(world: World) -> str:
    with writing(world.sessions) as session:
        return published(session, world, "cloud", "peace", title="A wiper").ref


def kept(
    world: World, of: str, *, by: str = CLOUD, home: str = "cloud", number: str = NUMBER
) -> None:
    with writing(world.sessions) as session:
        ref = world.organisations[home].ref
        stakeholders.set_ticket(
            session, world.actors[by], ref, of=of, number=number, now=NOW + timedelta(minutes=1)
        )


def listed(world: World, who: Actor) -> dict[str, str]:
    with reading(world.sessions) as session:
        rows = newest(session, who, NOW + timedelta(hours=1), narrowed=EVERYTHING).rows
        return {row.ref: row.ticket for row in rows}


def found(world: World, who: Actor, asked: str) -> set[str]:
    with reading(world.sessions) as session:
        parts = find(session, who, asked, NOW + timedelta(hours=1))
        return {hit.ref for part in parts for hit in part.hits}


def test_members_see_it_in_lists_and_find_it_and_nobody_else(world: World) -> None:
    ref = notice(world)
    kept(world, ref)
    cloud, telco, peace = (world.actors[who] for who in (CLOUD, TELCO, "mediator@peace"))
    assert listed(world, cloud)[ref] == NUMBER
    assert {listed(world, who)[ref] for who in (telco, peace)} == {""}
    for asked in (NUMBER, "inc-4711"):
        assert found(world, cloud, asked) == {ref}
        assert found(world, telco, asked) == found(world, peace, asked) == set()


def test_it_is_changed_and_removed_and_each_side_has_its_own(world: World) -> None:
    ref = notice(world)
    kept(world, ref)
    kept(world, ref, number="  INC-9 ")
    kept(world, ref, by=TELCO, home="telco", number="T-1")
    assert listed(world, world.actors[CLOUD])[ref] == "INC-9"
    assert listed(world, world.actors[TELCO])[ref] == "T-1"
    kept(world, ref, number="")
    assert listed(world, world.actors[CLOUD])[ref] == ""
    assert found(world, world.actors[CLOUD], "INC-9") == set()


def test_it_goes_with_the_sight_of_the_record_and_with_the_membership(world: World) -> None:
    ref = notice(world)
    kept(world, ref)
    cloud = world.actors[CLOUD]
    with writing(world.sessions) as session:
        row = session.scalars(select(Notice).where(Notice.ref == ref)).one()
        notices.correct(
            session,
            world.actors[TELCO],
            ref,
            text=text(title="A wiper"),
            to=to(world, "peace"),
            why="Sent to the wrong ones.",
            version=row.version,
            now=NOW + timedelta(minutes=2),
        )
    assert ref not in listed(world, cloud)
    assert found(world, cloud, NUMBER) == set()
    with pytest.raises(NotFound):
        kept(world, ref, number="INC-1")
    other = notice(world)
    kept(world, other, number="INC-2")
    with writing(world.sessions) as session:
        ended = update(Membership).where(Membership.person_id == cloud.person_id)
        session.execute(ended.values(ends_at=NOW + timedelta(minutes=3)))
    assert found(world, cloud, "INC-2") == set()


def test_the_trail_has_the_act_without_the_number_and_not_at_the_record(world: World) -> None:
    ref = notice(world)
    kept(world, ref)
    with reading(world.sessions) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "set-ticket")).one()
        assert event.resource_type == "organisations"
        assert NUMBER not in str(event.detail)
        assert event.detail["kept"] is True


def test_only_members_keep_one_and_only_of_what_they_read(world: World) -> None:
    ref = notice(world)
    for by, home, error in (
        (TELCO, "cloud", Refused),
        (BANK, "bank", NotFound),
    ):
        with pytest.raises(error):
            kept(world, ref, by=by, home=home)
    for number, message in (("x" * 61, "This is too long."), ("a\u202eb", "Use characters")):
        with pytest.raises(Invalid) as refused:
            kept(world, ref, number=number)
        assert str(refused.value.problems["number"]).startswith(message)
    with reading(world.sessions) as session:
        assert session.scalars(select(Ticket)).all() == []


def test_the_page(world: World, visit: Callable[[str], Visitor]) -> None:
    ref, cloud = notice(world), visit(CLOUD)
    page = cloud.get(f"/notices/{ref}")
    assert "Add own ticket number" in page.words
    path = f"/stakeholders/{world.organisations['cloud'].ref}/set-ticket?of={ref}"
    form = cloud.get(path).form()
    refused = cloud.post(path, {**form, "number": "y" * 61})
    assert refused.status == 422
    assert "y" * 61 in refused.text
    answer = cloud.follow(cloud.post(path, {**form, "number": NUMBER}))
    assert NUMBER in answer.words
    assert NUMBER in cloud.get("/notices/").words
    assert NUMBER in cloud.get(f"/search?q={NUMBER}").text
    assert NUMBER not in visit(TELCO).get(f"/notices/{ref}").text
    assert NUMBER not in visit(TELCO).get("/notices/").text
    bank = visit(BANK)
    own = f"/stakeholders/{world.organisations['bank'].ref}/set-ticket"
    hidden, absent = bank.get(f"{own}?of={ref}"), bank.get(f"{own}?of=N-26-XXXXXX")
    assert (hidden.status, hidden.words) == (404, absent.words)
    assert bank.get(own).status == 404
    assert visit(TELCO).get(path).status == 403


def test_it_is_in_the_files_of_its_own_organisation_alone(
    world: World, visit: Callable[[str], Visitor]
) -> None:
    ref = promised(world, "peace")
    with writing(world.sessions) as session:
        on = published(session, world, "cloud", "peace", title="A wiper")
        harm = harm_published(session, world, "cloud", "peace", notice_id=on.id).ref
        claim = claim_published(session, world, "cloud", "peace", notice_id=on.id).ref
        home = on.ref
    for one in (ref, harm, claim):
        kept(world, one)
    for of, path in (
        (ref, "/commitments/overview.csv"),
        (harm, f"/harm/{harm}/export"),
        (harm, f"/harm/together/{home}/csv"),
        (harm, f"/harm/spread/{home}/csv"),
        (claim, f"/claims/{claim}/export"),
        (claim, f"/claims/side-by-side/{home}/csv"),
    ):
        assert NUMBER in visit(CLOUD).get(path).text, path
        other = visit("mediator@peace").get(path).text
        assert of in other, path
        assert NUMBER not in other, path
