"""The one way to change: state, trail and outbox in one transaction, or none of them.

How the events of the trail are linked is in `portal.chains`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.base import Resource, new_reference
from models.ledger import AuditEvent, OutboxEmail
from models.stakeholders import Person
from models.vocabulary import Tlp
from portal.access import Actor, authorize, standing_to, stands
from portal.chains import append, append_all, append_read
from portal.chains import digest as digest
from portal.email_keys import key_of
from portal.errors import TooLate
from portal.on_behalf import admit, notified_beside, stand_ins
from portal.relations import Relation
from portal.rules import ASKS_FOR, INSTEAD, PUBLISH_RED, M, ResourceType
from portal.trail_check import first_fault as first_fault

# What an event says beside who, what and when, as JSON takes it.
Detail = str | int | float | bool | None | Sequence[str] | Sequence[int]
READINGS = "readings"  # where a session keeps what it could not append
AT_ONCE = "at once"  # where it keeps what it appends together
NOTED = (
    "at",
    "person_id",
    "verb",
    "resource_type",
    "resource_id",
    "ref",
    "edition",
    "signin_id",
    "detail",
)
# Lines that a version before migration 0022 left behind.
KEPT_AS = {"kind": "resource_type", "matter_id": "resource_id"}


@contextmanager
def transition(
    session: Session,
    actor: Actor,
    verb: str,
    resource_type: ResourceType[M],
    ref: str,
    now: datetime,
    **detail: Detail,
) -> Iterator[M]:
    """Admit the person, lend the resource, move its state, write the trail, fill the outbox.

    Raises what `access.authorize` raises, and TooLate when somebody else changed the resource
    meanwhile. `detail` goes into the trail as it is: keys and counts, never content.
    """
    resource = admit(session, actor, verb, resource_type, ref, now)
    rule = next(row for row in resource_type.rows(verb) if resource.state in row.states)
    try:
        yield resource
        if rule.then is not None:
            resource.state = rule.then
        session.flush()
    except StaleDataError as lost_race:
        raise TooLate(verb) from lost_race
    event = _noted(actor, verb, resource_type, resource, now, detail)
    event.for_id = actor.for_id  # the policy was asked of this act, and of no other
    _keep(session, event)
    if rule.notify is not None:
        notify(session, event, rule.notify, resource_type, now)


def authorize_red(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[Resource],
    ref: str,
    tlp: str,
    now: datetime,
) -> None:
    """Ask, where it is to be TLP:RED, whether training is required first; raises Untrained."""
    if tlp == Tlp.RED:
        authorize(session, actor, PUBLISH_RED, resource_type, ref, now)


def draft_of(
    resource_type: ResourceType[M], actor: Actor, home_id: int, now: datetime, **values: object
) -> M:
    """A new draft: with a reference, of this organisation, by whoever acts, since now."""
    return resource_type.model(
        ref=new_reference(resource_type.prefix, now.year),
        organisation_id=home_id,
        author_id=actor.person_id,
        state="draft",
        created_at=now,
        changed_at=now,
        **values,
    )


def create(
    session: Session,
    actor: Actor | None,
    verb: str,
    resource_type: ResourceType[M],
    resource: M,
    now: datetime,
    **detail: Detail,
) -> AuditEvent:
    """Add a new resource and its first event; whether it may be is the parent's verb, asked before.

    Raises TooLate when a unique name or reference is already taken.
    """
    session.add(resource)
    try:
        session.flush()
    except IntegrityError as taken:
        raise TooLate(verb) from taken
    return audit(session, actor, verb, resource_type, resource, now, **detail)


def notify(
    session: Session,
    event: AuditEvent,
    relation: Relation,
    resource_type: ResourceType[Resource],
    now: datetime,
) -> None:
    """Put an e-mail about an event in the outbox of everybody who stands so, less who acted.

    What asks for something reaches the alternates of those who are away as well, or instead; what
    tells how it went reaches the alternate who did it.
    """
    if AT_ONCE in session.info:
        raise RuntimeError("what is appended at once notifies nobody")
    people = standing_to(resource_type, relation, event.resource_id or 0, now, Person.id)
    among = stands(resource_type, relation, event.resource_id or 0, now)
    passed_on = write_to_stand_ins(session, event, resource_type, among, now)
    reached = session.scalars(people).all()
    for person_id in reached:
        if person_id != event.person_id and person_id not in passed_on:
            write_to(session, event, person_id, now)
    about = (resource_type, event.resource_id or 0, event.verb, reached)
    for away, person_id in notified_beside(session, *about, now):
        if person_id != event.person_id:
            write_to(session, event, person_id, now, for_id=away)


def write_to_stand_ins(
    session: Session,
    event: AuditEvent,
    resource_type: ResourceType[Resource],
    among: ColumnElement[bool],
    now: datetime,
    template: str | None = None,
) -> frozenset[int]:
    """Write to the alternates of those of these people who are away, of what they can do for them.

    Gives back the keys of those whom the e-mail does not reach besides.
    """
    kind = (template or event.verb, resource_type.name)
    verb = ASKS_FOR.get(kind)
    if verb is None:
        return frozenset()
    found = stand_ins(session, resource_type, event.resource_id or 0, verb, among, now)
    for away, instead in found:
        if instead != event.person_id:
            write_to(session, event, instead, now, template=template, for_id=away)
    return frozenset(away for away, _instead in found) if kind in INSTEAD else frozenset()


def write_to(
    session: Session,
    event: AuditEvent,
    person_id: int,
    now: datetime,
    secret: str | None = None,
    template: str | None = None,
    for_id: int | None = None,
) -> None:
    """Put one e-mail about an event in the outbox of one person, unique by event and person.

    It has the name of the event's verb, unless `template` names another. `for_id` is in whose place
    an alternate is written to: whoever is away has the cause, whoever gets it.
    """
    whose = f"for-{for_id}" if for_id is not None else str(person_id)
    keyed = {} if secret is None else {"secret": secret}
    session.add(
        OutboxEmail(
            cause=f"{event.resource_type}:{event.resource_id}:{event.verb}:e{event.id}:{whose}",
            person_id=person_id,
            resource_type=event.resource_type,
            resource_id=event.resource_id,
            template=template or event.verb,
            by_id=event.person_id,
            for_id=for_id,
            **(key_of(template or event.verb, event.resource_type) | keyed),
            created_at=now,
            due_at=now,
            next_at=now,
        )
    )


def audit(
    session: Session,
    actor: Actor | None,
    verb: str,
    resource_type: ResourceType[Resource],
    resource: Resource | None,
    now: datetime,
    **detail: Detail,
) -> AuditEvent:
    """Append an event to the trail; the head of the chain of acts is locked until the commit.

    In a session that reads and no more (`keep_readings`) the event is kept with the session, and
    whoever began it appends it before the answer leaves.
    """
    event = _noted(actor, verb, resource_type, resource, now, detail)
    _keep(session, event)
    return event


@contextmanager
def at_once(session: Session) -> Iterator[None]:
    """What is noted inside is appended together when it ends: one copy of many resources.

    Nobody is notified of it, since an e-mail names the key of its event.
    """
    events: list[AuditEvent] = []
    session.info[AT_ONCE] = events
    try:
        yield
    finally:
        del session.info[AT_ONCE]
    append_all(session, events)


def _keep(session: Session, event: AuditEvent) -> None:
    if READINGS in session.info:
        session.info[READINGS].append(as_line(event))
    elif AT_ONCE in session.info:
        session.info[AT_ONCE].append(event)
    else:
        append(session, event)


def _noted(
    actor: Actor | None,
    verb: str,
    resource_type: ResourceType[Resource],
    resource: Resource | None,
    now: datetime,
    detail: dict[str, Detail],
) -> AuditEvent:
    return AuditEvent(
        at=now,
        person_id=actor.person_id if actor else None,
        verb=verb,
        resource_type=resource_type.name,
        resource_id=resource.id if resource is not None else None,
        ref=resource.ref if resource is not None else "",
        edition=getattr(resource, "edition", None),
        signin_id=actor.signin_id if actor else None,
        detail=detail,
    )


def keep_readings(session: Session, readings: list[dict[str, object]]) -> None:
    """Have a session that only reads keep what is noted in it, in this list of lines."""
    session.info[READINGS] = readings


def only_reads(session: Session) -> bool:
    """Whether the session keeps readings, and so can change nothing."""
    return READINGS in session.info


def as_line(event: AuditEvent) -> dict[str, object]:
    """A reading that has yet to be appended, as JSON takes it."""
    return {name: getattr(event, name) for name in NOTED} | {"at": event.at.isoformat()}


def append_readings(session: Session, lines: list[dict[str, object]]) -> None:
    """Append readings that were kept as lines, each with the time it was made at."""
    append_read(session, [_event(line) for line in lines])


def _event(line: dict[str, object]) -> AuditEvent:
    said = {KEPT_AS.get(name, name): value for name, value in line.items()}
    return AuditEvent(**said | {"at": datetime.fromisoformat(str(line["at"]))})
