"""Pages ask with questions that were built before: counted are expressions, statements, their text.

Whoever passes a limit has most likely put a person, a moment or a key into a question as a value:
name a parameter of `portal.parameters` instead, and build the question where its module is
imported (decision 0032).
"""

import re
from typing import Final

import pytest
from flask import Flask
from sqlalchemy import BinaryExpression, BindParameter, Case, Label, Select
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.selectable import Subquery

from portal.policy_elements import PolicyPredicate
from tests.architecture import test_statements
from tests.architecture.counted_pages import PAGES
from tests.architecture.files import python_files, short
from tests.architecture.test_page_costs import counting
from tests.cast import World
from tests.pages import sign_in

BUILT: Final = {
    "built": (
        BinaryExpression.__init__,
        BindParameter.__init__,
        Case.__init__,
        FunctionElement.__init__,
        Label.__init__,
        PolicyPredicate.__init__,
        Select.__init__,
        Subquery._init,
    )
}
# Endpoint: expressions built, statements sent, thousands of letters of SQL, values; at most.
LIMITS: Final[dict[str, tuple[int, int, int, int]]] = {
    # Lists show the views that were saved of them.
    "notices.index": (0, 5, 34, 60),
    "notices.read": (0, 6, 72, 58),
    "commitments.index": (0, 5, 44, 76),
    "commitments.read": (0, 6, 214, 61),
    "norms.coverage": (0, 2, 38, 41),
    "norms.read": (0, 2, 72, 33),
    # Two questions more than tasks and news: processes with their numbers, and what one may begin;
    # and self-checks, contact points, units, what is required, claims, harm and releases among the
    # tasks; decisions to review, delegations without names, and when each was reminded.
    "overview.index": (0, 6, 380, 300),
    # A word of four to six letters may be a part of a reference, which is one question more.
    "search.index": (0, 5, 301, 210),
    "dialogues.index": (0, 5, 41, 54),
    # With when the delegations that are waited for were reminded.
    "dialogues.read": (0, 6, 235, 94),
    "records.index": (0, 5, 78, 47),
    "records.read": (0, 6, 119, 52),
    "processes.index": (0, 3, 12, 28),
    # With the commitments that need a look and the next dates, in the question of the timeline, on
    # which claims and harm stand too.
    "processes.read": (0, 6, 223, 99),
    "stakeholders.index": (0, 3, 11, 33),
    "offers.index": (0, 2, 16, 27),
}


@pytest.fixture
def found(app: Flask, world: World) -> dict[str, tuple[int, int, int, int]]:
    """What each page costs, drawn for the second time."""
    refs = test_statements.begin(app, world)
    counts = {}
    for endpoint in LIMITS:
        who, path = PAGES[endpoint]
        visitor = sign_in(app, world, who)
        visitor.get(path.format(**refs))
        with test_statements.counting(app) as sent, counting(BUILT) as built:
            answer = visitor.get(path.format(**refs))
        assert answer.status == 200, (endpoint, answer.status)
        letters = sum(len(text) for text, _values in sent)
        values = sum(len(values) for _text, values in sent)
        assert min(letters, values) > 0, "what was sent is seen"
        counts[endpoint] = (built["built"], len(sent), letters // 1000, values)
    return counts


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_page_builds_no_question_and_asks_few(
    found: dict[str, tuple[int, int, int, int]],
) -> None:
    above = {
        endpoint: (counts, LIMITS[endpoint])
        for endpoint, counts in found.items()
        if any(count > most for count, most in zip(counts, LIMITS[endpoint], strict=True))
    }
    assert above == {}


def test_what_is_built_is_seen() -> None:
    with counting(BUILT) as built:
        Select(Label("one", BindParameter("one", 1)))
    assert built["built"] >= 3


def test_no_constant_is_written_into_a_statement_at_each_execution() -> None:
    """`written` of portal/db.py does it once, where the statement is built (decision 0032, 14)."""
    assert says("literal_execute=") == []


def test_what_is_always_the_same_is_no_value_of_a_statement() -> None:
    """`written`, and NOTHING, YES, NO and `missing` of portal/parameters.py, stand in its text."""
    constant = r'\bliteral\(("[\w+-]*"|None|True|False)[,)]'
    assert says(constant) == []
    assert says(r'(else_=|coalesce\(.*, )""\)') == []
    assert re.search(constant, 'literal("")')


def says(what: str) -> list[str]:
    """The modules that ask the database and say this."""
    files = python_files("portal", "blueprints")
    return [short(path) for path in files if re.search(what, path.read_text())]
