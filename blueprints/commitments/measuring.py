"""How commitments go: pictures and tables of due days by month and party, of themes by score."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from blueprints.commitments.filters import LIST, filter_from
from blueprints.commitments.views import commitments
from blueprints.list_fields import names_to_choose
from blueprints.lists import Asked
from blueprints.picture_files import Picture, limited, taken
from models.vocabulary import THEMES, Tlp
from portal import commitments as service
from portal import web
from portal.language import gettext
from portal.pictures.bars import bars
from portal.pictures.score import gauges
from portal.pictures.text_width import plain
from portal.words import N_

THEME_HEADS = (
    N_("Theme"),
    N_("Score"),
    N_("Number"),
    N_("Not started"),
    N_("Minimal"),
    N_("Intermediate"),
    N_("Full"),
    N_("No evidence available"),
    N_("No finding yet"),
)
# The outcomes of due days, in the order of `service.OUTCOMES`.
WORDS = (N_("met"), N_("overdue"), N_("disputed"), N_("awaiting verification"))


@commitments.get("/progress")
@limited
def progress() -> ResponseReturnValue:
    """Show how the commitments go that the person may see, of one party or process or of all."""
    session, actor = web.session(), web.actor()
    asked = Asked(LIST, request.args, names_to_choose())
    said = filter_from(asked)
    narrowed = service.Filter(party=said.party, process=said.process)
    measured = service.progress(session, actor, g.now, narrowed=narrowed)
    words = [gettext(word) for word in WORDS]
    months, parties = list(_months(measured)), list(_parties(measured))
    themes = [(_named(theme), theme.score) for theme in measured.themes]
    by_month = bars([(name, _parts(days)) for name, days in months], words)
    by_party = bars([(name, _parts(days)) for name, days in parties], words, lying=True)
    by_theme = gauges(themes)
    links = _links(measured, asked)
    drawn = [by_month if months else None, by_party if months else None]
    pictures = _pictures(measured, [*drawn, by_theme if measured.commitments else None], words)
    if file := taken(pictures, "progress", Tlp(measured.tlp)):
        return file
    return render_template(
        "commitments/progress.html",
        asked=asked,
        narrowed=narrowed,
        measured=measured,
        words=words,
        months=months,
        parties=parties,
        themes=[_row(theme) for theme in measured.themes],
        links=links,
        by_month=by_month,
        by_party=by_party,
        by_theme=by_theme,
    )


@commitments.get("/progress/rows")
def progress_rows() -> ResponseReturnValue:
    """Show the commitments that a number or a bar of the progress counts."""
    session, actor = web.session(), web.actor()
    asked = Asked(LIST, request.args, names_to_choose())
    said, outcome = filter_from(asked), request.args.get("outcome", "")
    refs = service.behind(
        session,
        actor,
        g.now,
        narrowed=service.Filter(party=said.party, process=said.process),
        outcome=outcome if outcome in service.OUTCOMES else "",
        month=_first_of(request.args.get("month", "")),
        promisor=request.args.get("promisor", ""),
    )
    rows = service.SELECTED.rows(session, actor, refs, g.now)
    return render_template(
        "commitments/progress_rows.html",
        rows=rows,
        more=len(refs) > service.MOST_ROWS,
        move=service.next_move,
        back=url_for("commitments.progress") + asked.only("party", "part_of"),
    )


def _first_of(month: str) -> date | None:
    """The first day of a month such as 2026-11; None of what is none."""
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        return None


def _links(measured: service.Progress, asked: Asked) -> dict[tuple[str, int], str]:
    """Where the rows of each number are: by month or party, and which of the outcomes it counts.

    What is summed up (earlier, later, all others) has none.
    """
    page = url_for("commitments.progress_rows")
    kept = asked.only("party", "part_of").removeprefix("?")
    groups = [(_month(first), f"month={first:%Y-%m}") for first, _days in measured.months]
    groups += [(name, urlencode({"promisor": name})) for name, _days in measured.parties]
    return {
        (plain(name), n): f"{page}?" + "&".join(filter(None, (said, f"outcome={outcome}", kept)))
        for name, said in groups
        for n, outcome in enumerate(service.OUTCOMES)
    }


def _month(first: date) -> str:
    return str(format_date(first, "MMM y"))


def _pictures(
    measured: service.Progress, drawings: list[Any], words: list[str]
) -> dict[str, Picture]:
    """The pictures of the page with the same as tables; None is one that is not drawn."""
    by_month, by_party, by_theme = drawings
    months = [(name, *_parts(days)) for name, days in _months(measured)]
    parties = [(name, *_parts(days)) for name, days in _parties(measured)]
    month, party = gettext("Month"), gettext("Committing party")
    titles = (gettext("Milestones by month"), gettext("Milestones by committing party"))
    return {
        "months": Picture("stacked", by_month, titles[0], [month, *words], months),
        "parties": Picture("stacked", by_party, titles[1], [party, *words], parties),
        "themes": Picture(
            "gauges",
            by_theme,
            gettext("Score of each theme, 0 to 100"),
            [gettext(head) for head in THEME_HEADS],
            [_row(theme) for theme in measured.themes],
        ),
    }


def _months(measured: service.Progress) -> Iterator[tuple[str, service.Days]]:
    if measured.earlier.stated:
        yield gettext("earlier"), measured.earlier
    for first, days in measured.months:
        yield _month(first), days
    if measured.later.stated:
        yield gettext("later"), measured.later


def _parties(measured: service.Progress) -> Iterator[tuple[str, service.Days]]:
    yield from measured.parties
    if measured.rest.stated:
        yield gettext("All others"), measured.rest


def _parts(days: service.Days) -> tuple[int, ...]:
    return days.kept, days.late, days.disputed, days.reported


def _named(theme: service.Theme) -> str:
    return f"{gettext(THEMES[theme.theme])} (n = {theme.found})"


def _row(theme: service.Theme) -> tuple[Any, ...]:
    score = gettext("none") if theme.score is None else theme.score
    name = gettext(THEMES[theme.theme])
    return name, score, theme.found, *theme.steps, theme.no_evidence, theme.no_finding
