"""A list that is narrowed, grouped or fully opened asks no more than any other page."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from tests.architecture.counted_pages import PAGES
from tests.architecture.plans import counting
from tests.architecture.test_statements import FEW, MOST, begin, grow
from tests.cast import World
from tests.pages import sign_in

LISTS = {page: asked for page, asked in PAGES.items() if page.endswith(".index")}
# Each shows the names that one can choose from, or rows under them.
NARROWED = ("more=1", "party=1&q=wiper", "party=1&part_of=1", "group=party", "group=process")

# Walks along an index of recipients, narrowed by what the index does not tell.
WALKS = (
    ("commitment_audience", "/commitments/?theme=rights"),
    ("commitment_audience", "/commitments/?theme=rights&sort=said"),
    ("commitment_audience", "/commitments/?quiet=30&sort=proposed"),
    ("audience", "/notices/?kind=fraud"),
    ("audience", "/notices/?quiet=30"),
    ("audience", "/notices/?kind=fraud&sort=acknowledge"),
)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_no_narrowed_list_asks_more_than_six_times(app: Flask, world: World) -> None:
    refs = begin(app, world)
    grow(app, world, refs, 0, FEW)
    visitors = {who: sign_in(app, world, who) for who, _path in LISTS.values()}
    wrong = {}
    for who, path in LISTS.values():
        for query in NARROWED:
            address = f"{path.format(**refs)}{'&' if '?' in path else '?'}{query}"
            with counting(app) as sent:
                answer = visitors[who].get(address)
            assert answer.status == 200, (address, answer.status)
            if len(sent) > MOST:
                wrong[address] = len(sent)
    assert len(LISTS) > 15
    assert wrong == {}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("index", "address"), WALKS)
def test_a_walk_reads_nothing_beside_its_index(
    app: Flask, world: World, engine: Engine, index: str, address: str
) -> None:
    visitor = sign_in(app, world, "mediator@peace")
    with counting(app) as sent:
        assert visitor.get(address).status == 200
    walked = [line for one in sent for line in steps(engine, *one) if "(principal=?" in line]
    found = [line for line in walked if f"SEARCH {index} " in line]
    # Each principal twice: a few rows first, and all of them where these do not fill the page.
    assert len(found) >= 16
    assert [line for line in found if "USING COVERING INDEX" not in line] == []


def steps(engine: Engine, statement: str, values: Any) -> list[str]:
    """How SQLite answers a walk; nothing of other statements."""
    if "among_few" not in statement:
        return []
    with engine.connect() as connection:
        found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
    plan = [str(row[-1]) for row in found]
    # Before that stands what the filter names, which is looked up key by key.
    return plan[plan.index("CO-ROUTINE few") :]
