"""No surface sums, ranks or weighs claims by the actor whom they name; order is day or claimant."""

import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Select
from sqlalchemy.sql import visitors

from portal.claims import SideBySide, listing, side_by_side
from portal.claims.side_by_side import IN_PROCESS, ON_NOTICE, SaidRow
from portal.db import writing
from portal.exchange import gathered
from tests.cast import World
from tests.claims.builders import published
from tests.factories import published as notice
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
NAMED = re.compile(r"\b(about|about_id|about_sort|named)\b")
ACTORS = st.sampled_from(["Sandpiper", "Plover", "Ruritania", ""])
CLAIMANTS = st.sampled_from(["Telco", "Cloud", "A State"])
DAYS = st.sampled_from(["2017", "2017-06", "2017-06-27"])


@st.composite
def many(draw: Any) -> list[SaidRow]:
    """Several claims, often more of one actor than of another."""
    found = []
    for key in range(draw(st.integers(0, 9))):
        actor, sure = draw(ACTORS), draw(st.sampled_from(["", "90"]))
        said: dict[str, Any] = dict.fromkeys(SaidRow.__dataclass_fields__, "")
        said |= {"id": key, "ref": f"A-{key}", "tlp": "GREEN", "stance": "states", "edition": 1}
        said |= {"said_on": draw(DAYS), "claimant": draw(CLAIMANTS), "named": actor}
        said |= {"about_sort": "group" if actor else "unknown", "scale": "stix", "confidence": sure}
        found.append(SaidRow(**said))
    return found


def table(claims: list[SaidRow]) -> SideBySide:
    nothing: Any = None
    return SideBySide(nothing, "", claims, {}, {})


@given(many(), st.integers())
def test_more_claims_about_an_actor_move_nothing(claims: list[SaidRow], seed: int) -> None:
    before = table(claims)
    names = [name for name, sort in before.named if sort != "unknown"]
    assert names == sorted(names), "columns stand by name alone"
    assert [claimant for claimant, _cells in before.lines] == sorted({c.claimant for c in claims})
    shuffled = [*claims, *claims]
    Random(seed).shuffle(shuffled)
    twice = table(shuffled)
    assert twice.named == before.named, "neither number nor order of claims moves a column"
    assert [one[0] for one in twice.lines] == [one[0] for one in before.lines]


@given(many())
def test_a_cell_holds_the_claims_themselves_and_no_number(claims: list[SaidRow]) -> None:
    cells = [cell for _claimant, line in table(claims).lines for cell in line.values()]
    assert sorted(row.id for cell in cells for row in cell) == [row.id for row in claims]
    told = {name for name in vars(SideBySide) if not name.startswith("_")}
    assert told == {"refs", "named", "lines"}, "no total and no score"


def questions() -> list[Any]:
    """Every question that lists claims: the list, side by side, and what goes out."""
    together = [*ON_NOTICE.values(), *IN_PROCESS.values(), listing.BESIDE]
    walked = [one.question for one in together]
    return [*walked, *listing.LISTED._questions.values(), gathered.ON_NOTICE, gathered.ONE_CLAIM]


def test_no_question_orders_or_groups_by_whom_claims_name() -> None:
    met = 0
    for question in questions():
        for part in visitors.iterate(question):
            if isinstance(part, Select):
                clauses = [*part._order_by_clauses, *part._group_by_clauses]
                met += len(clauses)
                assert not [str(one) for one in clauses if NAMED.search(str(one))]
    assert met > 5, "there are orders to look at"


@pytest.mark.parametrize("names", [("Aardvark", "Zebra"), ("Zebra", "Aardvark")])
def test_another_name_changes_no_order(world: World, visit: Visit, names: tuple[str, str]) -> None:
    often, once = names
    with writing(world.sessions) as session:
        on = notice(session, world, "peace")
        about = {"notice_id": on.id, "scale": "stix"}
        for n, (actor, day, sure) in enumerate(
            ((often, "2026-03", "99"), (once, "2026-02", "1"), (often, "2026-01", "98"))
        ):
            published(
                session, world, "peace", title=f"Claim {n}", about=actor, said_on=day,
                confidence=sure, **about,
            )  # fmt: skip
    mediator = visit("mediator@peace")
    paths = {
        "/claims/?sort=-said": ["0", "1", "2"],
        "/claims/?sort=said": ["2", "1", "0"],
        f"/claims/side-by-side/{on.ref}": ["2", "1", "0"],
        f"/claims/side-by-side/{on.ref}/csv": ["2", "1", "0"],
    }
    for path, order in paths.items():
        found = list(dict.fromkeys(re.findall(r"Claim (\d)", mediator.get(path).text)))
        assert found in (order, order[::-1]), path
    assert mediator.get(f"/claims/?sort=about&q={often}").status == 200, "there is no such order"
    assert side_by_side is not None
