"""What an address or a form sends is read in one place: numbers, references, marks of pages."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models.stakeholders import Person
from portal import paging
from portal.db import reading, writing
from portal.paging import Mark, NewestFirst, read_mark, write_mark
from portal.parsing import LARGEST, as_key, reference, whole
from tests.architecture.files import calls, python_files, short
from tests.cast import NOW, World

GARBLED = ("", " 1", "1 ", "+1", "-1", "1.0", "1_000", "٣", "²", "x", "0x1", str(LARGEST + 1), None)


@pytest.mark.parametrize("text", GARBLED)
def test_what_is_no_whole_number_is_none(text: str | None) -> None:
    assert whole(text) is None


@given(st.integers(0, LARGEST))
def test_every_key_is_read(number: int) -> None:
    assert whole(str(number)) == whole(number) == as_key(str(number)) == number


def test_a_number_has_the_limit_of_its_place() -> None:
    assert (whole("10", most=10), whole("11", most=10), whole("007")) == (10, None, 7)


@pytest.mark.parametrize("text", ["", "x", str(LARGEST + 1)])
def test_a_key_that_is_none_leaves_the_default(text: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        as_key(text)


def test_a_reference_is_in_capitals_with_nothing_around_it() -> None:
    assert (reference(" n-26-abcdef\n"), reference(None)) == ("N-26-ABCDEF", "")


@given(st.datetimes(timezones=st.just(UTC)), st.integers(0, LARGEST))
def test_a_mark_is_read_as_it_was_written(at: datetime, key: int) -> None:
    assert read_mark(write_mark(at, key)) == Mark(at, key)


@pytest.mark.parametrize(
    "after",
    ["", "x", "_", "2026-11-23_1", "2026-11-23T09:00:00_1", "2026-11-23T09:00:00+00:00_",
     "2026-11-23T09:00:00+00:00_9999999999", "0001-01-01T00:00:00+14:00_1"],
)  # fmt: skip
def test_a_garbled_mark_marks_nothing(after: str) -> None:
    assert read_mark(after) is None


def test_a_mark_of_another_zone_is_the_same_instant() -> None:
    there = datetime(2026, 11, 23, 14, tzinfo=timezone(timedelta(hours=5)))
    assert read_mark(f"{there.isoformat()}_7") == Mark(datetime(2026, 11, 23, 9, tzinfo=UTC), 7)


def test_pages_show_every_row_once_newest_first(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "PAGE", 3)
    question = select(Person.id, Person.created_at)
    with writing(world.sessions) as session:
        for n, person in enumerate(session.scalars(select(Person).order_by(Person.id))):
            person.created_at = NOW - (n // 2) * timedelta(hours=1)  # two have the same instant
    found, after = [], ""
    listed = NewestFirst(question, Person.created_at, Person.id)
    with reading(world.sessions) as session:
        while True:
            page = listed.page(session, {}, after)
            found += [row.id for row in page.rows]
            assert len(page.rows) <= 3
            if not (after := page.after):
                break
        rows = session.execute(question).all()
    rows.sort(key=lambda row: (row.created_at, row.id), reverse=True)
    assert found == [row.id for row in rows]


# Digits that nobody typed.
OTHERWISE = {
    "portal/admission.py": "the port of a host",
    "portal/delivery.py": "the status of a mail server",
    "portal/parsing.py": "the one place",
}


def test_numbers_that_were_sent_are_read_in_one_place() -> None:
    found = [
        f"{short(path)}:{line} {name}"
        for path in python_files("portal", "blueprints")
        for line, name in calls(path)
        if name.endswith(".isdigit") or (name == "int" and short(path).startswith("blueprints/"))
        if short(path) not in OTHERWISE
    ]
    assert not found, "read it with portal.parsing, Flask's type=as_key or a field of WTForms"
