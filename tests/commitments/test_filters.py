"""The list of commitments as a work surface: whom it waits for, where accounts differ, and more."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from models.audience import CommitmentAudienceRow
from models.commitments import Step
from portal import commitments
from portal.commitments import OURS, Filter, listing
from portal.commitments.filtering import WALKS
from portal.commitments.listed_rows import columns
from portal.commitments.moves_in_sql import accounts_differ, waits_for
from portal.db import reading, writing
from portal.parameters import ME
from portal.parameters import NOW as AT
from portal.schema import downgrade, upgrade
from portal.walks import Order
from tests.cast import NOW, World
from tests.commitments.builders import agreed, found, proposed, reported
from tests.factories import opened_process
from tests.pages import Answer, Visitor

pytestmark = pytest.mark.both_engines

Visit = Callable[[str], Visitor]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TELCO, CLOUD, BANK = "liaison@telco", "liaison@cloud", "liaison@bank"


def titles(page: Answer) -> list[str]:
    """The titles on a page of the list, in their order."""
    return [tag.get_text() for tag in page.page.select("main tbody th a")]


@pytest.fixture
def moves(world: World) -> World:
    """Commitments of Telco to Cloud (verified by Cert), one for each move that can be next."""
    with writing(world.sessions) as session:
        proposed(session, world, title="Asked")
        agreed(session, world, title="Silent", at=NOW + HOUR)
        one = agreed(session, world, title="Reported", at=NOW + 2 * HOUR)
        reported(session, world, one.ref, at=NOW + 5 * HOUR)
        two = agreed(session, world, title="Differs", at=NOW + 3 * HOUR)
        reported(session, world, two.ref, Step.INTERMEDIATE, at=NOW + 6 * HOUR)
        found(session, world, two.ref, Step.MINIMAL, at=NOW + 7 * HOUR)
        three = agreed(session, world, title="Agrees", at=NOW + 4 * HOUR)
        reported(session, world, three.ref, Step.MINIMAL, at=NOW + 8 * HOUR)
        found(session, world, three.ref, Step.MINIMAL, at=NOW + 9 * HOUR)
    return world


def listed(world: World, who: str, **narrowed: Any) -> set[str]:
    """The titles that a filter leaves, ten days later."""
    with reading(world.sessions) as session:
        page = commitments.overview(
            session,
            world.actors[who],
            NOW + 10 * DAY,
            narrowed=Filter(**narrowed),
        )
        return {row.title for row in page.rows}


def test_a_list_says_whom_each_waits_for_as_its_rows_do(moves: World) -> None:
    with reading(moves.sessions) as session:
        names = {home.id: home.name for home in moves.organisations.values()}
        question = columns(ME, AT).add_columns(
            waits_for().label("waits_for"), accounts_differ().label("differ")
        )
        values = {ME.key: moves.actors[TELCO].person_id, AT.key: NOW + DAY}
        rows = session.execute(question, values).all()
    assert len(rows) == 5
    for row in rows:
        assert names.get(row.waits_for, "") == commitments.next_move(row).who, row.title
        assert bool(row.differ) == commitments.differ(row), row.title


def test_filters_of_work(moves: World) -> None:
    at = {name: home.id for name, home in moves.organisations.items()}
    assert listed(moves, TELCO, waiting=at["cloud"]) == {"Asked"}
    assert listed(moves, TELCO, waiting=at["cert"]) == {"Reported"}
    assert listed(moves, TELCO, waiting=OURS) == {"Silent", "Differs", "Agrees"}
    assert listed(moves, CLOUD, waiting=OURS) == {"Asked"}
    assert listed(moves, TELCO, differ=True) == {"Differs"}
    assert listed(moves, TELCO, unanswered=True) == {"Asked", "Silent"}
    assert listed(moves, TELCO, quiet=9) == {"Asked", "Silent", "Reported", "Differs", "Agrees"}
    assert listed(moves, TELCO, quiet=10) == {"Asked"}
    assert listed(moves, TELCO, waiting=at["bank"]) == set()
    assert listed(moves, BANK, unanswered=True) == set(), "of what one may not read nothing"


def in_pages(world: World, who: str, order: Order | None, **narrowed: Any) -> list[str]:
    """The titles of all pages of a list, ten days later."""
    found, after = [], ""
    with reading(world.sessions) as session:
        for _page in range(12):
            page = commitments.overview(
                session,
                world.actors[who],
                NOW + 10 * DAY,
                narrowed=Filter(**narrowed),
                order=order,
                after=after,
            )
            found += [row.title for row in page.rows]
            if not (after := page.after):
                return found
    raise AssertionError("the pages come to an end")


def test_a_first_look_of_any_size_finds_what_one_look_finds(
    moves: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases: list[tuple[Order | None, dict[str, Any]]] = [
        (order, narrowed)
        for order in (None, *WALKS.orders)
        for narrowed in ({"quiet": 9}, {"quiet": 10}, {"unanswered": True}, {"differ": True})
    ]
    at_once = [in_pages(moves, TELCO, order, **narrowed) for order, narrowed in cases]
    assert {len(titles) for titles in at_once} == {1, 2, 5}
    monkeypatch.setattr(listing, "PAGE", 1)
    monkeypatch.setattr(listing, "ASKED", 2)
    for walked in (5, 6, 12, 18, 600):
        monkeypatch.setattr(listing, "WALKED", walked)
        paged = [in_pages(moves, TELCO, order, **narrowed) for order, narrowed in cases]
        assert paged == at_once, walked


def test_each_order_goes_both_ways(moves: World, visit: Visit) -> None:
    telco = visit(TELCO)
    said = ["Asked", "Silent", "Reported", "Differs", "Agrees"]
    for sort in ("said", "proposed"):
        assert titles(telco.get(f"/commitments/?sort={sort}")) == said
        assert titles(telco.get(f"/commitments/?sort=-{sort}&due=soon")) in (said[::-1], [])
        assert titles(telco.get(f"/commitments/?sort=-{sort}")) == said[::-1]
    late = telco.get("/commitments/?sort=-due")
    (head,) = late.page.select("main th[aria-sort]")
    assert head["aria-sort"] == "descending"


def test_an_export_has_what_the_list_has(moves: World, visit: Visit) -> None:
    telco = visit(TELCO)
    for query, there in (
        ("q=silent", "Silent"),
        ("differ=1", "Differs"),
        ("waiting=us&q=agrees", "Agrees"),
    ):
        assert titles(telco.get(f"/commitments/?{query}")) == [there]
        text = telco.get(f"/commitments/overview.csv?{query}").text
        assert [title for title in ("Asked", "Silent", "Differs", "Agrees") if title in text] == [
            there
        ]


def test_no_heading_chip_or_choice_names_a_process_that_one_may_not_know(
    world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco")
        agreed(session, world, BANK, process=process.id, title="Within")
    secret = "Ledgerfall talks"
    telco, bank = visit(TELCO), visit(BANK)
    page = telco.get("/commitments/?group=process")
    assert f"{secret} 1 on this page" in page.words
    for query in ("group=process", f"part_of={process.id}", "sort=said&group=process"):
        page = bank.get(f"/commitments/?{query}")
        assert secret not in page.text
    assert "Process: not in this portal" in bank.get(f"/commitments/?part_of={process.id}").words
    assert titles(bank.get("/commitments/?group=process")) == ["Within"]


def test_the_index_knows_each_order_after_the_migration(moves: World) -> None:
    def index() -> list[tuple[object, ...]]:
        with reading(moves.sessions) as session:
            key = CommitmentAudienceRow.commitment_id
            rows = session.query(CommitmentAudienceRow).order_by(
                key, CommitmentAudienceRow.principal
            )
            return [(r.principal, r.commitment_id, r.said_at, r.published_at) for r in rows]

    before = index()
    assert len({row[3] for row in before}) == 5
    downgrade(moves.engine, "0026")
    upgrade(moves.engine)
    assert index() == before
