"""One sentence, asked three ways, answers alike; and as the requirement says."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.notices import Notice
from portal.db import open_session
from portal.rules import ACKNOWLEDGE, NOTICES, READ, READ_TEXT
from tests.cast import BEGINNING, NOW, World
from tests.policy.policy import Case, may_acknowledge, may_read, may_read_text
from tests.policy.small_worlds import Laid, agree

POLICY = {READ: may_read, READ_TEXT: may_read_text, ACKNOWLEDGE: may_acknowledge}
KEYS = st.integers(0, 3)
SETS = st.frozensets(KEYS, max_size=2)
PAIRS = st.frozensets(st.tuples(KEYS, KEYS), max_size=5)


@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A small world: four organisations, four people, one group, one process, one notice."""
    return {
        "state": draw(st.sampled_from(["draft", "open", "closed", "withdrawn"])),
        "tlp": draw(st.sampled_from(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"])),
        "ever_published": draw(st.booleans()),
        "organisation": draw(KEYS),
        "author": draw(KEYS),
        "organisations": draw(SETS),
        "people": draw(SETS),
        "excepted_organisations": draw(SETS),
        "excepted_people": draw(SETS),
        "group": draw(st.booleans()),
        "group_organisations": draw(SETS),
        "group_people": draw(SETS),
        "process": draw(st.booleans()),
        "seat_organisations": draw(SETS),
        "seat_people": draw(SETS),
        "memberships": draw(PAIRS),
        "ended": draw(PAIRS),
        "clients": draw(PAIRS),
        "suspended_people": draw(st.frozensets(KEYS, max_size=1)),
        "suspended_organisations": draw(st.frozensets(KEYS, max_size=1)),
    }


class LaidNotice(Laid):
    """A world around one notice."""

    kind, column = NOTICES, "notice_id"

    def _resource(self) -> Notice:
        plan = self.plan
        return self._add(
            Notice(
                ref=f"N-{self.mark}00",
                organisation_id=self.organisations[plan["organisation"]].id,
                author_id=self.people[plan["author"]].id,
                state=plan["state"],
                tlp=plan["tlp"],
                pap="AMBER",
                kind="other",
                title="random",
                created_at=BEGINNING,
                changed_at=BEGINNING,
                published_at=NOW - timedelta(days=1) if plan["ever_published"] else None,
                edition=1,
            )
        )

    def as_case(self) -> Case:
        return Case(**self.as_list())


@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(plan=plans())
def test_three_readings_agree_with_each_other_and_with_the_requirement(
    world: World, plan: dict[str, Any]
) -> None:
    with open_session(world.sessions, writes=True) as session:
        agree(LaidNotice(session, plan), POLICY)
        session.rollback()
