"""Where files lie: encrypted, outside the web root, under random names that say nothing.

Each file has a data key of its own (256 random bits). Its content is sealed with it by AES-GCM
(NIST SP 800-38D), and the data key is sealed in the same way with the portal's key; both carry the
reference of their row as associated data, so that neither files nor rows can change places.

The portal's key is derived by HKDF-SHA256 (RFC 5869) from PORTAL_FILE_KEY where that is given, and
else from PORTAL_SECRET_KEY, with an info string of its own. Rotating the secret alone would make
every file unreadable: to rotate it, first set PORTAL_FILE_KEY to the old secret, which gives the
same key as before, then change the secret.
"""

import os
import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import event, select, union_all
from sqlalchemy.orm import Session, SessionTransaction

from models.commitments import Evidence
from models.notices import Attachment
from portal.sealing import Unreadable, derived, seal, unseal

INFO: Final = b"good-offices attachments, key of the store, version 1"
OURS: Final = re.compile(r"[0-9a-f]{48}(\.part)?")
MARKER: Final = "store-id"


class Damaged(Exception):
    """A file that is gone, was changed, or belongs to another row; the message is its reference."""


class Unkept(Exception):
    """A file that could not be written, as on a full disk; nothing of it is left."""


class Unseen(Unkept):
    """The folder is not the one that holds the portal's files, as when a mount is missing."""


@dataclass(frozen=True)
class Sealed:
    """What a row keeps of a file: its internal name and its sealed data key."""

    name: str
    wrapped_key: bytes


def key_from(secret: str) -> bytes:
    """The portal's key for files (32 bytes), from a random secret."""
    return derived(secret, INFO)


