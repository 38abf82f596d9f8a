"""Units of training that are required of everybody in the portal."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.requirement_forms import NONE, LiftForm, require_form
from blueprints.steward.views import steward
from portal import access, training, web
from portal.language import gettext
from portal.rules import OFFICE, REQUIRE_EVERYWHERE
from portal.training.requirements import OFFICE_REF


@steward.route("/require-everywhere", methods=["GET", "POST"])
def require_everywhere() -> ResponseReturnValue:
    """Show what is required of everybody, and require more."""
    session, actor = web.session(), web.actor()
    access.authorize(session, actor, REQUIRE_EVERYWHERE, OFFICE, OFFICE_REF, g.now)
    form = require_form(training.outlines(session, actor, g.now))
    if form.validate_on_submit():
        with web.attempt(form):
            unit = training.if_taught(session, actor, form.unit.data or "", g.now)
            act = form.act.data or ""
            training.require_everywhere(session, actor, unit=unit, act=act, now=g.now)
            flash(gettext("The unit is required from now on."))
            return redirect(url_for("steward.require_everywhere"))
    web.only_read()
    page = render_template(
        "steward/require_everywhere.html",
        rows=training.required_of(web.session(), None),
        acts=training.ACTS,
        form=form,
    )
    return page, 422 if form.errors else 200


@steward.post("/lift-requirement")
def lift_requirement() -> ResponseReturnValue:
    """Require a unit of everybody no longer."""
    form = LiftForm()
    known = form.validate_on_submit()
    training.lift_everywhere(web.session(), web.actor(), form.key.data if known else NONE, g.now)
    if not known:
        abort(400)
    flash(gettext("The unit is no longer required."))
    return redirect(url_for("steward.require_everywhere"))
