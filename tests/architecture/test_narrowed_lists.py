"""A list that is narrowed, grouped or fully opened asks no more than any other page."""

import pytest
from flask import Flask

from tests.architecture.counted_pages import PAGES
from tests.architecture.plans import counting
from tests.architecture.test_statements import FEW, MOST, begin, grow
from tests.cast import World
from tests.pages import sign_in

LISTS = {page: asked for page, asked in PAGES.items() if page.endswith(".index")}
# Each shows the names that one can choose from, or rows under them.
NARROWED = ("more=1", "party=1&q=wiper", "party=1&part_of=1", "group=party", "group=process")


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
