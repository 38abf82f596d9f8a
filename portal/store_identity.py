"""Whether a node sees the folder of attachments that the other nodes write to (decision 0027).

The database keeps a random identity of the folder, and a file in the folder, its marker, says the
same. The first web server of a portal makes both in one transaction: whoever starts meanwhile
waits for it, and finds both or neither. A marker that is there already is taken over, so that a
start that died between the two, or a database that was made anew, goes on.
"""

import secrets
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from models.commitments import Evidence
from models.notices import Attachment
from models.office import FileStore
from portal.db import reading, writing
from portal.store import Folder, Store
from portal.writes import inserting

SEEN: Final = "seen"
UNSEEN: Final = "this node does not see the files that others wrote"
FOREIGN: Final = "the folder is that of another portal"
UNCLAIMED: Final = "no folder is known yet: the next start of the web server makes it known"
UNWRITABLE: Final = "the folder cannot be written"
ONLY: Final = 1
TRIED: Final = 20


class WrongStore(Exception):
    """The web server does not start: the message says what is wrong and what to do."""

    def __init__(self, standing: str) -> None:
        super().__init__(
            f"PORTAL_DATA_DIR/files: {standing}. Mount the folder that all web servers share there"
            " (docs/operations.md, Two web servers). Where it is the right folder and only its"
            " marker is missing: flask files adopt"
        )


def identity(session: Session) -> str:
    """The identity of the portal's folder; empty until a web server has started."""
    return session.scalar(select(FileStore.identity)) or ""


def standing(session: Session, store: Folder) -> str:
    """What this node sees at this moment: SEEN, or a sentence that says what is wrong."""
    known, said = identity(session), store.marker()
    if not known:
        return UNCLAIMED if _has_newest_files(session, store) else UNSEEN
    if said == known:
        return SEEN
    return FOREIGN if said else UNSEEN


def settle(sessions: sessionmaker[Session], store: Store, *, claim: bool) -> str:
    """Tell the store its identity before the process serves; gives what `standing` does.

    With `claim` the folder becomes the portal's where none is known yet. Gives UNCLAIMED while the
    database does not answer or has no tables: readiness speaks of those.
    """
    try:
        with reading(sessions) as session:
            store.identity, found = identity(session), standing(session, store)
        if not claim or found != UNCLAIMED:
            return found
        with writing(sessions) as session:
            _claim(session, store)
        return settle(sessions, store, claim=False)
    except SQLAlchemyError:
        return UNCLAIMED
    except OSError:
        return UNWRITABLE


def adopt(session: Session, store: Folder) -> None:
    """Make this folder the portal's, whatever its marker says; raises OSError."""
    if not (known := identity(session)):
        _claim(session, store)
    elif store.marker() != known:
        store.write_marker(known)


def _claim(session: Session, store: Folder) -> None:
    # Another process may be doing the same: the insert waits for it, and then does nothing.
    mine = store.marker() or secrets.token_hex(16)
    first = inserting(session, FileStore).values(id=ONLY, identity=mine)
    made = session.execute(first.on_conflict_do_nothing().returning(FileStore.identity))
    if made.first() is not None and store.marker() != mine:
        store.write_marker(mine)


def _has_newest_files(session: Session, store: Folder) -> bool:
    # A portal from before there were markers: its folder has at least some of its newest files.
    tables: tuple[Any, ...] = (Attachment, Evidence)
    newest = [
        name
        for table in tables
        for name in session.scalars(
            select(table.stored_name)
            .where(table.stored_name.is_not(None))
            .order_by(table.id.desc())
            .limit(TRIED)
        )
    ]
    return not newest or any(store.holds(name) for name in newest)
