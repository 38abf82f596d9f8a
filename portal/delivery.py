"""Claim, look again, send, mark: how a letter leaves the outbox.

A claim is one UPDATE with a lease, so that two processes never hold the same row; one that dies is
followed by another when the lease runs out. Each step is a transaction of its own. The one repeat
that cannot be avoided (death between sending and marking) carries the same Message-ID.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from models.ledger import OutboxLetter
from models.stakeholders import Person
from portal.access import may_be_told
from portal.db import reading, writing
from portal.envelopes import ABOUT, ENTRIES
from portal.letters import Letter, Stationery, Transport, Undeliverable, write
from portal.rules import KINDS

LEASE = timedelta(minutes=5)
MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=1)
SENT, REFUSED, DEAD = "sent", "refused", "dead"


@dataclass
class Round:
    """What one round of delivery did."""

    sent: int = 0
    refused: int = 0
    failed: int = 0


def deliver(
    sessions: sessionmaker[Session],
    transport: Transport,
    paper: Stationery,
    now: datetime,
    most: int = 200,
) -> Round:
    """Send what is due, at most `most` letters."""
    done = Round()
    for _ in range(most):
        with writing(sessions) as session:
            key = _claim(session, now)
        if key is None:
            break
        _carry(sessions, transport, paper, key, now, done)
    return done


def _claim(session: Session, now: datetime) -> int | None:
    due = (
        select(OutboxLetter.id)
        .where(
            OutboxLetter.closed_at.is_(None),
            OutboxLetter.next_at <= now,
            OutboxLetter.leased_until.is_(None) | (OutboxLetter.leased_until <= now),
        )
        .order_by(OutboxLetter.next_at, OutboxLetter.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return session.scalar(
        update(OutboxLetter)
        .where(OutboxLetter.id == due)
        .values(leased_until=now + LEASE, attempts=OutboxLetter.attempts + 1)
        .returning(OutboxLetter.id)
        .execution_options(synchronize_session=False)
    )


def _carry(
    sessions: sessionmaker[Session],
    transport: Transport,
    paper: Stationery,
    key: int,
    now: datetime,
    done: Round,
) -> None:
    with reading(sessions) as session:
        letter = _letter(session, paper, key, now)
    if letter is None:
        done.refused += 1
        return _mark(sessions, key, REFUSED, "it does not concern the person any more", now)
    try:
        transport.send(write(letter, paper))
    except Undeliverable as never:
        done.failed += 1
        return _mark(sessions, key, DEAD, str(never), now)
    except OSError as later:
        done.failed += 1
        return _try_later(sessions, key, str(later), now)
    done.sent += 1
    return _mark(sessions, key, SENT, "", now)


def _letter(session: Session, paper: Stationery, key: int, now: datetime) -> Letter | None:
    row = session.get_one(OutboxLetter, key)
    kind = KINDS[row.kind]
    if not may_be_told(session, row.person_id, kind, row.matter_id, row.letter, now):
        return None
    person = session.get_one(Person, row.person_id)
    about: dict[str, object] = {"secret": row.secret}
    if kind.name in ABOUT:
        about |= ABOUT[kind.name](session, person, row.matter_id, now)
    entry = None
    if kind.name in ENTRIES and paper.reply_to is not None:
        entry = ENTRIES[kind.name](session, person, row, paper.base_url, paper.reply_to, now)
    return Letter(
        key=row.id,
        template=f"{kind.name}/{row.letter}",
        to_name=person.name,
        to_address=person.email,
        zone=person.zone,
        due_at=row.due_at,
        about=about,
        calendar=entry,
    )


def _mark(
    sessions: sessionmaker[Session], key: int, outcome: str, reason: str, now: datetime
) -> None:
    with writing(sessions) as session:
        row = session.get_one(OutboxLetter, key)
        row.closed_at, row.outcome, row.reason = now, outcome, reason[:300]
        row.leased_until = row.secret = None
        if outcome == SENT:
            row.sent_at = now


def _try_later(sessions: sessionmaker[Session], key: int, reason: str, now: datetime) -> None:
    with writing(sessions) as session:
        tries = session.get_one(OutboxLetter, key).attempts
    if tries >= MOST_TRIES:
        return _mark(sessions, key, DEAD, reason, now)
    with writing(sessions) as session:
        row = session.get_one(OutboxLetter, key)
        # Letters that failed together come back apart: the row's number shifts each by seconds.
        row.next_at = now + FIRST_WAIT * 4 ** (tries - 1) + timedelta(seconds=key % 30)
        row.leased_until, row.reason = None, reason[:300]
    return None
