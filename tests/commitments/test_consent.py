"""Consenting to other terms: only the other party does, and until then the old ones hold."""

from datetime import timedelta

import pytest

from models.commitments import Terms
from portal import commitments
from portal.commitments import text_of
from portal.commitments.text import StepText
from portal.db import writing
from portal.errors import Refused
from tests.cast import NOW, World
from tests.commitments.builders import DUE, agreed, found, reported
from tests.commitments.test_amend import amend
from tests.commitments.trail import acts, again, dues, notified

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)


def test_the_old_terms_hold_until_the_other_party_consents(world: World) -> None:
    with writing(world.sessions) as session:
        one = agreed(session, world)
        before, due = text_of(session, again(session, one)), one.due_at
        assert due is not None
        amend(session, world, one, body="All teams.", due_on=DUE + 7 * DAY)
        now = again(session, one)
        assert (text_of(session, now), now.due_at, now.edition) == (before, due, 1)
        assert notified(session, one, "amend") == {COLLEAGUE, CLOUD}
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW + DAY)
        now = again(session, one)
        assert (now.body, now.due_on, now.edition) == ("All teams.", DUE + 7 * DAY, 2)
        assert [day.due_on for day in dues(session, one)] == [DUE + 7 * DAY]
        assert now.due_at == due + 7 * DAY
        kept = session.get_one(Terms, (one.id, 2))
        assert (kept.why, kept.at, kept.text) == (
            "Clearer.", NOW + DAY, text_of(session, now).as_json(),
        )  # fmt: skip
        assert acts(session, one)[-2:] == ["amend", "consent"]
        assert notified(session, one, "consent") == {TELCO, COLLEAGUE}


@pytest.mark.parametrize("asking", [TELCO, CLOUD])
def test_either_party_asks_and_only_the_other_consents(world: World, asking: str) -> None:
    other = CLOUD if asking == TELCO else TELCO
    with writing(world.sessions) as session:
        one = agreed(session, world)
        amend(session, world, one, asking, body="All teams.")
        for name in (asking, CERT):
            with pytest.raises(Refused):
                commitments.consent(session, world.actors[name], one.ref, NOW)
        with pytest.raises(Refused):  # what is asked for is other terms, not an end
            commitments.release(session, world.actors[other], one.ref, NOW)
        commitments.consent(session, world.actors[other], one.ref, NOW)
        assert again(session, one).body == "All teams."


def test_what_was_met_since_it_was_asked_stays_and_the_rest_is_agreed_to(world: World) -> None:
    first, second = DUE - 10 * DAY, DUE
    with writing(world.sessions) as session:
        steps = (StepText("One", first), StepText("Two", second))
        one = agreed(session, world, steps=steps, due_on=None)
        later = tuple(StepText(step.title, step.due_on + DAY) for step in steps)
        amend(session, world, one, steps=later)
        reported(session, world, one.ref, milestone=1)
        found(session, world, one.ref, milestone=1)
        commitments.consent(session, world.actors[CLOUD], one.ref, NOW)
        assert [(day.title, day.due_on) for day in dues(session, one)] == [
            ("One", first),
            ("Two", second + DAY),
        ]
        kept = session.get_one(Terms, (one.id, 2))
        assert kept.text == text_of(session, again(session, one)).as_json()
