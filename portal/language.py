"""In which words, and by which clock, whoever asks reads: found once a request.

Flask-Babel finds request, locale and catalogue anew for each text; a page has hundreds of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel.support import NullTranslations
from flask import Flask, current_app, g, request
from flask_babel import (
    Babel,
    force_locale,
    format_date,
    get_babel,
    get_locale,
    get_translations,
)
from flask_babel.speaklater import LazyString

from models.vocabulary import MARKED
from portal import norms
from portal.partial_days import MONTH, YEAR, first_day
from portal.slots import clock


class Texts(dict[str, str]):
    """The marked texts in one language; one that is not marked is translated and not kept."""

    def __init__(self, words: NullTranslations) -> None:
        super().__init__((message, words.ugettext(message)) for message in MARKED)
        self.words = words

    def __missing__(self, message: str) -> str:
        return str(self.words.ugettext(message))


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the portal: its texts, and the words of norms in it.

    `months` has their short names by number, from 1.
    """

    name: str
    texts: Texts
    months: Mapping[int, str]
    norms: norms.Index


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words and the clock of an answer.

    `translated` takes a text, `counted` its singular, plural and number; `months` has their short
    names by number, from 1; `norms` are the words by which norms are found. `patterned` are the
    days that were written in a pattern already: a picture of hours says each a dozen times.
    """

    here: Any
    language: str
    zone: str
    clock: ZoneInfo
    translated: Callable[[str], str]
    counted: Callable[[str, str, int], str]
    months: Mapping[int, str]
    norms: norms.Index
    patterned: dict[tuple[date, str], str] = field(default_factory=dict, compare=False)

    def day(self, value: date) -> str:
        """A day as in 5 Dec 2026."""
        return f"{value.day} {self.months[value.month]} {value.year:04}"

    def known_day(self, known: str) -> str:
        """A day as far as it is known: as in 2017, Dec 2017 or 5 Dec 2017."""
        first = first_day(known)
        month = f"{self.months[first.month]} {first.year:04}"
        return {YEAR: known, MONTH: month}.get(len(known)) or self.day(first)

    def day_of_year(self, value: date) -> str:
        """A day as in 5 Dec."""
        return f"{value.day} {self.months[value.month]}"


def install(app: Flask) -> None:
    """Make an application speak; catalogues are complete before it serves (decision 0014)."""
    babel = Babel(app, locale_selector=chosen, timezone_selector=zone)
    with app.app_context():
        known = [_language(str(locale)) for locale in babel.list_translations()]
    app.extensions["languages"] = {language.name: language for language in known}


def _language(name: str) -> Language:
    with force_locale(name):
        words, locale = get_translations(), get_locale()
    return Language(
        name=name,
        texts=Texts(words),
        months=_months(locale),
        norms=norms.index(words.ugettext),
    )


def _months(locale: Any) -> Mapping[int, str]:
    return dict(locale.months["format"]["abbreviated"])


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
    known, locale = current_app.extensions["languages"], get_locale()
    # Who has a language without catalogue reads the usual words, and its own months.
    language = known.get(str(locale)) or known[str(get_babel().instance.default_locale)]
    own = language.name == str(locale)
    return Spoken(
        here=here,
        language=language.name,
        zone=zone(),
        clock=clock(zone()),
        translated=language.texts.__getitem__,
        counted=language.texts.words.ungettext,
        months=language.months if own else _months(locale),
        norms=language.norms,
    )


def gettext(message: str, **values: Any) -> str:
    """A text in the reader's words, with its values put in."""
    said = spoken().translated(message)
    return said % values if values else said


def ngettext(one: str, many: str, num: int, **values: Any) -> str:
    """A text that depends on a number, which is its value `num`."""
    return spoken().counted(one, many, num) % {"num": num, **values}


def patterned_day(value: date, pattern: str) -> str:
    """A day, or that of an instant in the reader's zone, in a pattern such as `d MMM y`."""
    known, key = spoken().patterned, (value, pattern)
    said = known.get(key)
    if said is None:
        said = known[key] = str(format_date(value, pattern))
    return said


def lazy_gettext(message: str, **values: Any) -> Any:
    """A text that is put into the reader's words when it is shown: labels of forms."""
    return LazyString(gettext, message, **values)
