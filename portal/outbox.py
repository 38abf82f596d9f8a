"""The rows of the outbox in SQL: claimed, renewed, given back, closed; and the server's faults.

Each function is one short statement or two in the caller's transaction. A claim counts from its own
moment and names its round, so that a round whose lease ran out meanwhile marks nothing of another.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Table,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from models.ledger import Heartbeat, MailFault, OutboxEmail
from models.offers import Offer
from models.stakeholders import Person
from portal.db import spelled_out
from portal.digests import held
from portal.parameters import NOW, at_most, ready
from portal.parsing import on_one_line

LEASE: Final = timedelta(minutes=5)
MOST_TRIES: Final = 8
FIRST_WAIT: Final = timedelta(minutes=1)
# Where nobody can say whose fault it is: without a try, but not for ever (RFC 5321, 4.5.4.1).
LONGEST_WAIT: Final = timedelta(minutes=15)
GIVE_UP: Final = timedelta(days=5)
FIRST_REST: Final = timedelta(seconds=30)
SENT, REFUSED, DEAD = "sent", "refused", "dead"
SERVER: Final = "smtp"
AT_ONCE: Final = 500
# As a literal, so that SQLite sees that its partial index fits.
IS_DEAD: Final = spelled_out(OutboxEmail.outcome, DEAD)
INVITE: Final = "invite"


@dataclass(frozen=True)
class Due:
    """A row that is due and in nobody's hand: whose e-mail, and the domain that it goes to."""

    key: int
    person_id: int
    domain: str


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()


DUE: Final = ready(
    select(OutboxEmail.id, Person.id, Person.email)
    .join(Person, Person.id == OutboxEmail.person_id)
    .where(
        OutboxEmail.closed_at.is_(None),
        OutboxEmail.next_at <= NOW,
        OutboxEmail.leased_until.is_(None) | (OutboxEmail.leased_until <= NOW),
        ~held(),
    )
    .order_by(OutboxEmail.next_at, OutboxEmail.id)
    .limit(bindparam("most", type_=Integer()))
)


def due(
    session: Session,
    now: datetime,
    most: int,
    without: Collection[str] = (),
    domain: str = "",
    skip: Collection[int] = (),
) -> list[Due]:
    """At most so many rows that are due, in their order: of one domain, or of all but some."""
    rows = DUE
    if without or domain:
        address = func.lower(Person.email)
        others = (~address.endswith(f"@{name}", autoescape=True) for name in without)
        own = [address.endswith(f"@{domain}", autoescape=True)] if domain else []
        rows = rows.where(*others, *own)
    if skip:
        rows = rows.where(OutboxEmail.id.not_in(skip))
    values = {"now": now, "most": most}
    return [
        Due(key, person, _domain(email)) for key, person, email in session.execute(rows, values)
    ]


# Built once: asked for each e-mail, and building them costs more than their answers.
ROWS: Final = cast(Table, OutboxEmail.__table__)
OPEN: Final = (OutboxEmail.id == bindparam("key"), OutboxEmail.closed_at.is_(None))
CLAIM: Final = (
    update(ROWS)
    .where(
        *OPEN,
        OutboxEmail.next_at <= NOW,
        or_(
            OutboxEmail.leased_until.is_(None),
            OutboxEmail.leased_until <= NOW,
            OutboxEmail.claimed_by == bindparam("holder"),
        ),
    )
    .values(leased_until=bindparam("until"), claimed_by=bindparam("holder"))
    .returning(*ROWS.columns)
)
MARK_SENT: Final = (
    update(ROWS)
    .where(*OPEN)
    .values(
        closed_at=NOW,
        sent_at=NOW,
        outcome=SENT,
        reason="",
        secret=None,
        leased_until=None,
        claimed_by=None,
    )
)


def claim(session: Session, holder: str, key: int, now: datetime) -> OutboxEmail | None:
    """Take a row in hand for a lease from now on, or longer; None where another was faster.

    The row is as it is now, and of no session.
    """
    values = {"key": key, "holder": holder, "now": now, "until": now + LEASE}
    row = session.connection().execute(CLAIM, values).first()
    return None if row is None else OutboxEmail(**row._mapping)


def mark_sent(session: Session, key: int, now: datetime) -> None:
    """Close a row whose e-mail was taken, whoever has it in hand by now."""
    session.connection().execute(MARK_SENT, {"key": key, "now": now})


def renew(session: Session, holder: str, now: datetime) -> None:
    """Let the leases of a round count anew."""
    _change(session, *_held_by(holder), leased_until=now + LEASE)


def give_back(session: Session, holder: str, key: int) -> None:
    """Let go of a row as if it had never been claimed."""
    _change(session, OutboxEmail.id == key, *_held_by(holder), leased_until=None, claimed_by=None)


def close(session: Session, key: int, outcome: str, now: datetime, reason: str = "") -> None:
    """Close a row that was not sent; an undeliverable one keeps its one-time key for a retry."""
    values: dict[str, Any] = {"closed_at": now, "outcome": outcome}
    gone = ["leased_until", "claimed_by", *([] if outcome == DEAD else ["secret"])]
    values |= dict.fromkeys(gone) | {"reason": on_one_line(reason)[:300]}
    _change(session, OutboxEmail.id == key, OutboxEmail.closed_at.is_(None), **values)


def readdress(session: Session, key: int, **who: int | None) -> None:
    """Let a row that cannot go to an alternate go to somebody else: it is the same e-mail."""
    _change(session, OutboxEmail.id == key, leased_until=None, claimed_by=None, **who)


