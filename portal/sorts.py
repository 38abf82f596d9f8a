"""Lists in each of their orders that ask the policy of all that a person could know."""

from collections.abc import Mapping
from itertools import product
from typing import Any

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import Session

from portal.paging import MARK_AT, MARK_KEY, PAGE, Page, cut, write_mark
from portal.parameters import at_most, ready
from portal.walk_pages import begin
from portal.walks import Hits, Order, sorted_by


class Sorts:
    """The orders of a list that asks the policy of all that a person could know; built once.

    `orders` are columns of instants that always hold one, `key` that of the resource, both of the
    rows of `rows`.
    """

    def __init__(self, rows: Select[Any], orders: Mapping[str, Any], key: Any) -> None:
        self._rows, self._orders, self._key = rows, orders, key
        asked = (Order(*each) for each in product(orders, (True, False)))
        self._questions = {order: ready(self._question(order)) for order in asked}

    def page(
        self,
        session: Session,
        order: Order,
        values: Mapping[str, Any],
        after: str,
        hits: Hits | None = None,
    ) -> Page:
        """The page behind the mark; with `hits` of what has the words."""
        mark, question = begin(after, order), self._questions[order]
        given = {**values, MARK_AT.key: mark.at, MARK_KEY.key: mark.key}
        if hits is not None:
            question, given = question.where(self._key.in_(hits.keys)), given | dict(hits.values)
        found = session.execute(question, given).all()
        return cut(found, PAGE, lambda row: write_mark(row.sorted_at, row.id))

    def _question(self, order: Order) -> Select[Any]:
        column = self._orders[order.by]
        place, mark = tuple_(column, self._key), tuple_(MARK_AT, MARK_KEY)
        behind = place < mark if order.latest_first else place > mark
        place_sorted = sorted_by([column, self._key], order)
        rows = self._rows.add_columns(column.label("sorted_at")).where(behind)
        return rows.order_by(*place_sorted).limit(at_most(PAGE + 1))
