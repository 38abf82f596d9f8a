"""Related rows: packed into one statement by their types, unpacked by their names."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import JSON, Connection, Date, Integer, cast, event, literal, null, select
from sqlalchemy.orm import Session

from models.base import Moment
from models.stakeholders import Organisation, Person
from portal.db import reading
from portal.related import Related, load_together, related
from tests.cast import NOW, World

DAY = date(2026, 12, 24)


@dataclass(frozen=True)
class NameRow:
    id: int
    name: str
    long: bool


@dataclass(frozen=True)
class MomentRow:
    at: datetime
    on: date
    before: datetime | None
    rank: int | None


@dataclass(frozen=True)
class PlaceRow:
    zone: str
    ref: str


def names(model: Any, below: int) -> Related[NameRow]:
    long = (model.name > "M").label("long")
    return related(NameRow, select(model.id, model.name, long).where(model.id < below))


def moments(*ranks: int | None) -> list[Related[MomentRow]]:
    columns = literal(NOW, Moment()).label("at"), literal(DAY, Date()).label("on")
    return [
        related(
            MomentRow,
            select(
                *columns,
                cast(null(), Moment()).label("before"),
                literal(n, Integer()).label("rank"),
            ),
            order=lambda row: (row.rank is None, row.rank or 0),
        )
        for n in ranks
    ]


def places() -> Related[PlaceRow]:
    question = select(Organisation.zone, Organisation.ref).order_by(Organisation.ref.desc())
    return related(PlaceRow, question, order=lambda row: row.ref)


def test_each_part_comes_back_as_its_own_dataclass_in_its_order(world: World) -> None:
    with reading(world.sessions) as session:
        rows = load_together(session, [names(Organisation, 3), *moments(7, 5), places()], 100)
        every = session.execute(select(Organisation.ref, Organisation.zone)).all()
        expected = session.execute(select(Organisation.id, Organisation.name)).all()
    assert rows[NameRow] == [
        NameRow(key, name, name > "M") for key, name in sorted(expected) if key < 3
    ]
    assert all(type(row.long) is bool for row in rows[NameRow])
    assert rows[MomentRow] == [MomentRow(NOW, DAY, None, 5), MomentRow(NOW, DAY, None, 7)]
    assert rows[PlaceRow] == [PlaceRow(zone, ref) for ref, zone in sorted(every)]


def test_parts_may_share_a_sort_and_one_that_was_not_asked_for_has_no_rows(world: World) -> None:
    with reading(world.sessions) as session:
        rows = load_together(session, [names(Organisation, 2), names(Person, 2)], 100)
    assert [row.id for row in rows[NameRow]] == [1, 1]
    assert rows[MomentRow] == []


def test_rows_are_sorted_by_the_key_of_their_sort(world: World) -> None:
    with reading(world.sessions) as session:
        rows = load_together(session, moments(None, 2, 1), 100)
    assert [row.rank for row in rows[MomentRow]] == [1, 2, None]


def test_of_too_many_rows_the_first_by_the_selects_own_order_are_loaded(world: World) -> None:
    with reading(world.sessions) as session:
        refs = sorted(session.scalars(select(Organisation.ref)))
        rows = load_together(session, [places()], 2)
    assert [row.ref for row in rows[PlaceRow]] == refs[-2:]


def test_fields_and_labels_are_the_same_in_the_same_order() -> None:
    swapped: Any = select(Organisation.ref, Organisation.zone)
    missing: Any = select(Organisation.zone)
    extra: Any = select(Organisation.zone, Organisation.ref, Organisation.id)
    misspelled: Any = select(Organisation.zone, Organisation.ref.label("reff"))
    for question in (swapped, missing, extra, misspelled):
        with pytest.raises(TypeError, match="PlaceRow has"):
            related(PlaceRow, question)


def test_a_type_without_a_column_to_share_is_refused(world: World) -> None:
    odd: Any = select(Organisation.zone, literal("{}", JSON()).label("ref"))
    with reading(world.sessions) as session, pytest.raises(TypeError, match="ref"):
        load_together(session, [related(PlaceRow, odd)], 10)


def test_the_statement_is_one_and_compiled_once(world: World) -> None:
    with reading(world.sessions) as session:
        first, again = _sent(session, 2, 5), _sent(session, 3, 6)
    assert len(first) == len(again) == 1
    assert first[0][0] == again[0][0]
    assert again[0][1].startswith("cached since")


def _sent(session: Session, below: int, rank: int) -> list[tuple[str, str]]:
    sent: list[tuple[str, str]] = []

    def remember(_on: Connection, _cursor: Any, text: str, _values: Any, how: Any, _: bool) -> None:
        sent.append((text, how._get_cache_stats()))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", remember)
    load_together(session, [names(Organisation, below), *moments(rank), places()], 100)
    event.remove(engine, "before_cursor_execute", remember)
    return sent
