"""What a writer can choose from: own organisations, and everything that may be addressed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, Final

from sqlalchemy import Select, Subquery, func, literal, select
from sqlalchemy.orm import Session

from models.processes import Process
from models.saved_views import SavedRecipients
from models.stakeholders import Organisation, OrganisationKind, Person, SharingGroup
from portal.access import Actor, beside_read, readable
from portal.parameters import ME, NOTHING, NOW, Arms, at_most, ready
from portal.recipients.able_to_respond import SPEAKS, nobody, silent
from portal.related import Related, Together, related
from portal.relations import home_of
from portal.rules import GROUPS, ORGANISATIONS, PEOPLE, PROCESSES, ResourceType
from portal.rules.verbs import DRAFT_DIALOGUE

MOST = 500
UNREAD = "unread "
SAVED: Final = "saved"
HOSTS: Final = "hosts"
Choices = dict[str, list[tuple[Any, str]]]


@dataclass(frozen=True)
class EntryRow:
    """An entry of a list of names, for a page that loads it together with other rows."""

    list: str
    id: int
    name: str


def entry_rows(*lists: str) -> list[Related[EntryRow]]:
    """The entries of these lists as related rows, each list by name."""
    found, every = [], _lists()
    for word in lists:
        rows = every[word]
        question = select(rows.c.list, rows.c.id, rows.c.name)
        found.append(related(EntryRow, question, attrgetter("list", "name", "id")))
    return found


def names_to_filter_by(session: Session, actor: Actor, now: datetime) -> Choices:
    """The organisations and processes that a list can be filtered by, in one query."""
    rows = NAMES.load(session, {ME.key: actor.person_id, NOW.key: now})
    return as_choices(rows[EntryRow])


def conveners_to_filter_by(session: Session, actor: Actor, now: datetime) -> Choices:
    """The same of dialogues and minutes: of organisations those that convene, and no delegation.

    Under the Chatham House Rule no list of names beside a dialogue may suggest who attended. With
    them comes the list `HOSTS`: the organisations for which the person may prepare dialogues.
    """
    rows = CONVENERS_AND_PROCESSES.load(session, {ME.key: actor.person_id, NOW.key: now})
    return as_choices(rows[EntryRow])


def as_choices(rows: Iterable[EntryRow]) -> Choices:
    """These rows by list, as `entries_of` gives them."""
    entries: Choices = {}
    for row in rows:
        entries.setdefault(row.list, []).append((row.id, row.name))
    return entries


def homes(session: Session, actor: Actor, verb: str, now: datetime) -> list[tuple[Any, str]]:
    """The organisations for which the person may do this."""
    rows = session.execute(HOMES_FOR[verb], {ME.key: actor.person_id, NOW.key: now})
    return [(row.ref, row.name) for row in rows]


def choices(session: Session, actor: Actor, now: datetime) -> Choices:
    """The entries of each list of addressees, in one query.

    `unread` are all entries of which nobody could respond to what is sent to them, by list (as
    `unread organisations`); `unanswered` the organisations for which nobody could answer; `saved`
    the lists of recipients that the person saved.
    """
    entries = entries_of(session, actor, now, *EVERY_LIST)
    return {
        **entries,
        "excepted_organisations": entries["organisations"],
        "excepted_people": entries["people"],
    }


def entries_of(session: Session, actor: Actor, now: datetime, *lists: str) -> Choices:
    """The entries of some of the lists alone, in one query: no more than a page shows."""
    entries: Choices = {word: [] for word in lists}
    question = LISTS.of(lists)
    if question is not None:
        for row in session.execute(question, {ME.key: actor.person_id, NOW.key: now}):
            entries[row.list].append((row.id, row.name))
    for word in entries:
        entries[word].sort(key=lambda entry: entry[1])
    return entries


def _lists() -> dict[str, Subquery]:
    person = func.coalesce(Person.name + ", " + home_of(NOW), Person.name)
    kept_by = select(Organisation.name).where(Organisation.id == SharingGroup.organisation_id)
    group = SharingGroup.name + " (" + kept_by.correlate(SharingGroup).scalar_subquery() + ")"
    named: tuple[tuple[str, ResourceType[Any], Any], ...] = (
        ("organisations", ORGANISATIONS, Organisation.name),
        ("groups", GROUPS, group),
        ("processes", PROCESSES, Process.cover_name),
        ("people", PEOPLE, person),
    )
    found = {
        word: _entries(word, resource_type, name).order_by(name).limit(at_most(MOST)).subquery()
        for word, resource_type, name in named
    }
    without = {f"{UNREAD}{word}": asked for word, asked in silent(NOW).items()}
    without["unanswered"] = (ORGANISATIONS, nobody(SPEAKS, NOW))
    for word, (resource_type, nobody_there) in without.items():
        entries = _entries(word, resource_type, NOTHING)
        found[word] = entries.where(nobody_there).limit(at_most(MOST)).subquery()
    mine = select(literal(SAVED).label("list"), SavedRecipients.id, SavedRecipients.name)
    found[SAVED] = mine.where(SavedRecipients.person_id == ME).limit(at_most(MOST)).subquery()
    return found


def _entries(word: str, resource_type: ResourceType[Any], name: Any) -> Select[Any]:
    return readable(
        resource_type, literal(word).label("list"), resource_type.model.id, name.label("name")
    )


def _conveners() -> Related[EntryRow]:
    bodies = _entries("organisations", ORGANISATIONS, Organisation.name)
    bodies = bodies.where(Organisation.kind == OrganisationKind.MEDIATION)
    rows = bodies.order_by(Organisation.name).limit(at_most(MOST)).subquery()
    question = select(rows.c.list, rows.c.id, rows.c.name)
    return related(EntryRow, question, attrgetter("list", "name", "id"))


def _hosts() -> Related[EntryRow]:
    hosts = _entries(HOSTS, ORGANISATIONS, Organisation.name)
    hosts = hosts.where(beside_read(ORGANISATIONS, DRAFT_DIALOGUE, ME, NOW))
    rows = hosts.order_by(Organisation.name).limit(at_most(MOST)).subquery()
    question = select(rows.c.list, rows.c.id, rows.c.name)
    return related(EntryRow, question, attrgetter("list", "name", "id"))


EVERY_LIST: Final = tuple(_lists())
LISTS: Final = Arms(_lists())
NAMES: Final = Together(entry_rows("organisations", "processes"), MOST).completed()
CONVENERS_AND_PROCESSES: Final = Together(
    [_conveners(), _hosts(), *entry_rows("processes")], MOST
).completed()
# For each verb of organisations.
HOMES_FOR: Final = {
    verb: ready(
        readable(ORGANISATIONS, Organisation.ref, Organisation.name)
        .where(beside_read(ORGANISATIONS, verb, ME, NOW))
        .order_by(Organisation.name)
    )
    for verb in ORGANISATIONS.verbs
}
