"""The agenda of a dialogue, and who is invited to it, to be taken along as PDF."""

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from blueprints import pdf_files
from blueprints.dialogues.views import dialogues
from models.vocabulary import Tlp
from portal import access, web
from portal import dialogues as service
from portal.receipts import FORMATS, copies_of
from portal.rules import DIALOGUES, EXPORT, READ_LEDGER


@dialogues.get("/<ref>/export/agenda")
@web.records
@web.limiter.limit(pdf_files.PRINTS)
def export_agenda(ref: str) -> ResponseReturnValue:
    """Hand out the agenda, as far as this person sees it."""
    return _document(ref, "agenda")


@dialogues.get("/<ref>/export/invited")
@web.records
@web.limiter.limit(pdf_files.PRINTS)
def export_invited(ref: str) -> ResponseReturnValue:
    """Hand out the list of who is invited, and what they answered."""
    return _document(ref, "invited")


@dialogues.get("/<ref>/read-ledger")
def read_ledger(ref: str) -> ResponseReturnValue:
    """Show its organisers who exported it."""
    session = web.session()
    dialogue = access.authorize(session, web.actor(), READ_LEDGER, DIALOGUES, ref, g.now)
    copies = copies_of(session, DIALOGUES, dialogue)
    page = "dialogues/read_ledger.html"
    return render_template(page, dialogue=dialogue, copies=copies, formats=FORMATS)


def _document(ref: str, what: str) -> Response:
    pdf_files.refuse_unprintable()
    reading = service.read(web.session(), web.actor(), ref, g.now, verb=EXPORT, format="pdf")
    web.let_go()
    tlp = reading.dialogue.tlp
    if what == "agenda":
        # A paper is as strict as the strictest of what it names.
        tlp = Tlp.strictest([tlp, *(row.tlp for row in reading.related.links)])
    page = render_template(
        f"dialogues/pdf_{what}.html",
        reading=reading,
        dialogue=reading.dialogue,
        related=reading.related,
        marking=tlp,
        made=pdf_files.made_on(),
    )
    return pdf_files.as_pdf(page, f"{ref}-{what}", tlp)
