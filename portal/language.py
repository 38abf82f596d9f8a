"""In which words, and by which clock, whoever asks reads: found once a request.

Flask-Babel finds request, locale and catalogue anew for each text; a page has hundreds of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import Flask, g, request
from flask_babel import Babel, force_locale, get_locale, get_translations
from flask_babel.speaklater import LazyString

from portal.slots import clock


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words and the clock of an answer.

    `translated` takes a text, `counted` its singular, plural and number; `months` has their short
    names by number, from 1.
    """

    here: Any
    language: str
    zone: str
    clock: ZoneInfo
    translated: Callable[[str], str]
    counted: Callable[[str, str, int], str]
    months: Mapping[int, str]

    def day(self, value: date) -> str:
        """A day as in 5 Dec 2026."""
        return f"{value.day} {self.months[value.month]} {value.year:04}"

    def day_of_year(self, value: date) -> str:
        """A day as in 5 Dec."""
        return f"{value.day} {self.months[value.month]}"


def install(app: Flask) -> None:
    """Make an application speak; catalogues are complete before it serves (decision 0014)."""
    babel = Babel(app, locale_selector=chosen, timezone_selector=zone)
    with app.app_context():
        for locale in babel.list_translations():
            with force_locale(str(locale)):
                get_translations()


def chosen() -> str | None:
    """The language of whoever reads: their own, else the browser's best."""
    return g.here.actor.language if "here" in g else request.accept_languages.best_match(["en"])


def zone() -> str:
    """The zone of whoever reads."""
    return g.here.actor.zone if "here" in g else "UTC"


def spoken() -> Spoken:
    """What the answer to this request is written in; kept as long as the request lasts."""
    kept = g._get_current_object()
    here, found = kept.get("here"), kept.get("spoken")
    if found is None or found.here is not here:
        found = kept.spoken = _spoken(here)
    return cast(Spoken, found)


def _spoken(here: Any) -> Spoken:
    locale, words = get_locale(), get_translations()
    return Spoken(
        here=here,
        language=str(locale),
        zone=zone(),
        clock=clock(zone()),
        translated=words.ugettext,
        counted=words.ungettext,
        months=dict(locale.months["format"]["abbreviated"]),
    )


def gettext(message: str, **values: Any) -> str:
    """A text in the reader's words, with its values put in."""
    said = spoken().translated(message)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A text that depends on a number, which is its value `num`."""
    return spoken().counted(one, many, num) % {"num": num, **values}


def lazy_gettext(message: str, **values: Any) -> Any:
    """A text that is put into the reader's words when it is shown: labels of forms."""
    return LazyString(gettext, message, **values)
