"""What is found by its name or reference alone: talks and records, who there is, and groups."""

from datetime import datetime
from typing import Any

from sqlalchemy import literal, or_, select, union_all
from sqlalchemy.orm import Session

from models.dialogues import Dialogue
from models.processes import Process
from models.records import Record
from models.stakeholders import Organisation, Person, SharingGroup
from portal.access import Actor, visible
from portal.rules import DIALOGUES, GROUPS, ORGANISATIONS, PEOPLE, PROCESSES, RECORDS, Kind

FEW = 8
NAMED: tuple[tuple[Kind[Any], Any], ...] = (
    (DIALOGUES, Dialogue.title),
    (RECORDS, Record.title),
    (PROCESSES, Process.cover_name),
    (ORGANISATIONS, Organisation.name),
    (PEOPLE, Person.name),
    (GROUPS, SharingGroup.name),
)
Names = tuple[tuple[str, str], ...]


def named(
    session: Session, actor: Actor, asked: str, now: datetime
) -> tuple[tuple[str, Names], ...]:
    """Pairs of a name and a reference for each noun that has any, in one query."""
    parts = []
    for kind, name in NAMED:
        fits = or_(name.icontains(asked, autoescape=True), kind.model.ref == asked.upper())
        listing = visible(kind, actor, now, literal(kind.name).label("kind"), name, kind.model.ref)
        parts.append(listing.where(fits).order_by(name).limit(FEW).subquery())
    rows = session.execute(union_all(*(select(*part.c) for part in parts))).all()
    found = (
        (kind.name, tuple(sorted((row[1], row[2]) for row in rows if row[0] == kind.name)))
        for kind, _name in NAMED
    )
    return tuple((name, names) for name, names in found if names)
