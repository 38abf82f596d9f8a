"""Acting for somebody: whether an alternate may do this for that person, asked at each act.

The alternate must be in force and cover the resource; they read it themselves; whoever is away
holds the verb by name, and may do it now. Each of these is a sentence of the policy; nothing of the
answer is kept, so that what has ended holds nowhere from that instant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    exists,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.base import Resource
from models.stakeholders import Person
from portal.access import Actor, Key, When, as_column, authorize, predicate
from portal.db import alias
from portal.errors import Refused, TooLate
from portal.parameters import KEY, ME, NOW, ready
from portal.policy_elements import PolicyPredicate
from portal.policy_sql import Form, relation_text, text_of
from portal.relations import Relation, covers
from portal.rules import (
    ACT_FOR,
    ALTERNATES,
    ANSWER,
    BY_ALTERNATE,
    CHECK,
    EMAIL_TO,
    READ,
    RESOURCE_TYPES,
    M,
    ResourceType,
    in_force_now,
)

ALSO: Final = alias(Alternate, "also_away")
# E-mails to an alternate that ask for a verb without being a reminder of it.
ASKS: Final = {(CHECK, "contacts"): ANSWER}
BY: Final[BindParameter[int]] = bindparam("acts_by", type_=Integer())
WHOM: Final[BindParameter[int]] = bindparam("acts_for", type_=Integer())


@dataclass(frozen=True)
class ActingFor:
    """For whom the reader may act on a resource: the alternate's reference, whom, which verbs."""

    ref: str
    name: str
    verbs: frozenset[str]


def stand_in(session: Session, actor: Actor, ref: str, now: datetime) -> Actor:
    """The same person, acting for whoever the alternate of this reference is for.

    Raises NotFound or Refused where it is not theirs or not in force. What they may do so is asked
    with each act.
    """
    row = authorize(session, actor, ACT_FOR, ALTERNATES, ref, now)
    return replace(actor, acts_by=row.id, for_id=row.for_id)


def authorize_for(
    session: Session,
    actor: Actor,
    verb: str,
    resource_type: ResourceType[M],
    ref: str,
    now: datetime,
) -> M:
    """The resource, if an alternate may do this to it now for whom they act.

    Raises NotFound where they cannot read it themselves, Refused where it is not theirs to do for
    that person, TooLate where it would be, but that person may not do it any more.
    """
    resource = authorize(session, actor, READ, resource_type, ref, now)
    question = HELD.get((resource_type.name, verb))
    if question is None:
        raise Refused(verb)
    asked = {
        **{ME.key: actor.person_id, NOW.key: now, KEY.key: resource.id},
        **{BY.key: actor.acts_by, WHOM.key: actor.for_id},
    }
    row = session.execute(question, asked).one()
    if not row.theirs:
        raise Refused(verb)
    if not row.timely:
        raise TooLate(verb)
    return resource


def acting_for(
    session: Session,
    actor: Actor,
    resource_type: ResourceType[Resource],
    resource_id: int,
    now: datetime,
) -> Sequence[ActingFor]:
    """For whom the person may do what to the resource at this moment, in one query."""
    asked = {ME.key: actor.person_id, NOW.key: now, KEY.key: resource_id}
    found = []
    for row in session.execute(ON[resource_type.name], asked):
        held = {verb for verb in _verbs_of(resource_type.name) if row._mapping[f"may {verb}"]}
        if held:
            found.append(ActingFor(row.ref, row.name, frozenset(held)))
    return found


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
        held = ASKS.get((template, resource_type.name), verb)
        return _may_for(session, person_id, for_id, resource_type, resource_id, held, now)
    exception = EMAIL_TO.get((template, resource_type.name))
    if exception is not None:
        allowed = exception.at(resource_type.model, person_id, now)
    else:
        allowed = predicate(resource_type, verb, person_id, now)
    return bool(
        session.scalar(select(exists().where(resource_type.model.id == resource_id, allowed)))
    )


def _may_for(
    session: Session,
    person_id: int,
    for_id: int,
    resource_type: ResourceType[Resource],
    resource_id: int,
    verb: str,
    now: datetime,
) -> bool:
    question = WRITTEN.get((resource_type.name, verb))
    if question is None:
        return False
    asked = {ME.key: person_id, NOW.key: now, KEY.key: resource_id, WHOM.key: for_id}
    return bool(session.scalar(question, asked))


def holds_by_name(resource_type: ResourceType[Any], verb: str, now: When) -> ColumnElement[bool]:
    """Of the column of people: whoever is named there holds the verb, whoever acts for them."""
    relation: Relation = BY_ALTERNATE[resource_type.name, verb]
    text = text_of(relation_text, resource_type.name, relation, Form(by_value=False))
    return PolicyPredicate(text, None, now)


