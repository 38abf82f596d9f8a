"""The dossier of a process as PDF: what its reader may take along of it, each page marked."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from blueprints.pdf_files import PRINTS, as_pdf, made_on, refuse_unprintable
from blueprints.processes.months import by_month, nouns_of
from blueprints.processes.views import processes
from blueprints.spread_pictures import about, drawing_of
from portal import harm, web
from portal.claims import confidence_of
from portal.claims import words as claim_words
from portal.dossier import dossier
from portal.norms import VERIFICATION_LABELS

ON_A_PAGE = 10  # rows of the picture that stay legible on one page of A4


@processes.get("/<ref>/export")
@web.records
@web.limiter.limit(PRINTS)
def export(ref: str) -> ResponseReturnValue:
    """Hand out the dossier; what the reader may not take along is not in it."""
    refuse_unprintable()
    found = dossier(web.session(), web.actor(), ref, g.now)
    web.let_go()
    page = render_template(
        "processes/pdf.html",
        dossier=found,
        process=found.reading.process,
        months=by_month(found.entries, nouns_of(found.entries)),
        picture=drawing_of(found.harm, linked=False, most=ON_A_PAGE),
        about=about,
        claim_words=claim_words,
        confidence_of=confidence_of,
        steps=harm.STEPS,
        verifications=VERIFICATION_LABELS,
        made=made_on(),
    )
    return as_pdf(page, ref, found.tlp)
