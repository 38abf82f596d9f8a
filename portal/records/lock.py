"""Holding a record still while it is written or sealed, so that no word falls in between."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import Record
from portal.errors import TooLate


def lock(session: Session, record: Record, verb: str, *, alone: bool = True) -> None:
    """Wait for whoever seals or rearranges the record; alone, also for whoever writes a point.

    Raises TooLate when the record is in another state after that. SQLite has one writer at a time,
    so that there is nobody to wait for.
    """
    state = select(Record.state).where(Record.id == record.id).with_for_update(read=not alone)
    if session.scalar(state) != record.state:
        raise TooLate(verb)