def stands_in(
    resource_type: ResourceType[Any], who: Key, now: When
) -> tuple[ColumnElement[bool], ...]:
    """Of a row of alternates and a resource: the person acts by it, for this, and reads this."""
    return (
        predicate(ALTERNATES, ACT_FOR, who, now),
        covers(Alternate, resource_type.model),
        predicate(resource_type, READ, who, now),
    )


def taken_over(resource_type: ResourceType[Any], away: Any, now: When) -> ColumnElement[bool]:
    """Of a resource and somebody's key: an alternate is asked in their place, who may read it.

    An alternate who is away themselves is not asked, nor is theirs: nobody agreed to that.
    """
    return _taken_over(resource_type, away, now).exists()


def _taken_over(resource_type: ResourceType[Any], away: Any, now: When) -> Select[Any]:
    return (
        select(Person.id)
        .join(Alternate, Person.id == Alternate.person_id)
        .where(
            Alternate.for_id == away,
            in_force_now(Alternate, now),
            ~exists().where(ALSO.for_id == Person.id, in_force_now(ALSO, now)).correlate(Person),
            covers(Alternate, resource_type.model),
            predicate(resource_type, READ, Person.id, now),
        )
        .correlate_except(Person, Alternate)
    )


def who_takes_over(resource_type: ResourceType[Any], away: Any, now: When) -> Any:
    """Of the same: the key of that alternate, of several the first that was named; else empty."""
    first = _taken_over(resource_type, away, now).order_by(Alternate.id).limit(1)
    return first.scalar_subquery()


def _verbs_of(name: str) -> list[str]:
    return [verb for noun, verb in BY_ALTERNATE if noun == name]


def _held(name: str, verb: str) -> Select[Any]:
    # `theirs`: by name, whatever its state; `timely`: whoever is away may do it at this moment.
    resource_type = RESOURCE_TYPES[name]
    row = (
        resource_type.model.id == KEY,
        Alternate.id == BY,
        Alternate.for_id == WHOM,
        *stands_in(resource_type, ME, NOW),
        holds_by_name(resource_type, verb, NOW),
    )
    timely = predicate(resource_type, verb, Person.id, NOW)
    answers: tuple[Any, ...] = (
        as_column(_some(resource_type, *row)).label("theirs"),
        as_column(_some(resource_type, *row, timely)).label("timely"),
    )
    return select(*answers)


def _some(resource_type: ResourceType[Any], *where: Any) -> ColumnElement[bool]:
    return _joined(resource_type, Alternate.id).where(*where).exists()


def _joined(resource_type: ResourceType[Any], *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(resource_type.model)
        .join(Alternate, true())
        .join(Person, Person.id == Alternate.for_id)
    )


def _on(name: str) -> Select[Any]:
    resource_type = RESOURCE_TYPES[name]
    may = {
        verb: holds_by_name(resource_type, verb, NOW)
        & predicate(resource_type, verb, Person.id, NOW)
        for verb in _verbs_of(name)
    }
    columns: list[Any] = [Alternate.ref, Person.name]
    columns += [as_column(held).label(f"may {verb}") for verb, held in may.items()]
    return (
        _joined(resource_type, *columns)
        .where(
            resource_type.model.id == KEY,
            Alternate.person_id == ME,
            *stands_in(resource_type, ME, NOW),
            or_(*may.values()),
        )
        .order_by(Person.name, Alternate.id)
    )


def held_for(resource_type: ResourceType[Any], verb: str, *columns: Any) -> Select[Any]:
    """All that the person may do so for another at this moment; people are whoever is away."""
    return _joined(resource_type, *columns).where(
        Alternate.person_id == ME,
        *stands_in(resource_type, ME, NOW),
        holds_by_name(resource_type, verb, NOW),
        predicate(resource_type, verb, Person.id, NOW),
    )


def _written(name: str, verb: str) -> Select[Any]:
    resource_type = RESOURCE_TYPES[name]
    written = held_for(resource_type, verb, Alternate.id)
    return select(written.where(resource_type.model.id == KEY, Alternate.for_id == WHOM).exists())


HELD: Final = {key: ready(_held(*key)) for key in BY_ALTERNATE}
WRITTEN: Final = {key: ready(_written(*key)) for key in BY_ALTERNATE}
ON: Final = {name: ready(_on(name)) for name in dict.fromkeys(name for name, _verb in BY_ALTERNATE)}
