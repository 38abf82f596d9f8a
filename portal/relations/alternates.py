"""How a person can stand to an alternate, and for what an alternate stands."""

from sqlalchemy import and_

from models.alternates import Alternate, AlternateState
from models.stakeholders import Person, Role, Standing
from portal.db import alias
from portal.relations.belonging import belongs
from portal.relations.sentence import Now, Predicate, Who, relation, some

AWAY = alias(Person, "policy_away")


@relation
def alternate(row: type[Alternate], who: Who, now: Now) -> Predicate:
    """The person is the alternate, or is asked to be, and belongs to the organisation now."""
    return and_(row.person_id == who, belongs(row.organisation_id, who, now))


@relation
def represented(row: type[Alternate], who: Who, now: Now) -> Predicate:
    """The person is the one for whom somebody acts, and belongs to the organisation now."""
    return and_(row.for_id == who, belongs(row.organisation_id, who, now))


@relation
def declared_it(row: type[Alternate], who: Who, _now: Now) -> Predicate:
    """The person declared it, for themselves or as an administrator."""
    return row.declared_by_id == who


@relation
def alternates_admin(row: type[Alternate], who: Who, now: Now) -> Predicate:
    """The person looks after the people of the organisation for which it is declared."""
    return belongs(row.organisation_id, who, now, Role.ADMIN)


@relation
def not_answered(row: type[Alternate], _who: Who, _now: Now) -> Predicate:
    """It waits for the answer of the alternate."""
    return row.state == AlternateState.DECLARED


@relation
def not_over(row: type[Alternate], _who: Who, now: Now) -> Predicate:
    """Its last day is not over."""
    return row.ends_at > now


@relation
def under_way(row: type[Alternate], _who: Who, now: Now) -> Predicate:
    """Its first day has begun, and its last is not over."""
    return and_(row.begins_at <= now, row.ends_at > now)


@relation
def both_belong(row: type[Alternate], _who: Who, now: Now) -> Predicate:
    """Both belong to the organisation now, and whoever is away is active."""
    return and_(
        belongs(row.organisation_id, row.person_id, now),
        belongs(row.organisation_id, row.for_id, now),
        some(AWAY, where=(AWAY.id == row.for_id, AWAY.state == Standing.ACTIVE)),
    )
