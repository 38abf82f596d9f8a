"""Pages for exchange: a draft from a MISP event or a STIX bundle, and a notice as STIX."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.carried_files import packed, unpacked
from blueprints.notices.forms import ImportForm
from blueprints.notices.views import notices
from blueprints.pdf_files import misp_file, stem, stix_file
from models.vocabulary import Tlp
from portal import exchange, web
from portal.error_handlers import no_right
from portal.forms import creates
from portal.language import gettext
from portal.recipients import homes
from portal.rules import POST_NOTICE

LARGEST = 4_000_000
SHOWN = 50


@notices.route("/import", methods=["GET", "POST"])
@creates
def take() -> ResponseReturnValue:
    """Show what a file would give, and make the draft once that is agreed."""
    web.only_read()
    own = homes(web.session(), web.actor(), POST_NOTICE, g.now)
    if not own:
        return no_right("notices/none.html")
    form, found = ImportForm(), None
    form.offer(own)
    if request.method == "POST":
        valid = form.validate()
        web.let_go()  # a file is read outside any transaction, however long that takes
        with web.attempt(form):
            found = _read(form)
            if valid and "keep" in request.form:
                ready = exchange.settled(found, form.tlp.data)
                web.write_on()
                notice = exchange.take(
                    web.session(), web.actor(), form.organisation.data, ready, g.now
                )
                flash(gettext("Draft created. Check it, then choose its recipients."))
                return redirect(url_for("notices.read", ref=notice.ref))
    web.only_read()
    page = render_template("notices/import.html", form=form, found=found, shown=SHOWN)
    return page, 422 if form.errors else 200


def _read(form: ImportForm) -> exchange.Found:
    """Read the file of a form and pack it for its way back; raises Invalid."""
    carried, form.carried.data = form.carried.data, ""
    top = exchange.parse(unpacked(carried, LARGEST) if carried else form.read_file())
    found = exchange.read(top, g.now, form.part.data or "")
    form.offer_what_the_file_leaves_open(found)
    form.carried.data = packed(exchange.slim(top))
    return found


@notices.get("/<ref>/export")
@web.records
def export(ref: str) -> ResponseReturnValue:
    """Give the notice as a STIX 2.1 bundle."""
    outgoing = exchange.export(web.session(), web.actor(), ref, g.now)
    web.let_go()  # the bundle is made while nobody waits for the database
    return stix_file(exchange.stix_of(outgoing), stem(ref, outgoing.notice.tlp))


@notices.get("/<ref>/export/together")
@web.records
def export_together(ref: str) -> ResponseReturnValue:
    """Give the notice as STIX 2.1, with the claims and harm on it that this person may export."""
    outgoing, said = exchange.export_together(web.session(), web.actor(), ref, g.now, "stix")
    web.let_go()
    stricter = Tlp.strictest([outgoing.notice.tlp], said.strictest)
    return stix_file(exchange.stix_of_notice(outgoing, said), stem(ref, stricter))


@notices.get("/<ref>/export/misp")
@web.records
def export_misp(ref: str) -> ResponseReturnValue:
    """Give the same as a MISP event, without what is TLP:RED."""
    outgoing, said = exchange.export_together(web.session(), web.actor(), ref, g.now, "misp")
    web.let_go()
    stricter = Tlp.strictest([outgoing.notice.tlp], said.strictest)
    return misp_file(exchange.misp_of_notice(outgoing, said), stem(ref, stricter))
