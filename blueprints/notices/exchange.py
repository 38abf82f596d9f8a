"""Pages for exchange: a draft from a MISP event or a STIX bundle, and a notice as STIX."""

import base64
import binascii
import zlib

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from blueprints.notices.forms import ImportForm
from blueprints.notices.views import notices
from portal import exchange, web
from portal.addressing import homes
from portal.errors import Invalid
from portal.rules import POST_NOTICE
from portal.words import N_

LARGEST = 4_000_001
SHOWN = 50


@notices.route("/import", methods=["GET", "POST"])
def take() -> ResponseReturnValue:
    """Show what a file would give, and make the draft once that is agreed."""
    session, actor = web.session(), web.actor()
    own = homes(session, actor, POST_NOTICE, g.now)
    if not own:
        return render_template("notices/none.html"), 403
    form, found = ImportForm(), None
    form.offer(own)
    if form.validate_on_submit():
        with web.attempt(form):
            data = _unpacked(form.carried.data) if form.carried.data else form.read_file()
            if "keep" in request.form:
                notice = exchange.take(session, actor, form.organisation.data, data, g.now)
                flash(gettext("The draft is made. Read it, then choose who may see it."))
                return redirect(url_for("notices.read", ref=notice.ref))
            found = exchange.read_any(data, g.now)
            form.carried.data = _packed(exchange.lean(data))
    if form.errors:
        form.carried.data = ""
    page = render_template("notices/import.html", form=form, found=found, shown=SHOWN)
    return page, 422 if form.errors else 200


def _packed(data: bytes) -> str:
    # Nothing is stored before the writer agrees: the file travels with the page.
    return base64.b64encode(zlib.compress(data, 9)).decode()


def _unpacked(text: str) -> bytes:
    try:
        return zlib.decompressobj().decompress(base64.b64decode(text, validate=True), LARGEST)
    except (binascii.Error, zlib.error, ValueError) as bad:
        raise Invalid({"file": N_("The file was damaged on its way; choose it again.")}) from bad


@notices.get("/<ref>/export")
@web.records
def export(ref: str) -> ResponseReturnValue:
    """Give the notice as a STIX 2.1 bundle."""
    bundle = exchange.stix_of(web.session(), web.actor(), ref, g.now)
    answer = Response(bundle, mimetype="application/stix+json")
    answer.mimetype_params["version"] = "2.1"
    answer.headers.set("Content-Disposition", "attachment", filename=f"{ref}.stix.json")
    return answer
