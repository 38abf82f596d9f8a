"""What is ticked in a list, whatever noun it is of: a page of it, reminders, and a table (CSV).

The template is `templates/lists/selected.html`, or one of the noun that fills its blocks.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from blueprints.pdf_files import stem, to_save
from models.vocabulary import Tlp
from portal import web
from portal.access import Actor
from portal.days import ends_a_day, last_day
from portal.language import ngettext
from portal.parsing import reference
from portal.selection import MOST_SELECTED, Selection
from portal.spreadsheets import Cell, as_csv


def _as_allowed(row: Any, _now: datetime) -> bool:
    return bool(row.may_remind)


@dataclass(frozen=True)
class Selecting:
    """What can be done with the ticked rows of a list.

    `pages` is its blueprint, `noun` the resource type, `heading` and `reminded` (whom a reminder
    reaches; empty where there are none) are sentences to be translated. `heads` and `cells` make
    the table, which `table` hands out, with its marking where the noun is `marked`.
    `can_be_reminded` says whether a reminder of a row would be sent now.
    """

    pages: str
    noun: str
    heading: str
    selection: Selection
    heads: tuple[Any, ...]
    cells: Callable[[Any], list[Cell]]
    reminded: str = ""
    can_be_reminded: Callable[[Any, datetime], bool] = _as_allowed
    marked: bool = True
    table: str = "selected_csv"
    template: str = "lists/selected.html"


def due_cell(end: datetime | None, zone: str) -> Cell:
    """A deadline in a table: the day that it ends in its zone, else the instant."""
    return last_day(end, zone) if end is not None and ends_a_day(end, zone) else end


def refs_of(sent: MultiDict[str, str]) -> list[str]:
    """The references that were ticked; at most 100 count."""
    return [reference(ref) for ref in sent.getlist("ref")][:MOST_SELECTED]


def selected_page(it: Selecting, **more: Any) -> str:
    """The page of what is ticked: of each what can be done with it; `more` is for its template."""
    rows = it.selection.rows(web.session(), web.actor(), refs_of(request.args), g.now)
    due = [row.ref for row in rows if it.reminded and it.can_be_reminded(row, g.now)]
    return render_template(
        it.template,
        it=it,
        rows=rows,
        refs=[row.ref for row in rows],
        missing=len(set(request.args.getlist("ref"))) - len(rows),
        due=due,
        taken=[row.ref for row in rows if row.may_export],
        **more,
    )


def selected_table(it: Selecting) -> ResponseReturnValue:
    """What is ticked and may be taken along, as CSV; its marking is in its name and a column."""
    rows = it.selection.export(
        web.session(), web.actor(), refs_of(request.args), g.now, made_as="csv"
    )
    web.let_go()
    name = stem(it.pages, Tlp.strictest(row.tlp for row in rows)) if it.marked else it.pages
    content = as_csv([str(head) for head in it.heads], map(it.cells, rows))
    return to_save(content, "text/csv", f"{name}.csv")


def reminders_sent(
    pages: str,
    remind: Callable[[Session, Actor, Collection[str], datetime], tuple[int, int]],
) -> ResponseReturnValue:
    """Remind of what is ticked, say how many were sent and left out, and show the page again."""
    refs = refs_of(request.form)
    sent, left_out = remind(web.session(), web.actor(), refs, g.now)
    flash(ngettext("%(num)s reminder sent.", "%(num)s reminders sent.", sent))
    if left_out:
        flash(
            ngettext(
                "%(num)s selected row was left out: nobody has to be reminded of it now, or you"
                " cannot send its reminders.",
                "%(num)s selected rows were left out: nobody has to be reminded of them now, or"
                " you cannot send their reminders.",
                left_out,
            ),
            "warning",
        )
    return redirect(url_for(f"{pages}.selected", ref=refs))
