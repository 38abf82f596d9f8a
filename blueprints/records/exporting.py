"""A record to be taken along as PDF, each page marked; it says whether it is adopted."""

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints import papers
from blueprints.records.views import reading_of, records
from portal import web
from portal.rules import EXPORT


@records.get("/<ref>/pdf")
@web.records
@web.limiter.limit(papers.PRINTS)
def pdf(ref: str) -> ResponseReturnValue:
    """Hand out one record as PDF: what it says, how it stands, and its SHA-256 once adopted."""
    papers.refuse_unprintable()
    reading = reading_of(ref, EXPORT, format="pdf")
    web.let_go()
    page = render_template(
        "records/paper.html",
        reading=reading,
        record=reading.record,
        text=reading.text,
        made=papers.made_on(),
    )
    return papers.pdf(page, ref, reading.record.tlp)
