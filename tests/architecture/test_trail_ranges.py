"""A trail checked in ranges, by several processes, says what a walk from end to end says."""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, AuditHead
from portal import ledger
from portal.chains import ACTS, READINGS, first_link
from portal.db import open_session, reading, writing
from portal.rules import NOTICES, READ
from portal.trail_check import first_fault, first_fault_apart
from tests.cast import NOW, World
from tests.factories import published

SPANS = (1, 3, 50_000)
LAST = 9  # so many rows at the end: each place in a range of three, in three ranges
Tamper = Callable[[Session, int], object]


def walked(session: Session) -> str | None:
    """The same said a second time: one walk over all events, each digest made anew."""
    found = {chain: (0, first_link(chain)) for chain in (ACTS, *READINGS)}
    for it in session.scalars(select(AuditEvent).order_by(AuditEvent.id)):
        if it.chain not in found:
            return f"event {it.id}: it belongs to no chain"
        count, link = found[it.chain]
        if it.previous != link:
            return f"event {it.id}: a row before it is missing, added or moved"
        said = [it.previous, it.at.isoformat(timespec="microseconds"), it.person_id, it.verb]
        said += [it.resource_type, it.resource_id, it.ref, it.edition, it.signin_id, it.detail]
        canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        if hashlib.sha256(canonical.encode()).hexdigest() != it.digest:
            return f"event {it.id}: its content was changed"
        found[it.chain] = count + 1, it.digest
    heads = {head.id: (head.events, head.digest) for head in session.scalars(select(AuditHead))}
    for chain, (count, link) in found.items():
        of = "" if chain == ACTS else f" of chain {chain}"
        if chain not in heads:
            return f"after event {count}{of}: the head is missing"
        if heads[chain] != (count, link):
            events = heads[chain][0]
            return f"after event {count}{of}: the tail does not reach the head of {events} events"
    return None


@pytest.fixture
def mixed(world: World) -> World:
    """A world whose last acts and readings follow each other, in several chains."""
    with writing(world.sessions) as session:
        notice = published(session, world, "peace", title="Ünïcode")
    actor = world.actors["mediator@peace"]
    for number in range(LAST):
        at = NOW + timedelta(seconds=number, microseconds=number)
        with writing(world.sessions) as session:
            if number % 3 == 0:
                said = {"by": 'ä "page" \\ \n', "people": [number], "a": True}
                ledger.audit(session, actor, READ, NOTICES, notice, at, **said)
                continue
            kept: list[dict[str, object]] = []
            ledger.keep_readings(session, kept)
            ledger.audit(session, actor, READ, NOTICES, notice, at)
            ledger.append_readings(session, kept * number)
    return world


def change(**values: object) -> Tamper:
    """Change columns of a row."""
    return lambda session, key: session.execute(
        update(AuditEvent).where(AuditEvent.id == key).values(**values)
    )


def forge(session: Session, key: int) -> None:
    """Change a row and make its digest anew."""
    forged = session.get_one(AuditEvent, key)
    forged.verb = "other"
    forged.digest = ledger.digest(forged)
    session.flush()


def remove(session: Session, key: int) -> None:
    """Delete a row."""
    session.execute(text("DELETE FROM audit_events WHERE id = :key"), {"key": key})


def swap(session: Session, key: int) -> None:
    """Let it change places with the row before it."""
    for old, new in ((key, -1), (key - 1, key), (-1, key - 1)):
        session.execute(update(AuditEvent).where(AuditEvent.id == old).values(id=new))


def insert(session: Session, key: int) -> None:
    """Put a copy in its place, and it one further."""
    session.execute(update(AuditEvent).where(AuditEvent.id == key).values(id=key + 1_000))
    columns = [column.name for column in AuditEvent.__table__.columns if column.name != "id"]
    names = ", ".join(columns)
    copied = f"INSERT INTO audit_events (id, {names}) SELECT :key, {names} FROM audit_events"
    session.execute(text(f"{copied} WHERE id = :key + 1000"), {"key": key})


def change_head(session: Session, key: int) -> None:
    """Change the head of the chain of a row."""
    chain = select(AuditEvent.chain).where(AuditEvent.id == key).scalar_subquery()
    head = update(AuditHead).where(AuditHead.id == chain)
    session.execute(head.values(events=AuditHead.events + 1))


def remove_head(session: Session, key: int) -> None:
    """Delete a head that may have no events."""
    session.execute(text("DELETE FROM audit_head WHERE id = :id"), {"id": READINGS[key % 3]})


TAMPERS: dict[str, Tamper] = {
    "verb": change(verb="other"),
    "at": change(at=NOW - timedelta(days=9)),
    "person": change(person_id=None),
    "detail": change(detail={"by": "somebody"}),
    "digest": change(digest="f" * 64),
    "link": change(previous="f" * 64),
    "chain of acts": change(chain=ACTS),
    "another chain": change(chain=READINGS[-1]),
    "no chain": change(chain=99),
    "forged": forge,
    "removed": remove,
    "swapped": swap,
    "inserted": insert,
    "head": change_head,
    "no head": remove_head,
}


@pytest.mark.parametrize("how", TAMPERS)
def test_what_is_found_does_not_depend_on_ranges(mixed: World, how: str) -> None:
    found = set()
    with reading(mixed.sessions) as session:
        assert [first_fault(session, span) for span in SPANS] == [None] * len(SPANS)
        assert walked(session) is None
        last = session.scalar(select(func.max(AuditEvent.id))) or 0
    for key in range(last - LAST + 1, last + 1):
        with open_session(mixed.sessions, writes=True) as session:
            TAMPERS[how](session, key)
            expected = walked(session)
            assert [first_fault(session, span) for span in SPANS] == [expected] * len(SPANS)
            found.add(expected)
            session.rollback()
    if how != "chain of acts":  # which some are in
        assert None not in found


def test_several_processes_name_the_row(mixed: World) -> None:
    with mixed.engine.connect() as connection:
        last = connection.scalar(select(func.max(AuditEvent.id))) or 0
    with writing(mixed.sessions) as session:
        TAMPERS["verb"](session, last - 1)
    seen: list[tuple[int, int]] = []
    fault = first_fault_apart(
        mixed.engine, lambda checked, events: seen.append((checked, events)), worth=0, span=9
    )
    assert fault == f"event {last - 1}: its content was changed"
    assert seen == sorted(seen), "progress goes forward"
    assert seen[0] == (9, seen[-1][1])


@pytest.fixture
def writer(world: World) -> Iterator[None]:
    """Somebody who reads and acts without end."""
    stop, begun = threading.Event(), threading.Event()
    actor = world.actors["mediator@peace"]

    def go_on() -> None:
        while not stop.is_set():
            kept: list[dict[str, object]] = []
            with writing(world.sessions) as session:
                ledger.audit(session, actor, READ, NOTICES, None, NOW)
            with writing(world.sessions) as session:
                ledger.keep_readings(session, kept)
                ledger.audit(session, actor, READ, NOTICES, None, NOW)
                ledger.append_readings(session, kept)
            begun.set()

    threads = [threading.Thread(target=go_on) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(300)
    yield
    stop.set()
    for thread in threads:
        thread.join()


def test_a_trail_that_grows_meanwhile_holds(world: World, writer: None) -> None:
    for _ in range(10):
        assert first_fault_apart(world.engine, lambda _checked, _events: None, span=7) is None
