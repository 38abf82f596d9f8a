"""How instants, markings and names are shown: filters and globals of every template."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, request
from flask_babel import format_datetime, get_locale
from markupsafe import Markup, escape

from models.vocabulary import (
    COURSES,
    NOT_STATED,
    NOTICE_KINDS,
    ORGANISATION_KINDS,
    SECTORS,
    SEVERITIES,
    STAGES,
    THEMES,
    Tlp,
)
from portal.addresses import url_for
from portal.catalogue import OF_NAME
from portal.curriculum import shipped
from portal.days import EVERY, days_overdue, ends_a_day, last_day, place_of
from portal.ladders import next_reminder
from portal.language import gettext, ngettext, patterned_day, spoken, zone
from portal.menu import main_menu
from portal.norms import NORMS, label
from portal.operator_pages import PAGES
from portal.rules.verbs import present
from portal.slots import name_of, shown
from portal.texts import as_html
from portal.version import VERSION

# Of each marking the end of the name of its style.
TLP_CLASSES = {str(tlp): tlp.lower().replace("+", "-") for tlp in Tlp}
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


# The foot of each page.
ABOUT = tuple((f"operator.{page.name}", page.title) for page in PAGES)


def moment(at: datetime | None) -> Markup:
    """An instant in the reader's zone, the zone named, with the instant for machines."""
    if at is None:
        return _html(f"<span>{escape(gettext('not known'))}</span>")
    own = spoken()
    local = at.astimezone(own.clock)
    words = f"{own.day(local)}, {local.hour:02}:{local.minute:02} {name_of(local)}"
    return _timed(at.isoformat(timespec="minutes"), words)


def _timed(machine: str, words: str) -> Markup:
    # An instant for machines has no sign that HTML gives a meaning.
    return _html(f'<time datetime="{machine}">{escape(words)}</time>')


def _html(text: str) -> Markup:
    # Of one piece: what Markup adds up, it makes and escapes part by part. Its values are escaped.
    return Markup(text)  # noqa: S704  # nosec B704


def each_drawn(words: Sequence[str], drawn: Mapping[str, Markup]) -> Markup:
    """Words one after the other, each as it is drawn: thousands of cells as one piece of a page."""
    return _html("".join(map(drawn.__getitem__, words)))


# What a page uses hundreds of times.
OFTEN = {"moment": moment, "dateformat": patterned_day, "each_drawn": each_drawn}


def until(start: datetime, end: datetime) -> Markup:
    """From one instant to another; the day and the zone are said once where they stay the same."""
    first, last = shown(start, zone()), shown(end, zone())
    if (first.day, first.name) != (last.day, last.name):
        return Markup(" – ").join((moment(start), moment(end)))
    words = f"{spoken().day(first.day)}, {first.time}", f"{last.time} {last.name}"
    instants = (at.isoformat(timespec="minutes") for at in (start, end))
    return Markup(" – ").join(map(_timed, instants, words))


