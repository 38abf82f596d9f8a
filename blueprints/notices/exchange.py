"""Pages for exchange: a draft from a MISP event or a STIX bundle, and a notice as STIX."""

import base64
import binascii
import zlib

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.notices.forms import ImportForm
from blueprints.notices.views import notices
from portal import exchange, web
from portal.errors import Invalid
from portal.forms import creates
from portal.language import gettext
from portal.recipients import homes
from portal.rules import POST_NOTICE
from portal.words import N_

LARGEST = 4_000_001
SHOWN = 50


@notices.route("/import", methods=["GET", "POST"])
@creates
def take() -> ResponseReturnValue:
    """Show what a file would give, and make the draft once that is agreed."""
    web.only_read()
    own = homes(web.session(), web.actor(), POST_NOTICE, g.now)
    if not own:
        return render_template("notices/none.html"), 403
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
    top = exchange.parse(_unpacked(carried) if carried else form.read_file())
    found = exchange.read(top, g.now, form.part.data or "")
    form.offer_what_the_file_leaves_open(found)
    form.carried.data = _packed(exchange.slim(top))
    return found


def _packed(data: bytes) -> str:
    # Nothing is stored before the writer agrees: the file travels with the page.
    return base64.b64encode(zlib.compress(data, 6)).decode()


def _unpacked(text: str) -> bytes:
    try:
        return zlib.decompressobj().decompress(base64.b64decode(text, validate=True), LARGEST)
    except (binascii.Error, zlib.error, ValueError) as bad:
        raise Invalid({"file": N_("The file was damaged in transit. Choose it again.")}) from bad


@notices.get("/<ref>/export")
@web.records
def export(ref: str) -> ResponseReturnValue:
    """Give the notice as a STIX 2.1 bundle."""
    outgoing = exchange.export(web.session(), web.actor(), ref, g.now)
    web.let_go()  # the bundle is made while nobody waits for the database
    answer = Response(exchange.stix_of(outgoing), mimetype="application/stix+json")
    answer.mimetype_params["version"] = "2.1"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{ref}.stix.json")
    return answer
