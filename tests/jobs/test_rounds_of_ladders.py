"""A reminder goes once for each instant that it is of: no act repeats it, a new instant has it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import inspect, select

from models.ledger import OutboxEmail
from models.vocabulary import Tlp
from portal import claims, exercises, releases
from portal.catalogue import LADDERS
from portal.db import reading, writing
from portal.ladders import DAY
from portal.reminders import remind
from tests.cast import NOW, World
from tests.claims import builders as claimed
from tests.exercises.builders import planned
from tests.exercises.builders import text as exercise_text
from tests.factories import published as notice_of
from tests.factories import to
from tests.releases.builders import COOLING, SECOND, TELCO, confirmed, joint

pytestmark = pytest.mark.both_engines
HOUR = timedelta(hours=1)


def reminded(world: World, template: str, at: datetime) -> list[int]:
    """Who was written such a reminder, after a round at that time."""
    with writing(world.sessions) as session:
        remind(session, at)
    with reading(world.sessions) as session:
        rows = select(OutboxEmail.person_id).where(OutboxEmail.template == template)
        return sorted(session.scalars(rows))


def test_no_round_is_a_number_that_any_act_raises() -> None:
    for ladder in LADDERS:
        counter = inspect(ladder.resource_type.model).version_id_col
        assert getattr(ladder.round, "key", "") != getattr(counter, "key", None), (
            f"{ladder.resource_type.name}, {ladder.verb}: whatever changes the row reminds again"
        )


def test_a_consent_of_others_asks_nobody_again_for_a_reply(quiet: World) -> None:
    mediator = quiet.actors[claimed.MEDIATOR]
    with writing(quiet.sessions) as session:
        notice = notice_of(session, quiet, "peace")
        said = {"notice_id": notice.id, "tlp": Tlp.GREEN, "about": "cloud"}
        claim = claimed.drafted(session, quiet, "peace", by=claimed.MEDIATOR, **said)
        claims.ask_reply(session, mediator, claim.ref, by_on=claimed.LATER.date(), now=NOW)
        ref, by_at = claim.ref, claim.reply_by_at
    assert by_at is not None
    first = reminded(quiet, "reply-soon", by_at - DAY)
    assert first
    with writing(quiet.sessions) as session:
        version = claims.read(session, mediator, ref, NOW).claim.version
        telco = quiet.actors[claimed.TELCO]
        claims.consent(session, telco, ref, version=version, now=by_at - DAY)
    assert reminded(quiet, "reply-soon", by_at - DAY + HOUR) == first


def test_a_word_changed_in_an_exercise_reminds_nobody_again_of_its_start(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        exercise = planned(session, quiet)
        ref, starts_at, version = exercise.ref, exercise.starts_at, exercise.version
    first = reminded(quiet, "start-soon", starts_at - DAY + HOUR)
    assert first
    soon = starts_at - DAY + 2 * HOUR
    names = ("telco", "cloud", "cert", "bank")
    for moved, expected in ((timedelta(0), first), (DAY, sorted(first * 2))):
        with writing(quiet.sessions) as session:
            begins = (starts_at + moved).replace(tzinfo=None)
            changed = exercise_text(title="A wiper, again", starts=begins)
            edited = exercises.edit(
                session, quiet.actors["mediator@peace"], ref,
                text=changed, to=to(quiet, *names), version=version, now=soon,
            )  # fmt: skip
            session.flush()
            version = edited.version
        assert reminded(quiet, "start-soon", soon + moved + HOUR) == expected


def test_who_is_asked_anew_for_a_signature_is_reminded_anew(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        ref = confirmed(session, quiet, joint(session, quiet)).ref
    first = reminded(quiet, "sign-open", NOW + 3 * DAY)
    assert first
    again = NOW + 4 * DAY
    with writing(quiet.sessions) as session:
        telco, second = quiet.actors[TELCO], quiet.actors[SECOND]
        releases.take_back(session, telco, ref, again)
        releases.propose(session, telco, ref, again)
        found, left = releases.look(session, second, ref, again)
        releases.confirm(
            session, second, ref,
            left=left, version=found.version, cooling=COOLING, now=again,
        )  # fmt: skip
    assert reminded(quiet, "sign-open", again + HOUR) == first
    assert reminded(quiet, "sign-open", again + 3 * DAY) == sorted(first * 2)