def _size(gap: timedelta) -> Any:
    hours = abs(gap) // timedelta(hours=1)
    if hours >= 48:
        return ngettext("%(num)s day", "%(num)s days", hours // 24)
    return ngettext("%(num)s hour", "%(num)s hours", hours)


def ago(at: datetime) -> Any:
    """How far an instant lies from now, in the largest fitting unit."""
    gap: timedelta = g.now - at
    if abs(gap) < timedelta(hours=1):
        return gettext("just now") if gap >= timedelta(0) else gettext("in less than an hour")
    if gap < timedelta(0):
        return gettext("in %(time)s", time=_size(gap))
    return gettext("%(time)s ago", time=_size(gap))


def deadline(end: datetime | None, zone: str) -> Markup:
    """A day deadline, kept as the instant at which its day ends in the zone in which it was set.

    Every reader gets the same day, with the place that it belongs to: "end of 5 Dec 2026 (Helsinki
    time)". What does not end a day there is an instant, and is shown as one.
    """
    if end is None or not ends_a_day(end, zone):
        return moment(end)
    value = last_day(end, zone)
    return _timed(value.isoformat(), _end_of_day(spoken().day(value), zone))


def _end_of_day(words: str, zone: str) -> Any:
    if zone == "UTC":
        return gettext("end of %(day)s (UTC)", day=words)
    return gettext("end of %(day)s (%(place)s time)", day=words, place=place_of(zone))


def due_by(at: datetime | None, zone: str | None) -> Markup:
    """A day deadline where a zone is given, else an instant."""
    return deadline(at, zone) if zone else moment(at)


def overdue(at: datetime, zone: str | None = None) -> Any:
    """By how much a deadline has passed, and which day or instant it was.

    With a zone it is a day deadline and days are counted there; else it is an instant.
    """
    if zone and ends_a_day(at, zone):
        words, count = spoken().day_of_year(last_day(at, zone)), days_overdue(at, zone, g.now)
        return ngettext(
            "overdue by %(num)s day (%(day)s)",
            "overdue by %(num)s days (%(day)s)",
            count,
            day=words,
        )
    gap: timedelta = g.now - at
    if gap < timedelta(hours=1):
        return gettext("overdue by less than an hour")
    return gettext("overdue by %(time)s", time=_size(gap))


def day(on: date | str | None) -> Any:
    """A day, from its value or its kept form (ISO 8601); it has no zone of its own."""
    if not on:
        return gettext("no due date")
    value = date.fromisoformat(on) if isinstance(on, str) else on
    return _timed(value.isoformat(), spoken().day(value))


def known_day(known: str) -> Any:
    """A day as far as it is known: a year, a month or a day, in its kept form (ISO 8601)."""
    return _timed(known, spoken().known_day(known)) if known else gettext(NOT_STATED)


def instant(text: str | None) -> datetime | None:
    """An instant from its kept form (ISO 8601)."""
    return datetime.fromisoformat(text) if text else None


def bdi(text: str) -> Markup:
    """A text of a person, set apart so that its direction does not turn the words around it."""
    return _html(f"<bdi>{escape(text)}</bdi>")


def country(code: str) -> str:
    """A country by its name in the reader's language; the code where it has none."""
    locale = get_locale()
    return str(locale.territories.get(code, code)) if locale else code


def languages(codes: Sequence[str]) -> str:
    """Languages by their names in the reader's language, in the order given."""
    locale = get_locale()
    names = locale.languages if locale else {}
    return ", ".join(str(names.get(code, code)) for code in codes)


def clock_in(at: datetime, zone_name: str) -> Markup:
    """What the clocks of a zone show at an instant, with the day of the week and the place."""
    local = at.astimezone(ZoneInfo(zone_name))
    words = f"{format_datetime(local, 'EEE HH:mm', rebase=False)} {place_of(zone_name)}"
    return _timed(local.isoformat(timespec="minutes"), words)


def fingerprint(digits: str) -> str:
    """A fingerprint in groups of four, so that it can be read out."""
    return " ".join(digits[n : n + 4] for n in range(0, len(digits), 4))


def size(count: int) -> str:
    """A number of bytes for people."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} kB"


def unit_title(key: str) -> str:
    """The title of a unit of training in the reader's language; its key where it has none here."""
    unit = shipped(key, g.here.actor.language)
    return unit.title if unit else key


def markdown(text: str) -> Markup:
    """A Markdown text as safe HTML."""
    cleaned = as_html(text)
    return Markup(cleaned)  # noqa: S704  # nosec B704


class Fault(NamedTuple):
    """One thing that is wrong in a form; without an id where it is of no one field."""

    id: str
    label: str
    message: str


def faults(form: Any) -> list[Fault]:
    """All that is wrong in a form, field by field, those of lists and of forms in forms too."""
    found = [Fault("", "", str(message)) for message in form.form_errors]
    for field in form:
        found += _faults_of(field, str(field.label.text))
    return found


def _faults_of(field: Any, label: str) -> list[Fault]:
    inner: list[tuple[Any, str]] = []
    own = field.errors
    if hasattr(field, "entries"):  # a list of fields, each named by its number
        inner = [(entry, f"{label} {n}") for n, entry in enumerate(field.entries, start=1)]
        own = [said for said in own if not isinstance(said, dict | list | tuple)]
    elif hasattr(field, "form"):  # a form in the place of a field
        inner = [(part, f"{label}, {part.label.text}") for part in field.form]
        own = field.form.form_errors
    found = [Fault(field.id, label, str(said)) for said in own]
    for part, name in inner:
        found += _faults_of(part, name)
    return found


def asset(name: str) -> str:
    """The address of a static file, another one whenever its content is another."""
    file = current_app.extensions["assets"].get(name, {"filename": name})
    address = url_for("static", filename=file["filename"])
    return f"{address}?v={file['v']}" if "v" in file else address


def install(app: Flask) -> None:
    """Put the filters and globals into an application's templates."""
    app.jinja_env.filters.update(
        OFTEN,
        until=until,
        ago=ago,
        deadline=deadline,
        due_by=due_by,
        overdue=overdue,
        day=day,
        known_day=known_day,
        markdown=markdown,
        unit_title=unit_title,
        instant=instant,
        size=size,
        country=country,
        clock_in=clock_in,
        fingerprint=fingerprint,
        languages=languages,
        bdi=bdi,
        norm=NORMS.__getitem__,
        norm_label=label,
        verb_of_today=present,
        tlp_class=TLP_CLASSES.__getitem__,
    )
    env = {"asset": asset, "faults": faults, "themes": THEMES, "every": EVERY, "stages": STAGES}
    env |= {"main_menu": main_menu, "about_pages": ABOUT, "nouns": OF_NAME}
    env |= {"severities": SEVERITIES, "courses": COURSES, "next_reminder": next_reminder}
    app.jinja_env.globals.update(env, portal_version=VERSION, not_stated=NOT_STATED)
    app.context_processor(_surroundings)


def _surroundings() -> dict[str, Any]:
    # What every page is told of its reader and of where it stands.
    here = g.get("here")
    locale = get_locale()
    short = locale.language if locale else "en"
    return {
        "actor": here.actor if here else None,
        "office": here.office if here else False,
        "banner": here.banner if here else g.get("banner", ""),
        **{name: getattr(here, name, "") for name in ("tour", "ticket", "ticket_home")},
        "env": current_app.config["SETTINGS"].env,
        "mailbox_url": current_app.config["MAILBOX_URL"],
        "now": g.get("now"),
        "page_ref": (request.view_args or {}).get("ref", ""),
        "zone": zone(),
        "language": short,
        "text_direction": "rtl" if short in RIGHT_TO_LEFT else "ltr",
        "kinds": NOTICE_KINDS,
        "sectors": SECTORS,
        "organisation_kinds": ORGANISATION_KINDS,
    }
