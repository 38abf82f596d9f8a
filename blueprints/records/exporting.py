"""A record to be taken along as PDF, each page marked; it says whether it is adopted."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from blueprints import papers
from blueprints.records.views import records
from portal import records as desk
from portal import web
from portal.rules import EXPORT


@records.get("/<ref>/pdf")
@web.records
@web.limiter.limit(papers.PRINTS)
def pdf(ref: str) -> ResponseReturnValue:
    """Hand out one record as PDF: what it says, how it stands, and its SHA-256 once adopted."""
    papers.refuse_unprintable()
    reading = desk.read(web.session(), web.actor(), ref, g.now, verb=EXPORT, format="pdf")
    web.let_go()
    page = render_template(
        "records/paper.html",
        reading=reading,
        record=reading.record,
        text=reading.text,
        made=papers.made_on(),
    )
    return papers.pdf(page, ref, reading.record.tlp)
