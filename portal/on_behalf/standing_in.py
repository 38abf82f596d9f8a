"""An act of an alternate: for whom one may do what, and the one way to begin it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, bindparam, or_, select
from sqlalchemy.orm import Session

from models.alternates import Alternate
from models.base import Resource
from models.stakeholders import Person
from portal.access import Actor, as_column, authorize, predicate
from portal.errors import Refused, TooLate
from portal.on_behalf.questions import holds_by_name, joined, stands_in
from portal.parameters import KEY, ME, NOW, ready
from portal.rules import (
    ACT_FOR,
    ALTERNATES,
    BY_ALTERNATE,
    READ,
    RESOURCE_TYPES,
    M,
    ResourceType,
)

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
    name = session.get_one(Person, row.for_id).name
    return replace(actor, acts_by=row.id, for_id=row.for_id, by_ref=row.ref, for_name=name)


def admit(
    session: Session,
    actor: Actor,
    verb: str,
    resource_type: ResourceType[M],
    ref: str,
    now: datetime,
) -> M:
    """The resource, if whoever acts may do this to it now, for themselves or for somebody else.

    Raises what `access.authorize` raises.
    """
    enter = authorize if actor.acts_by is None else authorize_for
    return enter(session, actor, verb, resource_type, ref, now)


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
    return joined(resource_type, Alternate.id).where(*where).exists()


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
        joined(resource_type, *columns)
        .where(
            resource_type.model.id == KEY,
            Alternate.person_id == ME,
            *stands_in(resource_type, ME, NOW),
            or_(*may.values()),
        )
        .order_by(Person.name, Alternate.id)
    )


HELD: Final = {key: ready(_held(*key)) for key in BY_ALTERNATE}
ON: Final = {name: ready(_on(name)) for name in dict.fromkeys(name for name, _verb in BY_ALTERNATE)}
