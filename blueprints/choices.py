"""Lists that several forms offer: countries by their English name, and time zones."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from wtforms import SelectChoice


def options(pairs: Iterable[tuple[Any, Any]]) -> list[Any]:
    """Pairs of value and label as the choices of a field."""
    return [SelectChoice(value, label) for value, label in pairs]


COUNTRIES = options(
    sorted(
        (
            (code, name)
            for code, name in Locale("en").territories.items()
            if len(code) == 2 and code.isalpha()
        ),
        key=lambda pair: pair[1],
    )
)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
