"""A record to be taken along as PDF, each page marked; it says whether it is adopted."""

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints import pdf_files
from blueprints.records.views import reading_of, records
from portal import web
from portal.rules import EXPORT


@records.get("/<ref>/export")
@web.records
@web.limiter.limit(pdf_files.PRINTS)
def export(ref: str) -> ResponseReturnValue:
    """Hand out one record as PDF: what it says, how it stands, and its SHA-256 once adopted."""
    pdf_files.refuse_unprintable()
    reading = reading_of(ref, EXPORT, format="pdf")
    web.let_go()
    page = render_template(
        "records/pdf.html",
        reading=reading,
        record=reading.record,
        text=reading.text,
        made=pdf_files.made_on(),
    )
    return pdf_files.as_pdf(page, ref, reading.record.tlp)
