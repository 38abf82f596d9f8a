"""Backup and restore: database and files in one folder, checked before and after.

The database is copied first and the files after it, since a file is written before its row: every
row of the copy has its file. The attachments stay sealed; the key to them is not in the folder.
"""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess  # nosec B404
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Engine, inspect, select, update
from sqlalchemy.orm import Session

from models.ledger import AuditEvent, AuditHead, OutboxEmail
from portal.chains import ACTS, first_link
from portal.schema import upgrade
from portal.store import Folder
from portal.store_identity import SEEN, UNCLAIMED, adopt, standing
from portal.trail_check import first_fault

MANIFEST = "manifest.json"
RESTORED = "restored from a backup"
UNDER_WAY = re.compile(r".+\.part|store-id\..+")  # files of writers that have not come to an end


class Unfit(Exception):
    """The backup cannot be made or taken back; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: the engine, when, the heads of the trail, a SHA-256 for each file.

    `readings` are the heads of chains of readings that have events; older backups have none.
    """

    engine: str
    made_at: str
    events: int
    head: str
    digests: dict[str, str]
    readings: list[str] = field(default_factory=list)


def backup(engine: Engine, files: Path, folder: Path, now: datetime) -> Manifest:
    """Copy database and files into a new or empty folder, while the portal runs.

    Raises Unfit where this node does not see the files that others wrote, among other reasons.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Unfit(f"{folder} is not empty")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Session(engine) as session:
        heads = session.scalars(select(AuditHead).order_by(AuditHead.id)).all()
        acts, events = heads[0].digest, sum(head.events for head in heads)
        read = [head.digest for head in heads[1:] if head.events]
        seen = standing(session, Folder(files))
    if seen not in (SEEN, UNCLAIMED):
        raise Unfit(f"attachments: {seen}")
    database = folder / ("portal.db" if engine.dialect.name == "sqlite" else "portal.dump")
    _dump(engine, database)
    _copy(files, folder / "files")
    found = Manifest(engine.dialect.name, now.isoformat(), events, acts, _digests(folder), read)
    (folder / MANIFEST).write_text(json.dumps(asdict(found), indent=1))
    _for_us_alone(folder)
    return found


def _copy(files: Path, to: Path) -> None:
    # Of what was there when it was listed, some may be taken away before its turn comes.
    for name in sorted(os.listdir(files)) if files.is_dir() else ():
        if UNDER_WAY.fullmatch(name):
            continue
        to.mkdir(exist_ok=True)
        with suppress(FileNotFoundError):
            shutil.copy2(files / name, to / name)


def _for_us_alone(folder: Path) -> None:
    # A copied folder keeps its modes only until somebody copies it on; each file has its own.
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def restore(engine: Engine, files: Path, folder: Path, now: datetime) -> Manifest:
    """Take a backup back into an empty database; raises Unfit, having checked before it writes.

    E-mails that were open in the backup are closed: they may have gone out since.
    """
    found = _read(folder)
    if found.engine != engine.dialect.name:
        raise Unfit(f"this is a backup of {found.engine}, the database is {engine.dialect.name}")
    if inspect(engine).get_table_names():
        raise Unfit("the database is not empty")
    if Folder(files).names():
        raise Unfit(f"{files} is not empty")
    _load(engine, folder)
    if (folder / "files").is_dir():
        shutil.copytree(folder / "files", files, dirs_exist_ok=True)
    upgrade(engine)
    with Session(engine.execution_options(writes=True)) as session, session.begin():
        _check_trail(session, found)
        adopt(session, Folder(files))
        session.execute(
            update(OutboxEmail)
            .where(OutboxEmail.closed_at.is_(None))
            .values(closed_at=now, outcome="dead", reason=RESTORED, secret=None, leased_until=None)
        )
    return found


def _check_trail(session: Session, found: Manifest) -> None:
    if fault := first_fault(session):
        raise Unfit(f"the trail of the backup does not hold: {fault}")
    named = {found.head, *found.readings} - {first_link(ACTS)}
    there = session.scalars(select(AuditEvent.digest).where(AuditEvent.digest.in_(named)))
    if named - set(there):
        raise Unfit("the head that the manifest names is not in the trail")


def _read(folder: Path) -> Manifest:
    try:
        found = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError) as bad:
        raise Unfit(f"{folder} holds no readable manifest") from bad
    changed = sorted(set(found.digests.items()) ^ set(_digests(folder).items()))
    if changed:
        raise Unfit(f"{changed[0][0]} is missing, new or changed since the backup was made")
    return found


def _digests(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            with path.open("rb") as file:
                found[str(path.relative_to(folder))] = hashlib.file_digest(
                    file, "sha256"
                ).hexdigest()
    return found


def _driver(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def _dump(engine: Engine, to: Path) -> None:
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection, closing(sqlite3.connect(to)) as copy:
            _driver(connection).backup(copy)
        return
    # What else is in the database is not ours: it may take rights that the portal has not.
    ours = f'--schema="{inspect(engine).default_schema_name}"'
    _call(engine, "pg_dump", "--format=custom", ours, f"--file={to}")


def _load(engine: Engine, folder: Path) -> None:
    if engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(folder / "portal.db")) as copy, engine.connect() as connection:
            copy.backup(_driver(connection))
        return
    # All or nothing, and without what names roles or extensions that this server may not have.
    ours = f"--schema={inspect(engine).default_schema_name}"
    words = ("--no-owner", "--no-privileges", "--single-transaction", ours)
    _call(engine, "pg_restore", *words, str(folder / "portal.dump"))


def _call(engine: Engine, program: str, *words: str) -> None:
    path = shutil.which(program)
    if path is None:
        raise Unfit(f"{program} is missing: install the client programs of PostgreSQL")
    url = engine.url.set(drivername="postgresql", password=None)
    asked = [path, f"--dbname={url.render_as_string()}", *words]
    secret: dict[str, Any] = {"PGPASSWORD": engine.url.password} if engine.url.password else {}
    # A fixed program, no shell.
    done = subprocess.run(  # noqa: S603  # nosec B603
        asked, env={**os.environ, **secret}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Unfit(f"{program}: {_without_values(done.stderr)}")


def _without_values(said: str) -> str:
    # The lines after the first (DETAIL, CONTEXT, the command) quote rows, and so may what stands
    # between quotation marks.
    first = said.strip().partition("\n")[0]
    return re.sub(r"\".*?(\"|$)", "…", first)[:200]
