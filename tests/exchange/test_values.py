"""Foreign values: flags, numbers, times and texts in every shape that files were seen with."""

from datetime import UTC, datetime
from typing import Any

import pytest

from portal.exchange.values import instant, number, said, truth

NOON = datetime(2026, 11, 1, 12, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize("value", [True, 1, 1.0, "1", "true", "TRUE", " True ", "yes", "on"])
def test_a_flag_that_is_set(value: object) -> None:
    assert truth(value) is True


@pytest.mark.parametrize("value", [False, 0, 0.0, "0", "false", "False", "no", "off", "", None])
def test_a_flag_that_is_not_set(value: object) -> None:
    assert truth(value) is False


@pytest.mark.parametrize("value", ["perhaps", 2, -1, [], {}, [True], {"a": 1}, "00"])
def test_a_flag_that_cannot_be_read(value: object) -> None:
    assert truth(value) is None


@pytest.mark.parametrize(
    ("value", "known"),
    [(3, 3), ("3", 3), (" 3 ", 3), (3.0, 3), ("-1", -1), (True, None), (3.5, None), ("x", None),
     (None, None), ("", None), ([], None), ("٣", None), ("9" * 30, None)],
)  # fmt: skip
def test_a_number(value: object, known: int | None) -> None:
    assert number(value) == known


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-01T12:30:15Z",
        "2026-11-01t12:30:15z",
        "2026-11-01 12:30:15",
        "2026-11-01 12:30:15 UTC",
        "2026-11-01T12:30:15.000000000Z",
        "2026-11-01T12:30:15,0Z",
        "2026-11-01T14:30:15+02:00",
        "2026-11-01T14:30:15+0200",
        "2026-11-01T14:30:15+02",
        "2026-11-01T12:30:15-00:00",
        "20261101T123015Z",
        str(int(NOON.timestamp())),
        int(NOON.timestamp()),
        NOON.timestamp(),
        str(int(NOON.timestamp()) * 1000),
        int(NOON.timestamp()) * 1_000_000,
    ],
)
def test_an_instant(value: object) -> None:
    assert instant(value) == NOON


def test_a_day_alone_and_a_leap_second_are_instants() -> None:
    assert instant("2026-11-01") == datetime(2026, 11, 1, tzinfo=UTC)
    assert instant("2016-12-31T23:59:60Z") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [None, "", "0", 0, True, "x", "2026-13-01", "2026-11-01T25:00:00Z", 1e308, -5, [], {}, "9" * 40,
     "0000-01-01", "9999-12-31T23:59:59-12:00", "2026-11-01T12:30:15+99:99"],
)  # fmt: skip
def test_what_is_no_instant(value: object) -> None:
    assert instant(value) is None


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Telco\u00a0AB", "Telco AB"),
        ("Telco\u3000AB", "Telco AB"),
        ("Telco\u200bAB", "Telco AB"),
        ("Telco\u2060AB", "Telco AB"),
        ("Telco\x00AB", "Telco AB"),
        ("Telco\u202eAB", "Telco AB"),
        ("Telco\u2028AB", "Telco\nAB"),
        ("Telco\r\nAB", "Telco\nAB"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("co\u00adoperate", "cooperate"),
        ("a\ud800b", "a\ufffdb"),
        ("\ue000", "\ufffd"),
    ],
)
def test_a_text_never_runs_together(raw: str, shown: str) -> None:
    assert said(raw) == shown


@pytest.mark.parametrize("value", [None, 5, True, [], {"a": "b"}])
def test_what_is_no_text_says_nothing(value: Any) -> None:
    assert said(value) == ""
