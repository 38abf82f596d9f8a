"""A week of hours: what each would be for each delegation, and which times are suggested."""

from datetime import UTC, date, datetime, timedelta

from portal.slots import Side, Sort, local_hours, suggest, week_of

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST = date(2026, 12, 7)
TELCO = Side(1, "Telco", "Europe/Helsinki", True, 1)
BANK = Side(2, "Bank", "Asia/Singapore", True, 1)
CLOUD = Side(3, "Cloud", "America/New_York", True, 1)
CERT = Side(4, "CERT", "Pacific/Auckland", True, 1)


def test_an_hour_says_for_how_many_it_is_night_and_what_it_is_there() -> None:
    week = week_of(FIRST, "Europe/Helsinki", 60, [TELCO, BANK, CLOUD], NOW)
    nine = week.rows[9]
    assert [cell.nights if cell else None for cell in nine.cells] == [1] * 7, "Cloud sleeps"
    assert [at.time for at in nine.there] == ["09:00", "15:00", "02:00"]
    assert nine.sorts == (Sort.DAY, Sort.DAY, Sort.NIGHT)
    assert [place.city for place in week.places] == ["Helsinki", "Singapore", "New York"]
    assert (week.before, week.after) == (date(2026, 11, 30), date(2026, 12, 14))
    assert not week.shifts


def test_hours_that_have_passed_or_do_not_exist_cannot_be_chosen() -> None:
    now = week_of(date(2026, 11, 23), "UTC", 60, [], NOW)
    assert [row.cells[0] is None for row in now.rows] == [True] * 10 + [False] * 14
    spring = week_of(date(2027, 3, 22), "Europe/Helsinki", 60, [BANK], NOW)
    assert spring.rows[3].cells[6] is None, "the clocks go forward over it on Sunday"
    assert spring.shifts


def test_suggestions_avoid_nights_and_weekends_and_say_why() -> None:
    found = suggest(FIRST, "Europe/Helsinki", 60, [TELCO, BANK], NOW)
    assert len(found) == 6
    assert all(str(one.reasons[0]) == "In the day for every delegation" for one in found)
    assert all(one.local.weekday() < 5 for one in found)
    assert len({one.local.date() for one in found}) == 6, "on different days"
    first = found[0].local
    again = suggest(FIRST, "Europe/Helsinki", 60, [TELCO, BANK], NOW, {first})
    assert first not in [one.local for one in again]


def test_where_a_night_cannot_be_avoided_it_is_not_always_the_same_side() -> None:
    sides = [TELCO, CLOUD, CERT, BANK]
    found = suggest(FIRST, "Europe/Helsinki", 120, sides, NOW)
    reading = local_hours(
        [one.local.replace(tzinfo=UTC) - timedelta(hours=2) for one in found],
        120,
        "Europe/Helsinki",
        sides,
    )
    asleep = {name for one in reading for name in one.nights}
    assert len(asleep) > 1
    assert all(len(one.nights) == 1 for one in reading), "and never more than needs be"
    assert any("No other hour" in str(reason) for reason in found[0].reasons)


def test_without_a_side_nothing_is_suggested() -> None:
    assert suggest(FIRST, "UTC", 60, [], NOW) == []
