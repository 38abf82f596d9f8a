"""The silence procedure ends with a day, or at an hour that its writers choose."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from portal import web
from portal.db import writing
from portal.errors import Invalid
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import TELCO
from tests.records.circulated_builders import again, ready, sent

Visit = Callable[[str], Visitor]
HOUR = timedelta(hours=1)
LOCAL = datetime(2026, 11, 26, 15, 0)  # noqa: DTZ001 - in Helsinki


def test_it_ends_at_the_hour_in_the_zone_of_the_dialogue(world: World) -> None:
    with writing(world.sessions) as session:
        ref = sent(session, world, ready(session, world), until=LOCAL).ref
    record = again(world, ref)
    until = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
    assert record.silence_until_at == until
    assert record.silence_half_at == NOW + (until - NOW) / 2
    assert record.silence_days == 5, "what is offered the next time stays"


@pytest.mark.parametrize(
    ("local", "says"),
    [
        (LOCAL - timedelta(days=2) - 5 * HOUR, "at least 24 hours"),
        (LOCAL - timedelta(days=30), "at least 24 hours"),
        (LOCAL + timedelta(days=30), "between 1 and 30 days"),
        (datetime(9999, 12, 31, 15), "too far away"),  # noqa: DTZ001
    ],
)
def test_an_hour_too_soon_or_too_far_is_refused(world: World, local: datetime, says: str) -> None:
    with writing(world.sessions) as session:
        draft = ready(session, world)
        with pytest.raises(Invalid) as refused:
            sent(session, world, draft, until=local)
        assert says in str(refused.value.problems["until"])
        session.rollback()


def test_the_form_takes_an_hour_and_the_page_says_it(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "read_clock", lambda: NOW)
    with writing(world.sessions) as session:
        ref = ready(session, world).ref
    organiser, path = visit(ORGANISER), f"/records/{ref}/circulate"
    form = organiser.get(path).form()
    early = organiser.post(path, form | {"until": ["2026-11-23 18:00"]})
    assert "at least 24 hours" in early.errors()["until"]
    assert organiser.post(path, form | {"until": ["soon"]}).status == 422
    assert organiser.post(path, form | {"until": ["2026-11-26T15:00"]}).to.endswith(ref)
    assert "26 Nov 2026, 15:00" in visit(TELCO).get(f"/records/{ref}").words
