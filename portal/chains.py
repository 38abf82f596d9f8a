"""The chains of the trail: how an event is linked to the one before it, and appended.

Each event's digest covers the digest before it (SHA-256 over canonical JSON), so that a changed,
removed or swapped row is found by `portal.trail_check`, and a cut tail by comparing with heads kept
elsewhere. Acts stand in one chain, in the order in which they were committed. What was only read
stands in chains beside it (decision 0033): an event in one of those locks the head of that chain
alone, whichever is free, so that reading waits neither for acts nor for other reading.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC
from json.encoder import encode_basestring_ascii as quoted
from secrets import choice
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, insert, select, update
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, AuditHead
from portal.parameters import at_most

ACTS: Final = 1
READINGS: Final = range(2, 18)  # as many as may be read at once before one waits for another

EVENTS: Final = cast(Table, AuditEvent.__table__)
HEADS: Final = cast(Table, AuditHead.__table__)
# Built once: appended with each act and each page that is recorded.
HEAD: Final = (
    select(HEADS.c.id, HEADS.c.digest).where(HEADS.c.id == bindparam("chain")).with_for_update()
)
COUNT: Final = select(HEADS.c.events).where(HEADS.c.id == bindparam("chain"))
FREE: Final = (
    select(HEADS.c.id, HEADS.c.digest)
    .where(HEADS.c.id.between(READINGS[0], READINGS[-1]))
    .order_by(HEADS.c.id)
    .limit(at_most(1))
    .with_for_update(skip_locked=True)
)
ADD: Final = insert(EVENTS).returning(EVENTS.c.id)
ADD_MANY: Final = insert(EVENTS)
MOVE: Final = (
    update(HEADS)
    .where(HEADS.c.id == bindparam("chain"))
    .values(events=HEADS.c.events + bindparam("more"), digest=bindparam("link"))
)
COLUMNS: Final = tuple(column.name for column in EVENTS.columns if column.name != "id")
FOR: Final = "for"  # what no detail says itself: it stands in the link, for whom somebody acted
CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def first_link(chain: int) -> str:
    """What the first event of a chain is linked to: no event can change to another chain."""
    return f"{chain - ACTS:064x}"


def append(session: Session, event: AuditEvent) -> None:
    """Append an act; the head of its chain is locked until the commit."""
    session.flush()  # what is locked last is locked the shortest
    _append(session, _head(session, ACTS), (event,))


def append_all(session: Session, events: Sequence[AuditEvent]) -> None:
    """Append acts at once, in their order; none of them gets its key."""
    session.flush()
    if events:
        _append(session, _head(session, ACTS), events)


def append_read(session: Session, events: Sequence[AuditEvent]) -> None:
    """Append what was read to a chain of readings that nobody else has in hand.

    Where all are in hand, it waits for one of them.
    """
    free = session.connection().execute(FREE).one_or_none()
    _append(session, free or _head(session, choice(READINGS)), events)


def _head(session: Session, chain: int) -> Any:
    return session.connection().execute(HEAD, {"chain": chain}).one()


def _append(session: Session, head: Any, events: Sequence[AuditEvent]) -> None:
    connection, link = session.connection(), head.digest
    for event in events:
        event.chain, event.previous = head.id, link
        link = event.digest = digest(event)
    rows = [{name: getattr(event, name) for name in COLUMNS} for event in events]
    if len(rows) == 1:
        events[0].id = connection.execute(ADD, rows[0]).scalar_one()
    elif rows:
        connection.execute(ADD_MANY, rows)  # one after another, as they are linked
    connection.execute(MOVE, {"chain": head.id, "more": len(events), "link": link})


def acts_so_far(session: Session) -> int:
    """How many acts there are: whatever was acted upon since, it is another number."""
    acts: int = session.connection().execute(COUNT, {"chain": ACTS}).scalar_one()
    return acts


def digest(event: AuditEvent) -> str:
    """The link of one event: SHA-256 over its canonical JSON and the link before it."""
    numbers = (event.person_id, event.resource_id, event.edition, event.signin_id)
    person, resource, edition, signin = ("null" if it is None else it for it in numbers)
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = (event.verb, event.resource_type, resource, event.ref, edition, signin)
    return link(event.previous, at, person, *said, canonical(event.detail, event.for_id))


def canonical(detail: dict[str, Any], for_id: int | None) -> str:
    """A detail as it is linked: with the person for whom an alternate acted, if for anybody.

    So events of those who acted for themselves have the links they always had.
    """
    return CANONICAL.encode(detail if for_id is None else {**detail, FOR: for_id})


def link(
    previous: str,
    at: str,
    person: object,
    verb: str,
    resource_type: str,
    resource: object,
    ref: str,
    edition: object,
    signin: object,
    detail: str,
) -> str:
    """The digest of an event whose numbers, or `null`, time and detail are canonical JSON already.

    `json.dumps` of the list of all of them, with sorted keys and no spaces, is the same text and
    takes ten times as long.
    """
    text = (
        f'[{quoted(previous)},"{at}",{person},{quoted(verb)},{quoted(resource_type)},{resource},'
        f"{quoted(ref)},{edition},{signin},{detail}]"
    )
    return hashlib.sha256(text.encode()).hexdigest()
