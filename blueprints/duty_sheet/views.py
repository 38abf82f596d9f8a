"""The duty sheet, to be read, printed and taken along."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from blueprints.pdf_files import PRINTS, as_pdf, made_on, refuse_unprintable
from portal import duty_sheet as service
from portal import web
from portal.language import gettext

duty_sheet = Blueprint("duty_sheet", __name__, url_prefix="/duty-sheet")


@duty_sheet.get("/")
@web.records
def read() -> ResponseReturnValue:
    """Show whom to reach and what comes next; printed, it is a copy, so it is in the trail."""
    sheet = service.duty_sheet(web.session(), web.actor(), g.now, made_as="print")
    return render_template("duty_sheet/read.html", sheet=sheet, made=made_on())


@duty_sheet.get("/export")
@web.records
@web.limiter.limit(PRINTS)
def export() -> ResponseReturnValue:
    """Hand it out as PDF, each page marked."""
    refuse_unprintable()
    sheet = service.duty_sheet(web.session(), web.actor(), g.now, made_as="pdf")
    web.let_go()
    page = render_template("duty_sheet/pdf.html", sheet=sheet, made=made_on())
    return as_pdf(page, "duty-sheet", sheet.tlp, title=str(gettext("Duty sheet")))
