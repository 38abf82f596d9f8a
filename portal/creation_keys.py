"""Keys of creating forms: the first use creates, every further use leads to its result.

The row is written before anything is created, in the same transaction. Of two requests with one key
the second waits for the first at the unique key, and then finds its result. Where the first was
undone or has created nothing, the second is the first.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models.creation_keys import CreationKey
from portal.writes import inserting

# How long a form can be sent, and how long its use is remembered: a day more, so that no key is
# forgotten that could still be sent.
GOOD_FOR = timedelta(days=7)
KEPT_FOR = GOOD_FOR + timedelta(days=1)


@dataclass(frozen=True)
class Use:
    """One use of a key: SHA-256 of key and content, who sent it, and to which endpoint."""

    key_hash: str
    person_id: int
    endpoint: str
    digest: str


def claim(session: Session, use: Use, now: datetime) -> CreationKey | None:
    """Take the key for this use; gives back the use before, where something was created with it."""
    said = {**use.__dict__, "result": "", "at": now}
    row = inserting(session, CreationKey).values(**said)
    free = row.on_conflict_do_update(
        index_elements=["key_hash"], set_=said, where=CreationKey.result == ""
    )
    if session.scalar(free.returning(CreationKey.key_hash)) is not None:
        return None
    return used(session, use)


def used(session: Session, use: Use) -> CreationKey | None:
    """The use of the key with which something was created."""
    before = select(CreationKey).where(
        CreationKey.key_hash == use.key_hash, CreationKey.result != ""
    )
    return session.scalars(before).one_or_none()


def settle(session: Session, use: Use, result: str) -> None:
    """Keep where the result of this use is; a use without a result leaves the key free."""
    of_use = CreationKey.key_hash == use.key_hash
    session.execute(update(CreationKey).where(of_use).values(result=result))


def forget_old(session: Session, now: datetime) -> None:
    """Delete the uses of keys that can no longer be sent."""
    session.execute(delete(CreationKey).where(CreationKey.at < now - KEPT_FOR))
