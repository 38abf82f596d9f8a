"""Writers take back what was sent round; a record whose silence is over is theirs no more."""

from collections.abc import Callable

import pytest

from models.records import RecordState
from portal import records
from portal.clock import now
from portal.db import writing
from portal.errors import Refused
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.builders import CERT, CLOUD, TELCO
from tests.records.circulated_builders import (
    SECOND,
    acts,
    again,
    editions,
    kept,
    notified,
    sent,
    silent_since,
)

Visit = Callable[[str], Visitor]


def test_it_is_a_draft_again_and_those_who_were_there_are_told(world: World, visit: Visit) -> None:
    ref = kept(world, at=now())
    organiser, endpoint = visit(ORGANISER), f"/records/{ref}/recall"
    page = organiser.follow(organiser.post(endpoint, organiser.get(endpoint).form()))
    assert "Minutes recalled." in page.words
    assert "Silence until" not in page.words
    record = again(world, ref)
    assert (record.state, record.silence_until_at) == (RecordState.DRAFT, None)
    assert notified(world, ref, "recall") == {TELCO, CLOUD, CERT}
    assert visit(TELCO).get(f"/records/{ref}").status == 404


def test_sent_again_it_is_another_edition_with_a_silence_of_its_own(world: World) -> None:
    ref = kept(world)
    later = NOW + SECOND
    with writing(world.sessions) as session:
        records.recall(session, world.actors[ORGANISER], ref, NOW)
        sent(session, world, again(world, ref), at=later, days=9)
    record = again(world, ref)
    assert (record.edition, record.silence_days, record.published_at) == (2, 9, NOW)
    first, second = editions(world, ref)
    assert first.sha256 == second.sha256
    assert second.at == later


def test_not_by_those_who_only_were_there(world: World) -> None:
    ref = kept(world)
    with writing(world.sessions) as session, pytest.raises(Refused):
        records.recall(session, world.actors[TELCO], ref, NOW)


def test_not_once_the_silence_is_over_though_nobody_has_adopted_it_yet(
    world: World, visit: Visit
) -> None:
    ref = kept(world)
    until = again(world, ref).silence_until_at
    assert until is not None
    with writing(world.sessions) as session, pytest.raises(Refused):
        records.recall(session, world.actors[ORGANISER], ref, until)
    silent_since(world, ref, now() - SECOND)
    assert visit(ORGANISER).post(f"/records/{ref}/recall").status == 409
    assert visit(TELCO).post(f"/records/{ref}/recall").status == 403
    assert acts(world, ref, "recall") == []
