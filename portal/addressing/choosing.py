"""What a writer can choose from: own organisations, and everything that may be addressed."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from models.processes import Process
from models.stakeholders import Organisation, Person, SharingGroup
from portal.access import Actor, clause, visible
from portal.addressing.voices import READS, SPEAKS, nobody
from portal.relations import home_of
from portal.rules import GROUPS, ORGANISATIONS, PEOPLE, PROCESSES

MOST = 500


def homes(session: Session, actor: Actor, verb: str, now: datetime) -> list[tuple[Any, str]]:
    """The organisations for which the person may do this."""
    rows = session.execute(
        visible(ORGANISATIONS, actor, now, Organisation.ref, Organisation.name)
        .where(clause(ORGANISATIONS, verb, actor.person_id, now))
        .order_by(Organisation.name)
    )
    return [(row.ref, row.name) for row in rows]


def choices(session: Session, actor: Actor, now: datetime) -> dict[str, list[tuple[Any, str]]]:
    """The entries of each list of addressees, in one query.

    `unread` are the organisations in which nobody could read what is sent to them, `unanswered`
    those in which nobody could answer for them.
    """
    named = func.coalesce(Person.name + ", " + home_of(now), Person.name)
    kept_by = select(Organisation.name).where(Organisation.id == SharingGroup.organisation_id)
    group = SharingGroup.name + " (" + kept_by.correlate(SharingGroup).scalar_subquery() + ")"
    parts = [
        visible(kind, actor, now, literal(word).label("list"), kind.model.id, name.label("name"))
        .order_by(name)
        .limit(MOST)
        .subquery()
        for word, kind, name in (
            ("organisations", ORGANISATIONS, Organisation.name),
            ("groups", GROUPS, group),
            ("processes", PROCESSES, Process.cover_name),
            ("people", PEOPLE, named),
        )
    ]
    parts += [
        visible(ORGANISATIONS, actor, now, literal(word), Organisation.id, Organisation.name)
        .where(nobody(relation, now))
        .limit(MOST)
        .subquery()
        for word, relation in (("unread", READS), ("unanswered", SPEAKS))
    ]
    entries: dict[str, list[tuple[Any, str]]] = {
        word: []
        for word in ("organisations", "groups", "processes", "people", "unread", "unanswered")
    }
    for row in session.execute(union_all(*(select(*part.c) for part in parts))):
        entries[row.list].append((row.id, row.name))
    for word in entries:
        entries[word].sort(key=lambda entry: entry[1])
    return {
        **entries,
        "excepted_organisations": entries["organisations"],
        "excepted_people": entries["people"],
    }
