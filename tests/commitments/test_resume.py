"""Resuming: what a commitment depends on is kept again."""

from datetime import timedelta

from models.commitments import CommitmentState, ConditionType
from models.vocabulary import Tlp
from portal import commitments
from portal.db import writing
from tests.cast import World
from tests.commitments.builders import DUE
from tests.commitments.scenes import answered, on_which
from tests.commitments.test_amend import amend
from tests.commitments.trail import again

TELCO, COLLEAGUE, CLOUD, CERT = "liaison@telco", "colleague@telco", "liaison@cloud", "analyst@cert"
DAY = timedelta(days=1)


def test_a_later_day_agreed_on_lets_what_hung_on_it_resume(world: World) -> None:
    with writing(world.sessions) as session:
        held = answered(session, world, ConditionType.WHILE, Tlp.AMBER_STRICT)
        first = on_which(session, held)
        late = first.due_at
        assert late is not None
        assert commitments.apply_due_transitions(session, held.ref, late) == 1
        assert again(session, held).state == CommitmentState.SUSPENDED
        first = again(session, first)
        text = {"title": first.title, "due_on": DUE + 30 * DAY}
        amend(session, world, first, now=late, **text)
        commitments.consent(session, world.actors[CLOUD], first.ref, late)
        assert again(session, held).state == CommitmentState.IN_FORCE
