"""Reading the terms of each edition, compared with those before."""

import pytest

from models.commitments import Terms
from portal.commitments import read_terms
from portal.db import writing
from portal.errors import NotFound
from tests.cast import NOW, World
from tests.commitments.builders import proposed
from tests.commitments.test_counter import counter
from tests.commitments.trail import notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"


def test_each_edition_is_kept_with_its_reason_and_compared_with_the_one_before(
    world: World,
) -> None:
    with writing(world.sessions) as session:
        one = proposed(session, world)
        counter(session, world, one, CLOUD, body="For two years.", why="One is short.")
        counter(session, world, one, TELCO, body="For eighteen months.", why="Two is long.")
        kept = [session.get_one(Terms, (one.id, number)) for number in (1, 2, 3)]
        assert [(row.why, row.text["body"]) for row in kept] == [
            ("", ""),
            ("One is short.", "For two years."),
            ("Two is long.", "For eighteen months."),
        ]
        for number in (2, 3):
            _one, _pair, said = read_terms(session, world.actors[CERT], one.ref, number, NOW)
            assert {change.field for change in said} == {"body"}
        for number in (1, 4):
            with pytest.raises(NotFound):
                read_terms(session, world.actors[CLOUD], one.ref, number, NOW)
        assert notified(session, one, "counter") == {TELCO, COLLEAGUE, CLOUD}, "each time the other"
