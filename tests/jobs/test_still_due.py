"""What a reminder is about is asked again when it goes: its own deadline, and nothing settled."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.claims import ClaimState
from models.commitments import Evidence
from models.ledger import OutboxEmail
from models.records import Action, Decision, Point, Record
from models.vocabulary import Tlp
from portal import commitments, records
from portal.commitments import Shown
from portal.db import reading, writing
from portal.email_composition import composed
from portal.overview import first_page
from portal.reminders import found_by, remind, write_found
from portal.store import Store, key_from
from tests.cast import NOW, World
from tests.claims import builders as claims
from tests.commitments import scenes
from tests.commitments.builders import agreed, reported
from tests.dialogues.later_builders import comes, held, recorded
from tests.jobs.test_delivery import PAPER
from tests.jobs.test_past_rungs import EVIDENCE, SCENES, of, placed
from tests.records.circulated_builders import circulated

pytestmark = pytest.mark.both_engines
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
TELCO, CLOUD, ORGANISER = "liaison@telco", "liaison@cloud", "coordinator@peace"


def going(session: Session, now: datetime, *templates: str) -> list[object]:
    """The deadlines that the reminders of these sorts name which would go now."""
    rows = session.scalars(
        select(OutboxEmail).where(OutboxEmail.template.in_(templates)).order_by(OutboxEmail.id)
    )
    emails = (composed(session, PAPER, row, now) for row in rows)
    return [email.about["deadline"] for email in emails if email is not None]


@pytest.mark.parametrize("word", sorted([*SCENES, EVIDENCE]))
def test_each_says_its_deadline_and_none_goes_once_that_is_another(
    quiet: World, word: str, tmp_path: Path
) -> None:
    first, *more = of(word).rungs
    # One whose first rung had passed when it was asked, so that the second one fires.
    since = NOW - first.after - SECOND if more else NOW + 2 * SECOND - first.after
    templates = {rung.template for rung in of(word).rungs}
    later = since + (more or [first])[0].after + SECOND
    with writing(quiet.sessions) as session:
        if word == EVIDENCE:
            store = Store(tmp_path, key_from("k" * 32))
            scenes.shown(session, quiet, Tlp.AMBER_STRICT, store)
        else:
            SCENES[word](session, quiet)
        session.flush()
        placed(session, of(word), since)
        for rows in found_by(session, of(word), later):
            write_found(session, rows)
        before = going(session, later, *templates)
        assert before
        assert set(before) == {since}
        placed(session, of(word), since + 60 * DAY)
        assert going(session, later, *templates) == []


def to_do(session: Session, world: World) -> list[tuple[str, str]]:
    """What waits for the Telco liaison."""
    page = first_page(session, world.actors[TELCO], NOW)
    return [(row.verb, row.ref) for row in page.waiting]


def _record(session: Session, world: World) -> Record:
    dialogue = held(session, world, "telco", "cloud")
    for name in (TELCO, CLOUD):
        comes(session, world, dialogue, name, came=True)
    return recorded(session, world, dialogue, "adopted")


def test_an_action_item_is_due_on_its_own_day(quiet: World) -> None:
    homes, by = quiet.organisations, quiet.actors[ORGANISER].person_id
    with writing(quiet.sessions) as session:
        record = _record(session, quiet)
        point = Point(record_id=record.id, number=1, title="P", changed_at=NOW, changed_by_id=by)
        session.add(point)
        session.flush()
        session.add_all(
            Action(
                record_id=record.id, point_id=point.id, text="A", due_at=NOW + days * DAY,
                organisation_id=homes[home].id, addressee_id=homes["peace"].id,
            )
            for home, days in (("telco", 8), ("cloud", 20))
        )  # fmt: skip
    with writing(quiet.sessions) as session:
        remind(session, NOW + 13 * DAY)
    with reading(quiet.sessions) as session:
        found = going(session, NOW + 13 * DAY, "action-due")
    assert sorted(map(str, found)) == [str(NOW + days * DAY) for days in (8, 8, 20)]


def test_a_decision_and_evidence_are_due_on_their_own_days(quiet: World, tmp_path: Path) -> None:
    by, store = quiet.actors[ORGANISER].person_id, Store(tmp_path, key_from("k" * 32))
    with writing(quiet.sessions) as session:
        record = _record(session, quiet)
        session.add_all(
            Decision(
                dialogue_id=record.dialogue_id, text="D", by_id=by, called_at=NOW,
                closed_at=NOW, carried=True, review_at=NOW + days * DAY,
            )
            for days in (2, 16)
        )  # fmt: skip
        made = agreed(session, quiet)
        for days in (2, 16):
            commitments.add_evidence(
                session, quiet.actors[TELCO], made.ref, store=store, now=NOW,
                shown=Shown(
                    "What we saw", link="https://telco.example/", sha256="0" * 64,
                    expires_on=(NOW + days * DAY).date(),
                ),
            )  # fmt: skip
        session.flush()
        ends = set(session.scalars(select(Evidence.expires_at)))
    with writing(quiet.sessions) as session:
        remind(session, NOW + 3 * DAY)
    with reading(quiet.sessions) as session:
        reviews = going(session, NOW + 3 * DAY, "review-soon")
        assert set(reviews) == {NOW + days * DAY for days in (2, 16)}
        assert set(going(session, NOW + 3 * DAY, "evidence-expires")) == ends


def test_after_days_without_a_mail_server_the_highest_rung_speaks_alone(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        agreed(session, quiet, due_on=(NOW + 10 * DAY).date())
        soon, late = NOW + 10 * DAY, NOW + 12 * DAY
        remind(session, soon)
        assert going(session, soon, "report-soon")
        remind(session, late)
        assert going(session, late, "report-soon") == []
        assert going(session, late, "report-late")


def test_what_was_done_while_the_mail_server_was_away_is_not_asked_for(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        made = agreed(session, quiet, due_on=(NOW + 10 * DAY).date())
        minutes = circulated(session, quiet, days=20)
        late = NOW + 12 * DAY
        remind(session, late)
        assert going(session, late, "report-late")
        before = len(going(session, late, "silence-half"))
        reported(session, quiet, made.ref, at=late)
        records.agree(session, quiet.actors[TELCO], minutes.ref, late)
        session.flush()
        assert going(session, late, "report-late") == []
        assert len(going(session, late, "silence-half")) == before - 1


def test_whoever_agrees_is_not_urged_to_read(quiet: World) -> None:
    with writing(quiet.sessions) as session:
        minutes = circulated(session, quiet)
        waits = ("object", minutes.ref)
        assert waits in to_do(session, quiet)
        records.agree(session, quiet.actors[TELCO], minutes.ref, NOW)
        session.flush()
        assert waits not in to_do(session, quiet)
        assert minutes.silence_half_at is not None
        assert minutes.silence_until_at is not None
        for at in (minutes.silence_half_at, minutes.silence_until_at - DAY):
            remind(session, at + SECOND)
        asked = OutboxEmail.template.in_(("silence-half", "silence-ends"))
        people = set(session.scalars(select(OutboxEmail.person_id).where(asked)))
        assert quiet.actors[TELCO].person_id not in people
        assert quiet.actors[CLOUD].person_id in people


def test_of_a_claim_that_is_published_nobody_is_told_that_the_time_to_reply_ends(
    quiet: World,
) -> None:
    with writing(quiet.sessions) as session:
        claim = claims.asked(session, quiet)
        assert claim.reply_by_at is not None
        soon = claim.reply_by_at - DAY
        ladder = of("reply-soon")
        assert any(found_by(session, ladder, soon))
        # Corrected after it was published, it can be replied to again.
        claim.state, claim.published_at = ClaimState.PUBLISHED, NOW
        session.flush()
        assert not any(found_by(session, ladder, soon))