class Folder:
    """A folder of files, with a marker that says which; it is made with the first file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()

    def marker(self) -> str:
        """The identity that the folder says it has; empty where it says none."""
        try:
            with open(self.folder / MARKER, "rb", opener=_no_link) as file:
                return file.read(64).decode("ascii", "replace").strip()
        except OSError:
            return ""

    def write_marker(self, identity: str) -> None:
        """Let the folder say that it has this identity; raises OSError."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / f"{MARKER}.{secrets.token_hex(8)}"
        with open(part, "xb", opener=_for_us_alone) as file:
            file.write(f"{identity}\n".encode())
            file.flush()
            os.fsync(file.fileno())
        part.rename(self.folder / MARKER)
        self._keep_names()

    def remove(self, name: str) -> None:
        """Remove a file; one that is gone already is no fault, a name that is not ours is."""
        self._path(name).unlink(missing_ok=True)

    def names(self) -> frozenset[str]:
        """All that lies in the folder but its marker, unfinished uploads and strangers too."""
        there = os.listdir(self.folder) if self.folder.is_dir() else ()
        return frozenset(there) - {MARKER}

    def holds(self, name: str) -> bool:
        """Whether a file of that internal name is there."""
        return bool(OURS.fullmatch(name)) and self._path(name).is_file()

    def _path(self, name: str) -> Path:
        # Internal names only: nothing that a client or a changed row says can lead out of here.
        if not OURS.fullmatch(name):
            raise Damaged(name)
        return self.folder / name

    def _keep_names(self) -> None:
        # A rename outlives a power cut only once its folder is on the disk too.
        folder = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class Store(Folder):
    """The sealed files of a folder.

    `identity` is what the folder's marker has to say, where that is known: it is set before the
    process serves, and not changed afterwards (see `portal.store_identity`).
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        super().__init__(folder)
        self._key = AESGCM(key)
        self.identity = ""

    def is_seen(self) -> bool:
        """Whether this is the folder that it has to be, as far as that is known."""
        return not self.identity or self.marker() == self.identity

    def put(self, ref: str, content: bytes) -> Sealed:
        """Keep a file for the row of that reference; raises Unkept when it cannot be written.

        Nothing is written into a folder that other nodes do not see: that raises Unseen.
        """
        if not self.is_seen():
            raise Unseen(ref)
        data_key, name = AESGCM.generate_key(256), secrets.token_hex(24)
        try:
            self._write(name, seal(AESGCM(data_key), ref, content))
        except OSError as full:
            raise Unkept(ref) from full
        return Sealed(name, seal(self._key, ref, data_key))

    def get(self, ref: str, sealed: Sealed) -> bytes:
        """The content of a row's file; raises Damaged when it is not what was put there.

        Raises Unseen where this node does not see the folder that has it.
        """
        try:
            data_key = unseal(self._key, ref, sealed.wrapped_key)
            return unseal(AESGCM(data_key), ref, self._read(sealed.name))
        except (OSError, Unreadable, ValueError) as fault:
            raise (Damaged(ref) if self.is_seen() else Unseen(ref)) from fault

    def opens(self, ref: str, wrapped_key: bytes) -> bool:
        """Whether the portal's key opens the data key of the row of that reference."""
        try:
            return bool(unseal(self._key, ref, wrapped_key))
        except Unreadable:
            return False

    def remove_older(self, names: Iterable[str], before: datetime) -> list[str]:
        """Remove those of the names that are ours and older; younger ones may be under way."""
        old = [name for name in names if OURS.fullmatch(name) and self._written(name) < before]
        for name in old:
            self.remove(name)
        return old

    def _written(self, name: str) -> datetime:
        seconds = self._path(name).lstat().st_mtime
        return datetime.fromtimestamp(seconds).astimezone()

    def _write(self, name: str, sealed: bytes) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part, path = self._path(f"{name}.part"), self._path(name)
        try:
            with open(part, "xb", opener=_for_us_alone) as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
            self._keep_names()
        except BaseException:
            part.unlink(missing_ok=True)
            path.unlink(missing_ok=True)
            raise

    def _read(self, name: str) -> bytes:
        # No link is followed, and a pipe cannot keep us waiting.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        with os.fdopen(os.open(self._path(name), flags), "rb") as file:
            return file.read()


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _no_link(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def remove_unless_committed(session: Session, store: Store, name: str) -> None:
    """Take a new file away again when the session's transaction ends without a commit."""
    _when_over(session, lambda committed: None if committed else store.remove(name))


def remove_once_committed(session: Session, store: Store, name: str) -> None:
    """Take the file of a deleted row away, but only when the row is gone for good."""
    _when_over(session, lambda committed: store.remove(name) if committed else None)


def _when_over(session: Session, act: Callable[[bool], None]) -> None:
    # Whoever commits stands far above (the hall, a job): so the session itself tells when it ended.
    committed = over = False

    @event.listens_for(session, "after_commit")
    def note_commit(ended: Session) -> None:
        nonlocal committed
        committed = committed or not ended.in_nested_transaction()

    @event.listens_for(session, "after_transaction_end")
    def finish(_ended: Session, transaction: SessionTransaction) -> None:
        nonlocal over
        if transaction.parent is None and not over:
            over = True
            act(committed)


@dataclass(frozen=True)
class Sweep:
    """What does not fit: files that no row names, and references of rows whose file is gone.

    `locked` are references of rows whose data key the portal's key does not open.
    """

    without_row: tuple[str, ...]
    without_file: tuple[str, ...]
    locked: tuple[str, ...]


def sweep(session: Session, store: Store) -> Sweep:
    """Compare files and rows in both directions."""
    there = store.names()
    columns = (Evidence.stored_name, Evidence.ref, Evidence.wrapped_key)
    kept = select(*columns).where(Evidence.stored_name.is_not(None))
    files = select(Attachment.stored_name, Attachment.ref, Attachment.wrapped_key)
    every: Any = union_all(files, kept)
    found = session.execute(every).all()
    rows = [(row.stored_name, row.ref) for row in found]
    return Sweep(
        tuple(sorted(there - {name for name, _ref in rows})),
        # Asked of the folder once more: a file may have come since it was listed.
        tuple(sorted(ref for name, ref in rows if name not in there and not store.holds(name))),
        tuple(sorted(row.ref for row in found if not store.opens(row.ref, row.wrapped_key))),
    )
