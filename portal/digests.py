"""One e-mail a day instead of single ones, for whoever chose it and for what asks nothing of them.

Nothing is held back by a mark of its own: whoever chose a summary is not sent what is `held`, and
whoever ends it gets what waits at once. When their hour has come, one transaction makes the row of
the summary and closes what it gathers; so each e-mail is in one summary or none, whatever dies in
between. What a summary may say is asked of the policy when it is sent, for each row anew.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.stakeholders import OFF, WEEKDAYS, Person, Standing
from portal.catalogue import NOUNS, Without
from portal.parameters import NOW, at_most, ready
from portal.writes import inserting

DIGEST: Final = "digest"
GATHERED: Final = "gathered"
SATURDAY: Final = 5
# What tells somebody something and asks nothing of them by a day; all else goes out by itself.
NEWS: Final = {noun.name: sorted(noun.news) for noun in NOUNS if not isinstance(noun.news, Without)}


@dataclass(frozen=True)
class Waiting:
    """Somebody whose hour has come, for whom e-mails wait: the cause of their summary is unique."""

    person_id: int
    cause: str


def is_news() -> ColumnElement[bool]:
    """Whether a row of the outbox is one that a summary can hold."""
    named = (
        and_(OutboxEmail.resource_type == name, OutboxEmail.template.in_(templates))
        for name, templates in sorted(NEWS.items())
    )
    return and_(OutboxEmail.for_id.is_(None), or_(*named))


def held() -> ColumnElement[bool]:
    """Whether a row waits for a summary; of a question that joins its person."""
    return and_(Person.digest != OFF, is_news())


def due_digests(session: Session, now: datetime) -> list[Waiting]:
    """Whose summary is due: their hour has come on a day of theirs that has had none."""
    found = []
    for row in session.execute(WAITING, {NOW.key: now}):
        here = now.astimezone(ZoneInfo(row.zone))
        if here.hour < row.digest_hour or (row.digest == WEEKDAYS and here.weekday() >= SATURDAY):
            continue
        found.append(Waiting(row.id, f"people:{row.id}:{DIGEST}:{here.date()}"))
    had = select(OutboxEmail.cause).where(OutboxEmail.cause.in_([one.cause for one in found]))
    known = set(session.scalars(had)) if found else set()
    return [one for one in found if one.cause not in known]


def gather(session: Session, one: Waiting, now: datetime) -> int:
    """Make the row of a summary and close what it gathers; how many those are.

    Where another round was faster, or nothing waits any more, nothing is done.
    """
    values = {"cause": one.cause, "person_id": one.person_id, "resource_type": Person.__tablename__}
    times = dict.fromkeys(("created_at", "due_at", "next_at"), now)
    new = inserting(session, OutboxEmail).values(
        **values, **times, resource_id=one.person_id, template=DIGEST, attempts=0, reason=""
    )
    made = new.on_conflict_do_nothing().returning(OutboxEmail.id)
    key = session.execute(made).scalar_one_or_none()
    if key is None:
        return 0
    chosen = select(Person.id).where(Person.id == one.person_id, Person.digest != OFF)
    taken = (
        update(OutboxEmail)
        .where(OutboxEmail.person_id.in_(chosen), is_news(), *_open())
        .values(closed_at=NOW, outcome=GATHERED, digest_id=key)
        .returning(OutboxEmail.id)
        .execution_options(synchronize_session=False)
    )
    gathered = len(session.execute(taken, {NOW.key: now}).all())
    if gathered == 0:
        session.execute(delete(OutboxEmail).where(OutboxEmail.id == key))
    return gathered


def gathered_in(session: Session, key: int, most: int) -> list[OutboxEmail]:
    """The first rows that a summary gathered, in the order of what happened."""
    rows = select(OutboxEmail).where(OutboxEmail.digest_id == key).order_by(OutboxEmail.id)
    return list(session.scalars(rows.limit(at_most(most))))


def _open() -> tuple[Any, ...]:
    # What a round of delivery has in hand is sent by it, and in no summary.
    in_hand = and_(OutboxEmail.leased_until.is_not(None), OutboxEmail.leased_until > NOW)
    return OutboxEmail.closed_at.is_(None), ~in_hand, OutboxEmail.created_at <= NOW


WAITING: Final = ready(
    select(Person.id, Person.zone, Person.digest, Person.digest_hour)
    .where(
        Person.digest != OFF,
        Person.state == Standing.ACTIVE,
        select(OutboxEmail.id)
        .where(OutboxEmail.person_id == Person.id, is_news(), *_open())
        .correlate(Person)
        .exists(),
    )
    .order_by(Person.id)
)