def count_try(session: Session, key: int, reason: str, now: datetime) -> None:
    """One try more was in vain: later again, or never after the last."""
    row = session.get(OutboxEmail, key)
    if row is None or row.closed_at is not None:
        return
    row.attempts += 1
    if row.attempts >= MOST_TRIES:
        session.flush()
        close(session, key, DEAD, now, reason)
        return
    # E-mails that failed together come back apart: the row's number shifts each by seconds.
    row.next_at = now + FIRST_WAIT * 4 ** (row.attempts - 1) + timedelta(seconds=key % 30)
    row.leased_until = row.claimed_by = None
    row.reason = on_one_line(reason)[:300]  # bytes of a peer's choice: PostgreSQL takes no NUL


def put_off(session: Session, key: int, reason: str, now: datetime) -> None:
    """Try again later at no cost, the later the longer it has waited; after days it costs a try."""
    row = session.get(OutboxEmail, key)
    if row is None or row.closed_at is not None:
        return
    if now - row.due_at > GIVE_UP:
        count_try(session, key, reason, now)
        return
    row.next_at = now + min(LONGEST_WAIT, max(FIRST_WAIT, (now - row.due_at) / 2))
    row.leased_until = row.claimed_by = None
    row.reason = on_one_line(reason)[:300]


def can_go_again() -> ColumnElement[bool]:
    """Whether a row has all that its e-mail needs: an invitation has its one-time key."""
    # One to somebody who is here already, or to an organisation, has none.
    unkeyed = OutboxEmail.resource_id.in_(select(Offer.id).where(Offer.email == ""))
    return or_(
        OutboxEmail.template != INVITE,
        OutboxEmail.secret.is_not(None),
        and_(OutboxEmail.resource_type == "offers", unkeyed),
    )


def reopen(session: Session, now: datetime, *which: Any) -> None:
    """Let undeliverable e-mails go again, with all their tries."""
    fresh = {"attempts": 0, "next_at": now, "reason": ""}
    _change(session, *which, outcome=None, closed_at=None, leased_until=None, **fresh)


def old_keys(session: Session, before: datetime) -> list[int]:
    """Rows that were not delivered and still hold a one-time key from before then."""
    holds = OutboxEmail.secret.is_not(None)
    old = select(OutboxEmail.id).where(IS_DEAD, OutboxEmail.created_at < before, holds)
    return list(session.scalars(old.limit(at_most(AT_ONCE))))


def forget_keys(session: Session, rows: Collection[int]) -> None:
    """Erase the one-time keys of rows that were not delivered: they open nothing any more."""
    _change(session, OutboxEmail.id.in_(rows), IS_DEAD, secret=None)


def fault(session: Session) -> MailFault | None:
    """What is wrong with the mail server; None where it takes e-mails."""
    return session.get(MailFault, SERVER)


def add_fault(session: Session, stage: str, reason: str, now: datetime, *, rest: bool) -> None:
    """Note that the mail server cannot be used; with `rest` nobody asks it for a while."""
    row = session.get(MailFault, SERVER)
    if row is None:
        row = MailFault(name=SERVER, faults=0, began_at=now, retry_at=now)
        session.add(row)
    row.stage, row.reason, row.last_at = stage, on_one_line(reason)[:300], now
    if rest:
        row.faults += 1
        row.retry_at = now + min(LONGEST_WAIT, FIRST_REST * 2 ** min(row.faults - 1, 10))


def no_fault(session: Session) -> None:
    """The mail server takes e-mails."""
    session.execute(delete(MailFault).where(MailFault.name == SERVER))


@dataclass(frozen=True)
class MailStatus:
    """How mail goes: e-mails waiting and undeliverable, the oldest that waits (age in seconds).

    `fault` is the stage at which the server cannot be used (`portal.smtp.STAGES`), empty where it
    can; `fault_since` is when that began.
    """

    waiting: int
    dead: int
    oldest: float | None
    fault: str
    fault_since: datetime | None
    retry_at: datetime | None


def mail_status(session: Session, now: datetime) -> MailStatus:
    """How mail goes, in one statement: for readiness, metrics and the steward's page."""
    # What waits for a summary waits as it should.
    mine = Person.id == OutboxEmail.person_id
    is_open = (mine, OutboxEmail.closed_at.is_(None), ~held())
    row = session.execute(
        select(
            select(func.count(OutboxEmail.id)).where(*is_open).scalar_subquery().label("waiting"),
            select(func.count()).where(IS_DEAD).scalar_subquery().label("dead"),
            select(func.min(OutboxEmail.due_at)).where(*is_open).scalar_subquery().label("oldest"),
            *(
                select(column).where(MailFault.name == SERVER).scalar_subquery().label(column.key)
                for column in (MailFault.stage, MailFault.began_at, MailFault.retry_at)
            ),
        )
    ).one()
    age = None if row.oldest is None else max(0.0, (now - row.oldest).total_seconds())
    return MailStatus(row.waiting, row.dead, age, row.stage or "", row.began_at, row.retry_at)


TIMEKEEPING, DELIVERY = LANES = ("timekeeping", "delivery")


def lanes_seen(session: Session) -> dict[str, datetime | None]:
    """When each lane of the jobs was last seen alive; None for never."""
    seen = {row.name: row.at for row in session.scalars(select(Heartbeat))}
    return {lane: seen.get(lane) for lane in LANES}


def _held_by(holder: str) -> tuple[Any, ...]:
    return OutboxEmail.claimed_by == holder, OutboxEmail.closed_at.is_(None)


def _change(session: Session, *which: Any, **values: Any) -> None:
    changed = update(OutboxEmail).where(*which).values(**values)
    session.execute(changed.execution_options(synchronize_session=False))
