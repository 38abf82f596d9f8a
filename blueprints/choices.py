"""Lists that several forms offer: countries by their English name, and time zones."""

from zoneinfo import available_timezones

from babel import Locale

COUNTRIES = sorted(
    (
        (code, name)
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code.isalpha()
    ),
    key=lambda pair: pair[1],
)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
