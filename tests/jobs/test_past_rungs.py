"""Every ladder: a rung that is past when something is asked never fires; those after it do."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from models.commitments import Condition
from models.dialogues import Attendee
from models.ledger import OutboxEmail
from models.vocabulary import Tlp
from portal.catalogue import LADDERS
from portal.db import writing
from portal.ladders import Ladder
from portal.reminders import found_by
from portal.store import Store, key_from
from tests.alternates import builders as alternates
from tests.cast import NOW, World
from tests.claims import builders as claims
from tests.commitments import scenes
from tests.contacts import builders as contact_points
from tests.dialogues import later_builders
from tests.dialogues.decision_builders import asked, seated
from tests.dialogues.invitation_builders import convened, name
from tests.dialogues.poll_builders import polled
from tests.exercises import builders as exercises
from tests.factories import published
from tests.readiness.builders import completed
from tests.records.circulated_builders import circulated
from tests.records.test_take_up import agreed as with_action
from tests.releases import builders as releases
from tests.training.builders import completed as trained

SECOND = timedelta(seconds=1)
EVIDENCE = "evidence-expires"  # needs a store for files
PLAIN = Tlp.AMBER_STRICT


def _coming(session: Session, world: World) -> None:
    name(session, world, convened(session, world).ref, "colleague@telco")


def _expected(session: Session, world: World) -> None:
    _coming(session, world)
    session.execute(update(Attendee).values(answer="accepted"))


def _held(session: Session, world: World) -> None:
    later_builders.held(session, world, "telco").held_at = NOW


def _decided(session: Session, world: World) -> None:
    decision = asked(session, world, seated(session, world))
    decision.closed_at, decision.carried = NOW, True


# By the first e-mail of a ladder: how something comes to be asked at the moment NOW.
SCENES: dict[str, Callable[[Session, World], Any]] = {
    "accept-soon": lambda session, world: alternates.declared(session, world, days=300),
    "acknowledge-soon": lambda session, world: published(session, world, "peace"),
    "answer-soon": lambda session, world: scenes.put(session, world, PLAIN),
    "report-soon": lambda session, world: scenes.begun(session, world, PLAIN),
    "grace-ends": lambda session, world: scenes.graced(session, world, PLAIN),
    "answer-poll-soon": polled,
    "name-soon": convened,
    "rsvp-soon": _coming,
    "tomorrow": _expected,
    "record-late": _held,
    "review-soon": _decided,
    "silence-ends": circulated,
    "action-due": with_action,
    "reply-soon": claims.asked,
    "public-reply-soon": releases.about_cloud,
    "cooled": lambda session, world: releases.confirmed(
        session, world, releases.drafted(session, world)
    ),
    "look-again": lambda session, world: completed(session, world),
    "contact-stale": lambda session, world: contact_points.published(session, world, "peace"),
    "completion-expires": lambda session, world: trained(session, world),
    "begins-soon": lambda session, world: exercises.planned(session, world),
    "start-soon": lambda session, world: exercises.planned(session, world),
}
# What begins at the very instant from which its rungs are counted, so that none can be past.
FROM_ITS_BEGINNING = {
    "draft-forgotten": "counted from the last change of the draft",
    "verify-late": "counted from the report",
    "note-open": "counted from the end of the exercise",
    "sign-open": "counted from the moment at which it is asked",
    "consent-open": "counted from the moment at which it is asked",
    "documents-new": "counted from the adding",
    "hold-late": "counted from the end of the dialogue",
    "silence-half": "half of the time that is given",
}


def of(word: str) -> Ladder:
    return next(ladder for ladder in LADDERS if ladder.rungs[0].template == word)


def test_every_ladder_is_tried() -> None:
    first = {ladder.rungs[0].template for ladder in LADDERS}
    assert len(first) == len(LADDERS), "an e-mail tells its ladder"
    assert first == {EVIDENCE} | SCENES.keys() | FROM_ITS_BEGINNING.keys()
    for word in first:
        assert (of(word).notified_at is None) == (word in FROM_ITS_BEGINNING), word


@pytest.mark.parametrize("word", sorted([*SCENES, EVIDENCE]))
def test_what_was_past_never_fires_and_what_follows_does(
    quiet: World, word: str, tmp_path: Any
) -> None:
    ladder = of(word)
    with writing(quiet.sessions) as session:
        if word == EVIDENCE:
            scenes.shown(session, quiet, PLAIN, Store(tmp_path, key_from("k" * 32)))
        else:
            SCENES[word](session, quiet)
        session.flush()
        session.execute(delete(OutboxEmail))
        rungs = sorted(ladder.rungs, key=lambda rung: rung.after)
        for k, past in enumerate(rungs):
            since = NOW - past.after - SECOND
            placed(session, ladder, since)
            assert rungs_of(session, ladder, NOW + 2 * SECOND) == set(), past
            later = rungs[k + 1 : k + 2]
            for rung in later:
                if rung.after < ladder.ends:
                    fires = since + rung.after + SECOND
                    assert rungs_of(session, ladder, fires) == {rung.name}, (past, rung)


def placed(session: Session, ladder: Ladder, since: Any) -> None:
    """The deadline of all there is of this ladder, as if it had been typed so."""
    column = ladder.since
    values = {column.key: since}
    if column.class_ is Condition:  # a grace that began NOW has as many days as are left
        values["days"] = (since - NOW).days
    session.execute(update(column.class_).values(**values))
    session.expire_all()


def rungs_of(session: Session, ladder: Ladder, at: Any) -> set[str]:
    """The rungs that would be written at this moment."""
    causes = {row["cause"] for batch in found_by(session, ladder, at) for row in batch}
    return {cause.split(":")[2].removeprefix(f"{ladder.verb}-") for cause in causes}
