"""Why somebody may do something, or may not: the rows of the policy that speak for and against."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models.base import Resource
from portal.access import Actor
from portal.rules import READ, ResourceType


@dataclass(frozen=True)
class Reason:
    """One row of the policy, and whether it speaks for the person now."""

    verb: str
    states: tuple[str, ...]
    who: str
    state_fits: bool
    person_fits: bool


def explain(
    session: Session,
    actor: Actor,
    verb: str,
    resource_type: ResourceType[Resource],
    resource_id: int,
    now: datetime,
) -> list[Reason]:
    """The rows that speak for and against, READ included, for `flask explain`."""
    rules = [*resource_type.rows(verb)] + ([*resource_type.rows(READ)] if verb != READ else [])
    columns: list[ColumnElement[bool]] = []
    for rule in rules:
        columns.append(resource_type.model.state.in_(rule.states))
        columns.append(rule.who.at(resource_type.model, actor.person_id, now))
    row = session.execute(select(*columns).where(resource_type.model.id == resource_id)).one()
    return [
        Reason(
            rule.verb,
            rule.states,
            rule.who.name,
            bool(row[2 * i]),
            bool(row[2 * i + 1]),
        )
        for i, rule in enumerate(rules)
    ]
