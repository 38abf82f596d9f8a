"""A saved view holds what an address asks; it opens nothing, and names nothing that is hidden."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from models.stakeholders import Membership
from portal import saved_views
from portal.db import reading, writing
from portal.errors import Invalid, NotFound
from tests.cast import NOW, World
from tests.factories import opened_process, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO, COLLEAGUE, BANK = "liaison@telco", "colleague@telco", "liaison@bank"
LISTS = (
    "notices", "commitments", "dialogues", "records", "stakeholders", "claims", "harm", "releases",
    "exercises", "contacts",
)  # fmt: skip


def save(world: World, name: str, query: str, *, by: str = TELCO, noun: str = "notices") -> None:
    """A view that is shared with the organisation of whoever saves it."""
    with writing(world.sessions) as session:
        home = saved_views.may_share_with(session, world.actors[by], NOW)[0][0]
        saved_views.save_view(
            session,
            world.actors[by],
            list_name=noun,
            name=name,
            query=query,
            organisation=home,
            now=NOW,
        )


def seen(world: World, name: str) -> list[str]:
    with reading(world.sessions) as session:
        return [row.name for row in saved_views.views_of(session, world.actors[name], NOW)]


def links(visitor: Visitor, address: str) -> dict[str, str]:
    """The views on a page, each with its address."""
    found = visitor.get(address).page.select(".go-views nav a")
    return {" ".join(one.get_text().split()): str(one["href"]) for one in found}


def key_of(world: World, name: str) -> int:
    with reading(world.sessions) as session:
        rows = saved_views.views_of(session, world.actors[name], NOW)
        return rows[0].id


def test_a_view_is_saved_from_the_list_opened_made_default_and_removed(
    world: World, visit: Visit
) -> None:
    telco = visit(TELCO)
    offer = telco.get("/notices/?kind=other").page.select_one('a[href^="/views/"]')
    assert offer is not None
    form = telco.get(str(offer["href"]))
    answer = telco.post("/views/notices/new", {**form.form(), "name": "Odd ones", "default": "y"})
    assert answer.to == "/notices/?kind=other"
    assert links(telco, "/notices/?view=all") == {
        "All": "/notices/?view=all",
        "Odd ones": "/notices/?kind=other",
    }
    assert telco.get("/notices/").to == "/notices/?kind=other", "the list opens with its default"
    key = key_of(world, TELCO)
    telco.post(f"/views/{key}/default", {"on": "0"})
    assert telco.get("/notices/").status == 200
    assert visit(COLLEAGUE).post(f"/views/{key}/remove").status == 404
    assert telco.post(f"/views/{key}/remove").to == "/notices/?view=all"
    assert links(telco, "/notices/") == {}


@pytest.mark.parametrize("noun", LISTS)
def test_each_list_saves_how_it_stands_shows_it_and_opens_with_it(visit: Visit, noun: str) -> None:
    mediator = visit("mediator@peace")
    offer = mediator.get(f"/{noun}/?q=wiper&words=wiper").page.select_one('a[href^="/views/"]')
    assert offer is not None
    form = mediator.get(str(offer["href"])).form()
    path = str(offer["href"]).partition("?")[0]
    answer = mediator.post(path, {**form, "name": "Usual", "default": "y"})
    assert answer.to.startswith(f"/{noun}/?")
    assert links(mediator, f"/{noun}/?view=all")["Usual"] == answer.to
    assert mediator.get(f"/{noun}/").to == answer.to


def test_what_takes_no_views_does_not_offer_to_save_one(world: World, visit: Visit) -> None:
    key = world.organisations["telco"].id
    page = visit(TELCO).get(f"/contacts/now?party={key}").page
    assert page.select(".go-chips a"), "it is filtered"
    assert page.select_one('a[href^="/views/"]') is None


def test_a_shared_view_is_seen_by_members_as_long_as_they_and_its_maker_are(world: World) -> None:
    save(world, "Ours", "?kind=other")
    assert seen(world, COLLEAGUE) == ["Ours"]
    assert seen(world, BANK) == []
    with writing(world.sessions) as session:
        mine = Membership.person_id == world.actors[TELCO].person_id
        ended = {"ends_at": NOW - timedelta(hours=1)}
        session.execute(update(Membership).where(mine).values(**ended))
    assert seen(world, COLLEAGUE) == [], "nobody could remove it"
    assert seen(world, TELCO) == ["Ours"]


def test_nobody_shares_with_an_organisation_that_is_not_theirs(world: World) -> None:
    peace = world.organisations["peace"].ref
    with writing(world.sessions) as session, pytest.raises(Invalid):
        saved_views.save_view(
            session,
            world.actors[TELCO],
            list_name="notices",
            name="x",
            query="",
            organisation=peace,
            now=NOW,
        )


def test_a_hidden_view_and_an_absent_one_are_alike(world: World, visit: Visit) -> None:
    save(world, "Ours", "?kind=other")
    bank, key = visit(BANK), key_of(world, TELCO)
    for way in ("remove", "default"):
        hidden = bank.post(f"/views/{key}/{way}", {"on": "1"})
        absent = bank.post(f"/views/{key + 99}/{way}", {"on": "1"})
        assert (hidden.status, hidden.words) == (404, absent.words)
    with writing(world.sessions) as session, pytest.raises(NotFound):
        saved_views.set_default(session, world.actors[BANK], key, on=True, now=NOW)


def test_a_filter_on_what_a_reader_may_not_know_is_left_out_of_their_view(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world)
        key, name = process.id, process.cover_name
    query = f"?part_of={key}&state=in-force"
    save(world, "Both", query, by="mediator@peace", noun="commitments")
    save(world, "Ours", query, noun="commitments")
    own = links(visit("mediator@peace"), "/commitments/")["Both (Peace Mediation)"]
    assert f"part_of={key}" in own
    page = visit(COLLEAGUE).get("/commitments/")
    assert name not in page.text
    found = links(visit(COLLEAGUE), "/commitments/")
    assert [address for word, address in found.items() if word.startswith("Ours")] == [
        "/commitments/?state=in-force"
    ]


def test_a_view_opens_no_row_that_its_reader_may_not_see(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        ref = published(session, world, "peace").ref
    save(world, "Ours", "?q=wiper", by="mediator@peace")
    save(world, "Theirs", "?q=wiper", by=BANK)
    assert ref not in visit(BANK).get(links(visit(BANK), "/notices/")["Theirs (Bank)"]).text
    assert "Ours" not in visit(BANK).get("/notices/").text


@pytest.mark.parametrize("query", ["?x= y", "//evil.example", "?a\nb", "javascript:1", "x" * 1001])
def test_an_address_that_is_none_is_refused(world: World, visit: Visit, query: str) -> None:
    telco = visit(TELCO)
    form = telco.get("/views/notices/new").form()
    sent = telco.post("/views/notices/new", {**form, "name": "x", "query": query})
    assert sent.status == 422
    assert seen(world, TELCO) == []
