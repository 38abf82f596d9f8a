"""The list of notices as a work surface: sorted, filtered, and nothing hidden told."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.audience import AudienceRow
from portal import notices
from portal.db import reading, writing
from portal.schema import downgrade, upgrade
from tests.cast import NOW, World
from tests.factories import published
from tests.pages import Answer, Visitor

pytestmark = pytest.mark.both_engines

Visit = Callable[[str], Visitor]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def titles(page: Answer) -> list[str]:
    """The titles on a page of the list, in their order."""
    return [tag.get_text() for tag in page.page.select("main tbody th a")]


def chips(page: Answer) -> dict[str, str]:
    """The filters that are on, as a page says them, with the address that removes each."""
    found = page.page.select(".go-chips a:not(.go-plain) bdi")
    return {tag.get_text(): str(tag.parent["href"]) for tag in found if tag.parent}


@pytest.fixture
def four(world: World) -> World:
    """Four notices: posted one after the other, due in the other order, the second one closed."""
    with writing(world.sessions) as session:
        for n in range(4):
            due = NOW + (9 - n) * DAY if n else None
            made = published(
                session, world, "peace", title=f"N{n}", at=NOW + n * HOUR, acknowledge_by_at=due
            )
            if n == 1:
                liaison = world.actors["liaison@telco"]
                notices.close(session, liaison, made.ref, why="It is over.", now=NOW + 9 * HOUR)
    return world


def test_each_order_goes_both_ways_and_the_head_says_so(four: World, visit: Visit) -> None:
    mediator = visit("mediator@peace")
    orders = {
        "": "N3 N2 N1 N0",
        "published": "N0 N1 N2 N3",
        "-published": "N3 N2 N1 N0",
        "-changed": "N1 N3 N2 N0",
        "changed": "N0 N2 N3 N1",
        "acknowledge": "N3 N2 N1 N0",
        "-acknowledge": "N0 N1 N2 N3",
        "garbled": "N3 N2 N1 N0",
    }
    for sort, wanted in orders.items():
        page = mediator.get(f"/notices/?sort={sort}")
        assert titles(page) == wanted.split(), sort
        (sorted_by,) = page.page.select("main th[aria-sort]")
        rising = sort in ("published", "changed", "acknowledge")
        assert sorted_by["aria-sort"] == ("ascending" if rising else "descending")
        name = sort.removeprefix("-") if sort in orders and sort != "garbled" else ""
        assert f"sort={'-' if rising else ''}{name or 'published'}" in str(sorted_by.a["href"])


def test_pages_of_another_order_follow_each_other(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for n in range(60):
            due = NOW + (5 + n % 7) * DAY
            published(session, world, "peace", title=f"N{n}", acknowledge_by_at=due)
    mediator, path, seen = (
        visit("mediator@peace"),
        "/notices/?sort=acknowledge&tlp=AMBER%2BSTRICT",
        [],
    )
    while path:
        page = mediator.get(path)
        seen += titles(page)
        further = page.page.find("a", string="Next page")
        path = str(further["href"]) if further else ""
    assert len(seen) == len(set(seen)) == 60
    assert [int(title[1:]) % 7 for title in seen] == sorted(n % 7 for n in range(60))


def test_filters_that_are_on_are_shown_and_removed_one_by_one(four: World, visit: Visit) -> None:
    mediator, telco = visit("mediator@peace"), four.organisations["telco"].id
    page = mediator.get(f"/notices/?state=closed&party={telco}&q=n1&sort=changed&after=x&odd=1")
    assert titles(page) == ["N1"]
    said = chips(page)
    assert list(said) == ["Words: n1", "State: closed", "From: Telco"]
    assert said["State: closed"] == f"/notices/?q=n1&party={telco}&sort=changed"
    assert page.page.find("a", string="Remove all filters") is not None
    (chosen,) = page.page.select("#more-filters #party option[selected]")
    assert chosen.get_text() == "Telco"
    assert titles(mediator.get("/notices/?party=999999")) == []
    assert chips(mediator.get("/notices/?party=999999")) == {
        "From: not in this portal": "/notices/"
    }


def test_quiet_and_without_my_response(four: World, visit: Visit) -> None:
    mediator = four.actors["mediator@peace"]
    with writing(four.sessions) as session:
        for row in notices.newest(session, mediator, NOW + DAY, narrowed=notices.Filter()).rows:
            if row.title == "N2":
                notices.acknowledge(session, mediator, row.ref, NOW + 10 * HOUR)
    with reading(four.sessions) as session:

        def found(who: str, **narrowed: int) -> list[str]:
            page = notices.newest(
                session, four.actors[who], NOW + 2 * DAY, narrowed=notices.Filter(**narrowed)
            )
            return [row.title for row in page.rows]

        assert found("mediator@peace", unanswered=True) == ["N3", "N0"], "neither closed nor done"
        assert found("liaison@telco", unanswered=True) == [], "nobody answers their own notice"
        assert found("mediator@peace", quiet=1) == ["N3", "N2", "N0"]
        assert found("mediator@peace", quiet=3) == []


def test_words_find_no_text_that_is_hidden(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        liaison = world.actors["liaison@telco"]
        published(session, world, "peace", title="Harbour gates", body="zephyrine")
        gone = published(session, world, "peace", title="Zephyrine pumps")
        published(session, world, "cloud", title="Zephyrine of others")
        notices.withdraw(session, liaison, gone.ref, why="It was wrong.", now=NOW)
    mediator, telco = visit("mediator@peace"), visit("colleague@telco")
    assert titles(mediator.get("/notices/?q=zephyrine")) == ["Harbour gates"]
    assert titles(mediator.get("/notices/?q=zephyrine&state=withdrawn")) == []
    assert titles(mediator.get("/notices/?state=withdrawn")) == ["Withdrawn notice"]
    assert titles(telco.get("/notices/?q=zeph&state=withdrawn")) == ["Zephyrine pumps"]
    assert titles(visit("liaison@bank").get("/notices/?q=zephyrine")) == []
    assert titles(mediator.get("/notices/?q=%25")) != [], "signs are no words, and filter nothing"


def test_rows_of_a_page_stand_under_headings_of_organisations(four: World, visit: Visit) -> None:
    with writing(four.sessions) as session:
        published(session, four, "peace", by="liaison@cloud", title="From Cloud", at=NOW)
    page = visit("mediator@peace").get("/notices/?group=party")
    heads = [tag.get_text(" ", strip=True) for tag in page.page.select("main tr.go-group th")]
    assert heads == ["Cloud 1 on this page", "Telco 4 on this page"]
    assert titles(page)[0] == "From Cloud"


def test_the_index_knows_each_order_after_the_migration(four: World) -> None:
    def index() -> list[tuple[object, ...]]:
        with reading(four.sessions) as session:
            rows = session.query(AudienceRow).order_by(AudienceRow.principal, AudienceRow.notice_id)
            return [(r.principal, r.notice_id, r.changed_at, r.acknowledge_by_at) for r in rows]

    before = index()
    assert len({row[2] for row in before}) == 4
    downgrade(four.engine, "0026")
    upgrade(four.engine)
    assert index() == before
