"""One's own sign-ins, each of which can be ended, and one's own zone."""

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from blueprints.account.forms import ZoneForm
from portal import signins, stakeholders, web

account = Blueprint("account", __name__, url_prefix="/account")


@account.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """Show and change what concerns oneself."""
    form = ZoneForm(zone=web.actor().zone)
    if form.validate_on_submit():
        stakeholders.set_zone(web.session(), web.actor(), form.zone.data, g.now)
        flash(gettext("Your time zone is kept."))
        return redirect(url_for("account.index"))
    rows = signins.mine(web.session(), web.actor(), current_app.extensions["limits"], g.now)
    status = 422 if request.method == "POST" else 200
    return render_template("account/index.html", form=form, rows=rows), status


@account.post("/sign-ins/<int:key>/end")
def end(key: int) -> ResponseReturnValue:
    """End one of one's own sign-ins."""
    signins.end(web.session(), web.actor(), key, g.now)
    flash(gettext("That sign-in has ended."))
    return redirect(url_for("account.index"))
