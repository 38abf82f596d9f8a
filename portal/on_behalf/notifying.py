"""Whom e-mails reach while somebody is away: asked when they are written, and when they go."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, bindparam, exists, or_, select, true
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.base import Resource
from models.ledger import AuditEvent
from models.stakeholders import Person
from portal.access import predicate
from portal.on_behalf.questions import (
    held_for,
    holds_by_name,
    joined,
    stands_in,
    who_takes_over,
)
from portal.on_behalf.standing_in import WHOM
from portal.parameters import KEY, ME, NOW, at_most, ready
from portal.relations import acted_for
from portal.rules import (
    ASKS_FOR,
    BY_ALTERNATE,
    EMAIL_TO,
    RESOURCE_TYPES,
    TELLS_OF,
    ResourceType,
    in_force_now,
)


def may_be_notified(
    session: Session,
    person_id: int,
    resource_type: ResourceType[Resource],
    resource_id: int,
    template: str,
    verb: str,
    now: datetime,
    for_id: int | None = None,
) -> bool:
    """Whether an e-mail on this resource may go to the person now: asked just before it goes.

    It goes to whoever may do `verb`, unless the policy says of this e-mail who gets it. One to an
    alternate, in the place of `for_id`, goes while they may do it for that person.
    """
    if for_id is not None:
        if (template, resource_type.name) in TELLS_OF:
            return learns(session, person_id, for_id, resource_type, resource_id, template, now)
        held = ASKS_FOR.get((template, resource_type.name), verb)
        asked = (resource_type, resource_id, held, now)
        return acts_by(session, person_id, for_id, *asked) is not None
    exception = EMAIL_TO.get((template, resource_type.name))
    if exception is not None:
        allowed = exception.at(resource_type.model, person_id, now)
    else:
        allowed = predicate(resource_type, verb, person_id, now)
    return bool(
        session.scalar(select(exists().where(resource_type.model.id == resource_id, allowed)))
    )


def acts_by(
    session: Session,
    person_id: int,
    for_id: int,
    resource_type: ResourceType[Resource],
    resource_id: int,
    verb: str,
    now: datetime,
) -> str | None:
    """The reference of the alternate by which one may do this for the other now; None without."""
    question = WRITTEN.get((resource_type.name, verb))
    if question is None:
        return None
    asked = {ME.key: person_id, NOW.key: now, KEY.key: resource_id, WHOM.key: for_id}
    found: str | None = session.scalar(question, asked)
    return found


def learns(
    session: Session,
    person_id: int,
    for_id: int,
    resource_type: ResourceType[Resource],
    resource_id: int,
    template: str,
    now: datetime,
) -> bool:
    """Whether an alternate hears how it went: they did it, act still, and read the resource."""
    asked = {ME.key: person_id, NOW.key: now, KEY.key: resource_id, WHOM.key: for_id}
    return session.scalar(LEARN[template, resource_type.name], asked) is not None


def notified_beside(
    session: Session,
    resource_type: ResourceType[Resource],
    resource_id: int,
    template: str,
    people: Collection[int],
    now: datetime,
) -> list[tuple[int, int]]:
    """Of these people whose alternate hears how it went: two keys each, whoever is away first.

    Only who did it for them, and is not among these people themselves.
    """
    if (template, resource_type.name) not in TELLS_OF:
        return []
    asked = {KEY.key: resource_id, "noun": resource_type.name}
    pairs = [(row.for_id or 0, row.person_id or 0) for row in session.execute(ACTED, asked)]
    about = (resource_type, resource_id, template, now)
    return [
        (away, person)
        for away, person in pairs
        if away in people and person not in people and learns(session, person, away, *about)
    ]


def stand_ins(
    session: Session,
    resource_type: ResourceType[Any],
    resource_id: int,
    verb: str,
    among: ColumnElement[bool],
    now: datetime,
) -> Sequence[tuple[int, int]]:
    """Of these people those who are away and may do it, and who takes it over: two keys each."""
    if session.scalar(SOMEBODY_AWAY, {NOW.key: now}) is None:
        return ()
    model = resource_type.model
    absent = select(Alternate.for_id).where(in_force_now(Alternate, now))
    away = (
        select(Person.id.label("person_id"), model.id.label("resource_id"))
        .select_from(model)
        .join(Person, true())
        .where(
            model.id == resource_id,
            Person.id.in_(absent),
            predicate(resource_type, verb, Person.id, now),
            among,
        )
        .subquery()
    )
    instead = who_takes_over(resource_type, verb, away.c.person_id, now).label("instead")
    rows = session.execute(
        select(away.c.person_id, instead)
        .join(model, model.id == away.c.resource_id)
        .order_by(away.c.person_id)
    )
    return [(row.person_id, row.instead) for row in rows if row.instead is not None]


def _written(name: str, verb: str) -> Any:
    resource_type = RESOURCE_TYPES[name]
    held = held_for(resource_type, verb, Alternate.ref)
    one = held.where(resource_type.model.id == KEY, Alternate.for_id == WHOM)
    return one.order_by(Alternate.id).limit(at_most(1))


def asked_instead(
    session: Session,
    resource_type: ResourceType[Resource],
    resource_id: int,
    verb: str,
    away: int,
    now: datetime,
) -> int | None:
    """Who is asked for this now in the place of one person; None where nobody is."""
    among = Person.id == away
    found = stand_ins(session, resource_type, resource_id, verb, among, now)
    return found[0][1] if found else None


def _learn(template: str, name: str) -> Any:
    resource_type = RESOURCE_TYPES[name]
    did = (
        and_(
            holds_by_name(resource_type, verb, NOW),
            acted_for(Alternate, resource_type.model, name, verb),
        )
        for verb in TELLS_OF[template, name]
    )
    found = joined(resource_type, Alternate.ref).where(
        resource_type.model.id == KEY,
        Alternate.person_id == ME,
        Alternate.for_id == WHOM,
        *stands_in(resource_type, ME, NOW),
        or_(*did),
    )
    return found.order_by(Alternate.id).limit(at_most(1))


LEARN: Final = {kind: ready(_learn(*kind)) for kind in TELLS_OF}
ACTED: Final = ready(
    select(AuditEvent.for_id, AuditEvent.person_id)
    .where(
        AuditEvent.resource_type == bindparam("noun", type_=String()),
        AuditEvent.resource_id == KEY,
        AuditEvent.for_id.is_not(None),
    )
    .distinct()
    .order_by(AuditEvent.for_id, AuditEvent.person_id)
)
# Asked first: to put the question of who takes over together takes longer than all of an act.
SOMEBODY_AWAY: Final = ready(
    select(Alternate.id).where(in_force_now(Alternate, NOW)).limit(at_most(1))
)
WRITTEN: Final = {key: ready(_written(*key)) for key in BY_ALTERNATE}
