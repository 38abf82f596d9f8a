"""The calendar: a month as a grid, or the weeks from a day on as a list."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from portal import diary as service
from portal import web
from portal.days import day_of
from portal.parsing import reference

calendar = Blueprint("calendar", __name__, url_prefix="/calendar")
LISTED = timedelta(weeks=6)
DAY = timedelta(days=1)
YEARS = range(2000, 2200)


@dataclass(frozen=True)
class Window:
    """What is looked at, and where the one before and the one after begin."""

    first: date
    last: date
    before: date
    after: date


@calendar.get("/")
def index() -> ResponseReturnValue:
    """Show the deadlines and meetings of a month, or from a day on."""
    actor = web.actor()
    today = day_of(g.now, actor.zone)
    as_list = request.args.get("view") == "list"
    start = _day(request.args.get("from", ""), today)
    weeks = service.weeks(start)
    window = _weeks_from(start) if as_list else _month(start, weeks)
    process = reference(request.args.get("process", "")[:20])
    found = service.diary(web.session(), actor, g.now, window.first, window.last, process)
    return render_template(
        "calendar/index.html",
        diary=found,
        weeks=weeks,
        window=window,
        month=start.replace(day=1),
        as_list=as_list,
        process=process,
        today=today,
        named=get_locale(),
    )


def _day(text: str, otherwise: date) -> date:
    """A day, or the first of a month ("2026-12"); what is no day is today."""
    try:
        found = date.fromisoformat(text if len(text) > len("2026-12") else f"{text}-01")
    except ValueError:
        return otherwise
    return found if found.year in YEARS else otherwise


def _month(start: date, weeks: list[list[date]]) -> Window:
    first = start.replace(day=1)
    after = (first + 31 * DAY).replace(day=1)
    return Window(weeks[0][0], weeks[-1][-1], (first - DAY).replace(day=1), after)


def _weeks_from(start: date) -> Window:
    return Window(start, start + LISTED - DAY, start - LISTED, start + LISTED)
