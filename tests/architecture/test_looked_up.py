"""What an index of audiences proposes is looked up for each row: by `there_is`, never by EXISTS.

PostgreSQL would answer that for all rows at once, and read all that a person could ever find.
"""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql

from models.ledger import AuditEvent
from portal.catalogue import NOUNS
from portal.catalogue.noun import Search
from portal.commitments.listed_rows import waits_for_finding
from portal.walks import Walks

WALKED = [n for n in NOUNS if isinstance(n.search, Search) and isinstance(n.search.walks, Walks)]
PROPOSALS = [
    pytest.param(looks.proposal, id=f"{noun.name} {type(looks).__name__}")
    for noun in WALKED
    for looks in (noun.activity, noun.search)
]


def asks_for_all(question: ColumnElement[bool]) -> bool:
    """Whether there is an EXISTS in its text."""
    return "EXISTS" in str(question.compile(dialect=postgresql.dialect()))


@pytest.mark.parametrize("proposal", PROPOSALS)
def test_what_could_be_news_or_found_is_looked_up(
    proposal: Callable[[Any], ColumnElement[bool]],
) -> None:
    assert not asks_for_all(proposal(AuditEvent.resource_id))


def test_what_was_reported_is_looked_up() -> None:
    assert len(PROPOSALS) >= 4
    assert not asks_for_all(waits_for_finding())
