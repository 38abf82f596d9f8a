"""What an alternate does, and for whom, in SQL: sentences of the policy about two people."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, select, true

from models.alternates import Alternate
from models.stakeholders import Person
from portal.access import Key, When, predicate
from portal.db import alias
from portal.parameters import ME, NOW, at_most
from portal.policy_elements import PolicyPredicate
from portal.policy_sql import Form, relation_text, text_of
from portal.relations import covers
from portal.rules import ACT_FOR, ALTERNATES, BY_ALTERNATE, READ, ResourceType, in_force_now

ALSO: Final = alias(Alternate, "also_away")


def holds_by_name(resource_type: ResourceType[Any], verb: str, now: When) -> ColumnElement[bool]:
    """Of the column of people and a row of alternates: named there, at home, and it covers this."""
    by_name = BY_ALTERNATE[resource_type.name, verb]
    text = text_of(relation_text, resource_type.name, by_name.relation, Form(by_value=False))
    named = and_(
        covers(Alternate, resource_type.model, by_name.work_of), PolicyPredicate(text, None, now)
    )
    if by_name.at_home is None:
        return named
    return and_(named, by_name.at_home(Alternate, resource_type.model, now))


def stands_in(
    resource_type: ResourceType[Any], who: Key, now: When
) -> tuple[ColumnElement[bool], ...]:
    """Of a row of alternates and a resource: the person acts by it, and reads this."""
    return (
        predicate(ALTERNATES, ACT_FOR, who, now),
        predicate(resource_type, READ, who, now),
    )


def joined(resource_type: ResourceType[Any], *columns: Any) -> Select[Any]:
    """Of resources, alternates and whoever is away, all pairs."""
    return (
        select(*columns)
        .select_from(resource_type.model)
        .join(Alternate, true())
        .join(Person, Person.id == Alternate.for_id)
    )


def held_for(resource_type: ResourceType[Any], verb: str, *columns: Any) -> Select[Any]:
    """All that the person may do so for another at this moment; people are whoever is away."""
    return joined(resource_type, *columns).where(
        Alternate.person_id == ME,
        *stands_in(resource_type, ME, NOW),
        holds_by_name(resource_type, verb, NOW),
        predicate(resource_type, verb, Person.id, NOW),
    )


def taken_over(
    resource_type: ResourceType[Any], verb: str, away: Any, now: When
) -> ColumnElement[bool]:
    """Of a resource and somebody's key: an alternate is asked in their place, who may read it.

    An alternate who is away themselves is not asked, nor is theirs: nobody agreed to that. What
    they hold by a role alone stays with them.
    """
    return _taken_over(resource_type, verb, away, now).exists()


def who_takes_over(resource_type: ResourceType[Any], verb: str, away: Any, now: When) -> Any:
    """Of the same: the key of that alternate, of several the first that was named; else empty."""
    first = _taken_over(resource_type, verb, away, now).order_by(Alternate.id).limit(at_most(1))
    return first.scalar_subquery()


def _taken_over(resource_type: ResourceType[Any], verb: str, away: Any, now: When) -> Select[Any]:
    # The relation speaks of the column of people, who are the alternates around it.
    by_name = exists().where(Person.id == away, holds_by_name(resource_type, verb, now))
    return (
        select(Person.id)
        .join(Alternate, Person.id == Alternate.person_id)
        .where(
            Alternate.for_id == away,
            in_force_now(Alternate, now),
            ~exists().where(ALSO.for_id == Person.id, in_force_now(ALSO, now)).correlate(Person),
            by_name.correlate_except(Person),
            predicate(resource_type, READ, Person.id, now),
        )
        .correlate_except(Person, Alternate)
    )
