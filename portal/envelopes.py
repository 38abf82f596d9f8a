"""What stewards may see of a row of the trail: its envelope, and whether it names who acted."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, literal, or_, select

from portal.relations import Relation
from portal.rules import RESOURCE_TYPES, SHUT, UNNAMED


def envelope(
    type_name: SQLColumnExpression[str], resource_id: SQLColumnExpression[int | None], now: datetime
) -> ColumnElement[bool]:
    """Whether a steward may see the envelope of a resource; takes two columns of the trail."""
    return ~_one_of(SHUT, type_name, resource_id, now)


def unnamed(
    type_name: SQLColumnExpression[str], resource_id: SQLColumnExpression[int | None], now: datetime
) -> ColumnElement[bool]:
    """Whether an envelope keeps back who acted; takes two columns of the trail."""
    return _one_of(UNNAMED, type_name, resource_id, now)


def _one_of(
    relations: Mapping[str, Relation],
    type_name: SQLColumnExpression[str],
    resource_id: SQLColumnExpression[int | None],
    now: datetime,
) -> ColumnElement[bool]:
    rows = [
        and_(
            type_name == name,
            resource_id.in_(
                select(RESOURCE_TYPES[name].model.id).where(
                    relation.at(RESOURCE_TYPES[name].model, literal(0), now)
                )
            ),
        )
        for name, relation in relations.items()
    ]
    return or_(*rows)
