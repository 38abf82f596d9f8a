"""Acts in the same second, on both engines: one outcome, and nothing typed is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from models.records import RecordState
from portal import records
from portal.clock import now
from portal.db import reading, writing
from portal.errors import NotFound, PortalError, Refused, TooLate
from portal.ledger import first_fault
from tests.cast import NOW, World
from tests.dialogues.builders import ORGANISER
from tests.pages import Answer, sign_in
from tests.records.builders import CERT, CLOUD, TELCO, written
from tests.records.circulated_builders import (
    SECOND,
    acts,
    again,
    comments,
    editions,
    kept,
    ready,
    silent_since,
)

pytestmark = pytest.mark.both_engines

ROUNDS = 6
Act = Callable[[Session], Any]


def at_once(world: World, *each: Act) -> list[PortalError | None]:
    """Do these at the same moment, each in a transaction of its own; what the policy says to it."""
    gate = Barrier(len(each))

    def attempt(act: Act) -> PortalError | None:
        gate.wait()
        try:
            with writing(world.sessions) as session:
                act(session)
        except PortalError as lost:
            return lost
        return None

    with ThreadPoolExecutor(len(each)) as pool:
        return list(pool.map(attempt, each))


def objects(world: World, who: str, ref: str, at: Any = NOW) -> Act:
    by = world.actors[who]
    return lambda s: records.object_to(s, by, ref, why=f"{who} objects", point=None, now=at)


def whole(world: World) -> None:
    with reading(world.sessions) as session:
        assert first_fault(session) is None
        assert records.first_broken_seal(session) is None


def test_two_objections_at_once_are_one(world: World) -> None:
    for _ in range(ROUNDS):
        ref = kept(world)
        ends = at_once(world, objects(world, TELCO, ref), objects(world, CLOUD, ref))
        (lost,) = [end for end in ends if end is not None]
        assert isinstance(lost, TooLate | NotFound), repr(lost)
        (said,) = comments(world, ref)
        assert said.words == f"{(TELCO, CLOUD)[ends.index(None)]} objects"
        assert again(world, ref).state == RecordState.DRAFT
        assert acts(world, ref, "object") == ["object"]
    whole(world)


def test_an_objection_of_the_last_second_against_the_system(world: World) -> None:
    for _ in range(ROUNDS):
        ref = kept(world)
        until = again(world, ref).silence_until_at
        assert until is not None
        late, system = at_once(
            world,
            objects(world, TELCO, ref, until - SECOND),
            lambda s, ref=ref, until=until: records.adopt(s, ref, until),
        )
        assert system is None, "the house finds nothing to do"
        assert late is None or isinstance(late, TooLate | Refused), repr(late)
        adopted = again(world, ref).state == RecordState.ADOPTED
        assert adopted == (late is not None)
        assert acts(world, ref, "adopt", "object") == (["adopt"] if adopted else ["object"])
        assert len(comments(world, ref)) == (0 if adopted else 1)
    whole(world)


def test_two_jobs_and_a_reader_adopt_it_once(world: World) -> None:
    for _ in range(ROUNDS):
        ref = kept(world)
        until = again(world, ref).silence_until_at
        assert until is not None
        keep = partial(records.adopt, ref=ref, now=until)
        read = partial(records.read, actor=world.actors[CERT], ref=ref, now=until)
        assert at_once(world, keep, keep, read) == [None, None, None]
        assert acts(world, ref, "adopt") == ["adopt"]
    whole(world)


def test_sent_round_or_written_what_goes_round_is_what_was_looked_at(world: World) -> None:
    by = world.actors[ORGANISER]
    for _ in range(ROUNDS):
        with writing(world.sessions) as session:
            ref = ready(session, world).ref
        with reading(world.sessions) as session:
            sha256 = records.ready(session, by, ref, NOW).sha256
        sent, wrote = at_once(
            world,
            lambda s, ref=ref, sha=sha256: records.circulate(
                s, by, ref, days=5, sha256=sha, now=NOW
            ),
            lambda s, ref=ref: written(s, world, again(world, ref), 2, notes="One word more."),
        )
        assert [sent, wrote].count(None) >= 1
        assert sent is None or isinstance(sent, TooLate)
        assert wrote is None or isinstance(wrote, TooLate)
        if sent is None:
            (edition,) = editions(world, ref)
            assert edition.sha256 == sha256
            assert "One word more." not in str(edition.text)
            with reading(world.sessions) as session:
                assert records.record_text(session, again(world, ref)) == edition.text
    whole(world)


def typed(app: Flask, world: World, names: tuple[str, ...], ref: str) -> list[Answer]:
    """What the pages say to these people, who object at the same moment."""
    visitors = [sign_in(app, world, name) for name in names]
    endpoint = f"/records/{ref}/object"
    forms = [visitor.get(endpoint).form(endpoint) for visitor in visitors]
    gate = Barrier(len(names))

    def send(n: int) -> Answer:
        gate.wait()
        return visitors[n].post_bare(endpoint, {**forms[n], "why": f"Reason of {names[n]}"})

    with ThreadPoolExecutor(len(names)) as pool:
        return list(pool.map(send, range(len(names))))


def test_what_the_second_one_typed_stands_on_the_page_that_tells_her(
    app: Flask, world: World
) -> None:
    for _ in range(3):
        ref = kept(world, at=now())
        names = (TELCO, CLOUD)
        answers = typed(app, world, names, ref)
        assert sorted(answer.status for answer in answers) == [302, 409]
        second = [answer.status for answer in answers].index(409)
        assert f"Reason of {names[second]}" in answers[second].words
        assert [one.words for one in comments(world, ref)] == [f"Reason of {names[1 - second]}"]
    whole(world)


def test_who_types_while_the_silence_ends_finds_it_in_the_late_form(
    app: Flask, world: World
) -> None:
    ref = kept(world, at=now())
    visitor, endpoint = sign_in(app, world, TELCO), f"/records/{ref}/object"
    form = visitor.get(endpoint).form(endpoint)
    silent_since(world, ref, now() - timedelta(microseconds=1))
    gate = Barrier(2)

    def send() -> Answer:
        gate.wait()
        return visitor.post_bare(endpoint, {**form, "why": "In the very second."})

    def system() -> None:
        gate.wait()
        with writing(world.sessions) as session:
            records.adopt(session, ref, now())

    with ThreadPoolExecutor(2) as pool:
        sent, done = pool.submit(send), pool.submit(system)
        done.result()
        answer = sent.result()
    assert answer.status == 409
    assert answer.form(f"/records/{ref}/object-late")["why"] == ["In the very second."]
    assert acts(world, ref, "adopt", "object") == ["adopt"]
    whole(world)
