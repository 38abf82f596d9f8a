"""Two who change what an organisation or a group is: the second sees what the first saved."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from blueprints.audience_forms import StampedForm
from models.stakeholders import Organisation, SharingGroup
from portal import stakeholders
from portal.db import reading, writing
from tests.cast import NOW, World
from tests.factories import published
from tests.pages import Answer, Visitor
from tests.stakeholders.builders import make_admin
from tests.stakeholders.test_edit_group import formed

Visit = Callable[[str], Visitor]
THEIRS = "Someone saved another version in the meantime"


def both(visitor: Visitor, page: str, first: dict[str, Any], second: dict[str, Any]) -> Answer:
    """Open a page twice, save the one, then send the other; what that is answered."""
    opened = visitor.get(page)
    assert THEIRS not in opened.words
    assert visitor.post(page, {**opened.form(), **first}).status == 302
    late = visitor.post(page, {**opened.form(), **second})
    assert (late.status, THEIRS in late.words) == (409, True)
    return late


def shown(late: Answer) -> str:
    """What is said of the version that somebody else saved."""
    return " ".join(pairs.get_text(" ") for pairs in late.page.select(".alert .go-pairs"))


def members(world: World, ref: str) -> tuple[str, frozenset[int], frozenset[int]]:
    with reading(world.sessions) as session:
        group = session.scalars(select(SharingGroup).where(SharingGroup.ref == ref)).one()
        there, asked = (
            stakeholders.members_of(session, group),
            stakeholders.invited_to(session, group),
        )
        return group.purpose, there[0] | asked[0].keys(), there[1] | asked[1].keys()


def test_whom_a_colleague_took_off_a_group_is_not_put_on_it_again(
    world: World, visit: Visit
) -> None:
    ref = formed(world, visit, "telco", "cloud")
    page, key = (
        f"/stakeholders/groups/{ref}/edit",
        {n: o.id for n, o in world.organisations.items()},
    )
    coordinator = visit("coordinator@peace")
    late = both(
        coordinator,
        page,
        {"organisations": [str(key["telco"]), str(key["bank"])]},
        {"purpose": "To answer at once"},
    )
    assert late.form()["purpose"] == ["To answer at once"], "what was typed is kept"
    assert "Bank" in shown(late)
    assert members(world, ref) == ("", frozenset({key["telco"], key["bank"]}), frozenset())
    assert coordinator.post(page, late.form()).status == 302
    assert members(world, ref)[0] == "To answer at once"
    assert members(world, ref)[1] == {key["telco"], key["cloud"]}, "knowingly"


def test_whoever_left_a_group_meanwhile_is_not_invited_again(world: World, visit: Visit) -> None:
    ref = formed(world, visit, "liaison@telco", "liaison@cloud")
    coordinator, page = visit("coordinator@peace"), f"/stakeholders/groups/{ref}/edit"
    opened = coordinator.get(page)
    visit("liaison@cloud").post(f"/stakeholders/groups/{ref}/leave")
    late = coordinator.post(page, {**opened.form(), "purpose": "Another"})
    assert (late.status, THEIRS in late.words) == (409, True)
    assert members(world, ref)[2] == {world.actors["liaison@telco"].person_id}


def test_clients_of_an_organisation_are_not_put_back(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    home, key = world.organisations["telco"], {n: o.id for n, o in world.organisations.items()}
    page, admin = f"/stakeholders/{home.ref}/set-clients", visit("liaison@telco")
    both(admin, page, {"clients": [str(key["bank"])]}, {"clients": [str(key["cloud"])]})
    with reading(world.sessions) as session:
        asked = stakeholders.asked_clients(session, home.id).keys()
        assert asked | stakeholders.clients_of(session, home.id) == {key["bank"]}


def test_what_an_organisation_is_said_to_be_is_not_overwritten(world: World, visit: Visit) -> None:
    make_admin(world, "liaison@telco")
    ref = world.organisations["telco"].ref
    page, admin = f"/stakeholders/{ref}/edit", visit("liaison@telco")
    late = both(admin, page, {"zone": "Africa/Nairobi"}, {"reviews_contacts": "y"})
    assert "Africa/Nairobi" in shown(late)
    assert late.form()["reviews_contacts"] == ["y"], "what was ticked is kept"
    with reading(world.sessions) as session:
        kept = session.scalars(select(Organisation).where(Organisation.ref == ref)).one()
        assert (kept.zone, kept.reviews_contacts) == ("Africa/Nairobi", False)


def test_a_ticket_number_of_a_colleague_is_not_overwritten(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        notice = published(session, world, "cloud")
    telco = world.organisations["telco"].ref
    page = f"/stakeholders/{telco}/set-ticket?of={notice.ref}"
    late = both(visit("liaison@telco"), page, {"number": "INC-1"}, {"number": "INC-2"})
    assert late.form()["number"] == ["INC-2"]
    assert "INC-1" in late.words


def test_a_banner_of_another_steward_is_not_overwritten(visit: Visit) -> None:
    steward = visit("steward@portal")
    said = {"begins": "2026-12-01T10:00", "ends": "2026-12-01T12:00"}
    page = "/steward/announce"
    opened = steward.get(page)
    assert steward.post(page, {**opened.form(page), **said, "text": "One"}).status == 302
    late = steward.post(page, {**opened.form(page), **said, "text": "Another"})
    assert (late.status, THEIRS in late.words) == (409, True)
    assert late.form(page)["text"] == ["Another"]


def test_a_stamp_cannot_be_tried_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of keys has few forms: who knew how a stamp is made would find the hidden ones."""

    def stamp() -> str:
        with app.test_request_context():
            form = StampedForm()
            form.is_late({1, 2})
            return str(form.stamp.data)

    first = stamp()
    assert stamp() == first
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret of the tests, long enough")
    assert stamp() != first


def test_a_change_of_a_list_alone_counts_as_a_version(world: World, visit: Visit) -> None:
    """So that of two who change it at the same moment the database takes one."""
    make_admin(world, "liaison@telco")
    ref = formed(world, visit, "telco")
    home, bank = world.organisations["telco"].ref, world.organisations["bank"].id
    before = versions(world, ref, home)
    with writing(world.sessions) as session:
        coordinator, liaison = world.actors["coordinator@peace"], world.actors["liaison@telco"]
        lists = {"organisation_ids": {bank}, "person_ids": ()}
        stakeholders.edit_group(session, coordinator, ref, **lists, now=NOW)
        stakeholders.set_clients(session, liaison, home, client_ids={bank}, now=NOW)
    assert versions(world, ref, home) == tuple(one + 1 for one in before)


def versions(world: World, group: str, home: str) -> tuple[int, int]:
    with reading(world.sessions) as session:
        return (
            session.scalars(select(SharingGroup.version).where(SharingGroup.ref == group)).one(),
            session.scalars(select(Organisation.version).where(Organisation.ref == home)).one(),
        )
