"""A redacted version is changed and confirmed by two different writers, and then locked."""

from collections.abc import Callable
from typing import Any

import pytest

from models.records import RecordEdition, RecordState
from portal import records
from portal.db import reading, writing
from portal.errors import Invalid, Refused, TooLate
from portal.recipients import RecipientList
from portal.records import Marks
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor
from tests.records.circulated_builders import acts, again, notified
from tests.records.redacted_builders import OTHER, confirmed, full, redacted, to, version

Visit = Callable[[str], Visitor]
BANK = "liaison@bank"


def edited(world: World, ref: str, by: str, seen: int, **said: object) -> None:
    with writing(world.sessions) as session:
        records.edit(
            session,
            world.actors[by],
            ref,
            version=version(**said),
            to=to(world, "bank"),
            seen=seen,
            now=NOW,
        )


def confirms(world: World, ref: str, by: str) -> None:
    with writing(world.sessions) as session:
        records.confirm(session, world.actors[by], ref, seen=again(world, ref).version, now=NOW)


def test_never_by_the_last_hand_whoever_that_is(world: World) -> None:
    with writing(world.sessions) as session:
        made = redacted(session, world, full(session, world))
    with pytest.raises(Refused):
        confirms(world, made.ref, ORGANISER)
    edited(world, made.ref, OTHER, made.version)
    with pytest.raises(Refused):
        confirms(world, made.ref, OTHER)
    confirms(world, made.ref, ORGANISER)
    record = again(world, made.ref)
    assert (record.state, record.adopted_at, record.published_at) == ("adopted", NOW, NOW)
    assert acts(world, made.ref) == ["redact", "edit", "confirm"]


def test_its_readers_are_told_and_the_seal_is_checked_like_any_other(world: World) -> None:
    with writing(world.sessions) as session:
        made = confirmed(session, world, full(session, world))
    assert notified(world, made.ref, "confirm") == {BANK}
    with reading(world.sessions) as session:
        edition = session.get_one(RecordEdition, (made.id, 1))
        assert made.sha256 == edition.sha256 == records.sha256_of(edition.text)
        assert records.first_broken_seal(session) is None
    with writing(world.sessions) as session:
        edition = session.get_one(RecordEdition, (made.id, 1))
        edition.text = {**edition.text, "title": "Forged"}
    with reading(world.sessions) as session:
        fault = records.first_broken_seal(session)
        assert fault == f"record {made.ref}: its adopted text was changed"


def test_what_is_confirmed_is_what_was_looked_at(world: World) -> None:
    with writing(world.sessions) as session:
        made = redacted(session, world, full(session, world))
    looked_at = made.version
    edited(world, made.ref, ORGANISER, looked_at, marks=Marks())
    with writing(world.sessions) as session, pytest.raises(TooLate):
        records.confirm(session, world.actors[OTHER], made.ref, seen=looked_at, now=NOW)
    with pytest.raises(TooLate):
        edited(world, made.ref, OTHER, looked_at)


def test_not_to_nobody(world: World) -> None:
    with writing(world.sessions) as session:
        source = full(session, world)
        said: dict[str, Any] = {"version": version(), "to": RecipientList(), "now": NOW}
        made = records.redact(session, world.actors[ORGANISER], source.ref, **said)
    with pytest.raises(Invalid):
        confirms(world, made.ref, OTHER)
    assert again(world, made.ref).state == RecordState.DRAFT


def test_confirmed_it_is_locked(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        made = confirmed(session, world, full(session, world))
    with pytest.raises(TooLate):
        edited(world, made.ref, ORGANISER, made.version)
    with pytest.raises(TooLate):
        confirms(world, made.ref, OTHER)
    for endpoint in ("edit", "confirm"):
        assert visit(OTHER).post(f"/records/{made.ref}/{endpoint}").status == 409
    for endpoint in ("circulate", "redact", "write", "object-late"):
        assert visit(OTHER).post(f"/records/{made.ref}/{endpoint}", {"days": "5"}).status == 403, (
            endpoint
        )
