"""What a writer can choose from: own organisations, and everything that may be addressed."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from models.processes import Process
from models.stakeholders import Organisation, Person, SharingGroup
from portal.access import Actor, predicate, visible
from portal.recipients.able_to_respond import SPEAKS, nobody, silent
from portal.relations import home_of, moment
from portal.rules import GROUPS, ORGANISATIONS, PEOPLE, PROCESSES

MOST = 500
UNREAD = "unread "


def homes(session: Session, actor: Actor, verb: str, now: datetime) -> list[tuple[Any, str]]:
    """The organisations for which the person may do this."""
    rows = session.execute(
        visible(ORGANISATIONS, actor, now, Organisation.ref, Organisation.name)
        .where(predicate(ORGANISATIONS, verb, actor.person_id, now))
        .order_by(Organisation.name)
    )
    return [(row.ref, row.name) for row in rows]


def choices(session: Session, actor: Actor, now: datetime) -> dict[str, list[tuple[Any, str]]]:
    """The entries of each list of addressees, in one query.

    `unread` are all entries of which nobody could respond to what is sent to them, by list (as
    `unread organisations`); `unanswered` the organisations for which nobody could answer.
    """
    named = func.coalesce(Person.name + ", " + home_of(moment(now)), Person.name)
    kept_by = select(Organisation.name).where(Organisation.id == SharingGroup.organisation_id)
    group = SharingGroup.name + " (" + kept_by.correlate(SharingGroup).scalar_subquery() + ")"
    parts = [
        visible(
            resource_type,
            actor,
            now,
            literal(word).label("list"),
            resource_type.model.id,
            name.label("name"),
        )
        .order_by(name)
        .limit(MOST)
        .subquery()
        for word, resource_type, name in (
            ("organisations", ORGANISATIONS, Organisation.name),
            ("groups", GROUPS, group),
            ("processes", PROCESSES, Process.cover_name),
            ("people", PEOPLE, named),
        )
    ]
    without = {f"{UNREAD}{word}": found for word, found in silent(now).items()}
    without["unanswered"] = (ORGANISATIONS, nobody(SPEAKS, now))
    parts += [
        visible(resource_type, actor, now, literal(word), resource_type.model.id, literal(""))
        .where(nobody_there)
        .limit(MOST)
        .subquery()
        for word, (resource_type, nobody_there) in without.items()
    ]
    lists = ("organisations", "groups", "processes", "people", *without)
    entries: dict[str, list[tuple[Any, str]]] = {word: [] for word in lists}
    for row in session.execute(union_all(*(select(*part.c) for part in parts))):
        entries[row.list].append((row.id, row.name))
    for word in entries:
        entries[word].sort(key=lambda entry: entry[1])
    return {
        **entries,
        "excepted_organisations": entries["organisations"],
        "excepted_people": entries["people"],
    }
