"""Commitments to be taken along: the overview as a print, PDF, CSV and Excel, one of them as PDF.

A whole is marked by the strictest of its parts: on each page, in the name of its file, and beside
each row. It is made when the trail is written and the database free again: that may take long.
"""

from typing import Any, Final

from flask import g, get_template_attribute, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from blueprints.commitments.filters import filter_from
from blueprints.commitments.forms import STATES, STEP_MEANING
from blueprints.commitments.views import commitments, hits_of, what_is_asked
from blueprints.lists import Asked
from blueprints.pdf_files import PRINTS, as_pdf, made_on, refuse_unprintable, stem, to_save
from blueprints.selecting import refs_of
from models.commitments import Step
from models.vocabulary import THEMES
from portal import commitments as service
from portal import web
from portal.language import gettext, lazy_gettext
from portal.rules import EXPORT
from portal.spreadsheets import Cell, as_csv, as_xlsx

ON_PAPER: Final = 200  # rows; laying one out takes a fortieth of a second
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS: Final = (
    lazy_gettext("Reference"),
    lazy_gettext("Marking"),
    lazy_gettext("Commitment"),
    lazy_gettext("Committing party"),
    lazy_gettext("Counterpart"),
    lazy_gettext("Verifier"),
    lazy_gettext("Theme"),
    lazy_gettext("State"),
    lazy_gettext("Due"),
    lazy_gettext("Time zone of the due date"),
    lazy_gettext("Self-report"),
    lazy_gettext("Verification finding"),
    lazy_gettext("Accounts differ"),
    lazy_gettext("Next move"),
    lazy_gettext("Own ticket number"),
)


@commitments.get("/overview.csv")
@web.records
def overview_csv() -> ResponseReturnValue:
    """Hand out the overview as CSV; its marking is in its name and in a column."""
    sheet = _sheet(what_is_asked(), "csv")
    content = as_csv([str(head) for head in HEADS], map(cells_of, sheet.rows))
    return to_save(content, "text/csv", _name(sheet, "csv"))


@commitments.get("/overview.xlsx")
@web.records
def overview_xlsx() -> ResponseReturnValue:
    """Hand out the overview as an Excel sheet, its marking at the head and foot of each page."""
    asked = what_is_asked()
    sheet = _sheet(asked, "xlsx")
    notes = [f"TLP:{sheet.tlp}", "; ".join(_narrowing(asked)), made_on()]
    notes += [_more(sheet)] if sheet.capped else []
    heads, title = [str(head) for head in HEADS], gettext("Commitments")
    content = as_xlsx(title, heads, map(cells_of, sheet.rows), notes=notes, now=g.now)
    return to_save(content, XLSX, _name(sheet, "xlsx"))


@commitments.get("/overview.pdf")
@web.records
@web.limiter.limit(PRINTS)
def overview_pdf() -> ResponseReturnValue:
    """Hand out the overview as PDF, each page marked."""
    refuse_unprintable()
    asked = what_is_asked()
    sheet = _sheet(asked, "pdf", ON_PAPER)
    page = _page("commitments/pdf_list.html", asked, sheet)
    return as_pdf(
        page, "commitments", sheet.tlp, title=str(gettext("Commitments")), cut=_cut(sheet)
    )


@commitments.get("/print")
@web.records
def print_overview() -> ResponseReturnValue:
    """Show the overview plainly, for the printer of whoever reads it."""
    asked = what_is_asked()
    return _page("commitments/print.html", asked, _sheet(asked, "print"))


@commitments.get("/<ref>/export")
@web.records
@web.limiter.limit(PRINTS)
def export(ref: str) -> ResponseReturnValue:
    """Hand out one commitment as PDF for the negotiating table, each page marked."""
    refuse_unprintable()
    reading = service.read(web.session(), web.actor(), ref, g.now, verb=EXPORT, format="pdf")
    web.let_go()
    ends = [row.tlp for row in (*reading.related.conditions, *reading.related.dependants)]
    tlp = service.strictest([reading.commitment.tlp, *ends])
    page = render_template(
        "commitments/pdf.html",
        reading=reading,
        commitment=reading.commitment,
        related=reading.related,
        standing=service.standing(reading, g.now),
        scale=STEP_MEANING,
        marking=tlp,
        made=made_on(),
    )
    return as_pdf(page, ref, tlp)


def _sheet(asked: Asked, made_as: str, most: int = service.MOST) -> service.Sheet:
    session, actor, refs = web.session(), web.actor(), refs_of(request.args)
    if refs:
        sheet = service.export_selected(session, actor, refs, g.now, made_as=made_as)
    else:
        narrowed, hits = filter_from(asked), hits_of(asked)
        sheet = service.export(
            session, actor, g.now, narrowed=narrowed, made_as=made_as, most=most, hits=hits
        )
    web.let_go()
    return sheet


def _page(template: str, asked: Asked, sheet: service.Sheet) -> str:
    return render_template(
        template,
        sheet=sheet,
        narrowing=_narrowing(asked),
        narrowed=filter_from(asked),
        asked=asked,
        made=made_on(),
        more=_more(sheet) if sheet.capped else "",
        move=service.next_move,
        differ=service.differ,
        scale=STEP_MEANING,
    )


def cells_of(row: Any) -> list[Cell]:
    """The cells of a row of a sheet, one for each of HEADS."""
    return [
        row.ref,
        f"TLP:{row.tlp}",
        row.title,
        row.promisor,
        row.addressee,
        row.verifier or "",
        gettext(THEMES[row.theme]),
        str(STATES[row.state]),
        row.due_on,
        row.zone if row.due_on else "",
        _step(row.reported),
        _step(row.found),
        gettext("yes") if service.differ(row) else gettext("no"),
        _turn(row),
        row.ticket,
    ]


def _step(said: str | None) -> str:
    return gettext(STEP_MEANING[Step(said)].word) if said else ""


def _turn(row: Any) -> str:
    # The words that the pages have for it, as text.
    words: Markup = get_template_attribute("commitments/words.html", "turn")(service.next_move(row))
    return words.striptags()


def _narrowing(asked: Asked) -> list[str]:
    """What the sheet is narrowed to, in words."""
    if "ref" in request.args:
        return [gettext("Selected commitments")]
    state = [] if asked.text("state") else [gettext("All active")]
    return [*state, *(chip.words for chip in asked.chips)]


def _more(sheet: service.Sheet) -> str:
    rows = len(sheet.rows)
    words = gettext("There may be more than these %(n)s rows. Filter the list to see them.", n=rows)
    return str(words)


def _name(sheet: service.Sheet, ending: str) -> str:
    return f"{stem('commitments', sheet.tlp)}{_cut(sheet)}.{ending}"


def _cut(sheet: service.Sheet) -> str:
    return f"-first-{len(sheet.rows)}" if sheet.capped else ""
