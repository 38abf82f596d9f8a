"""Pledges that an organisation declares to support, and no longer supports."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.stakeholders.forms import EndSupportForm, SupportForm
from blueprints.stakeholders.views import stakeholders
from portal import access, web
from portal import stakeholders as service
from portal.language import gettext
from portal.norms import PLEDGES
from portal.rules import DECLARE_SUPPORT, ORGANISATIONS


@stakeholders.route("/<ref>/declare-support", methods=["GET", "POST"])
def declare_support(ref: str) -> ResponseReturnValue:
    """Declare for the organisation that it supports a pledge, since when, and where that stands."""
    session, actor = web.session(), web.actor()
    organisation = access.authorize(session, actor, DECLARE_SUPPORT, ORGANISATIONS, ref, g.now)
    form = SupportForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.declare_support(
                session,
                actor,
                ref,
                framework=form.framework.data or "",
                since=form.since.data or "",
                evidence=form.evidence.data or "",
                now=g.now,
            )
            flash(gettext("The support is declared."))
            return redirect(url_for("stakeholders.read", ref=ref, _anchor="pledges"))
    page = render_template(
        "stakeholders/declare_support.html",
        form=form,
        organisation=organisation,
        pledges=PLEDGES,
    )
    return page, 422 if form.errors else 200


@stakeholders.post("/<ref>/end-support")
def end_support(ref: str) -> ResponseReturnValue:
    """Declare that the organisation supports a pledge no longer."""
    form = EndSupportForm()
    sent = form.framework.data if form.validate_on_submit() else ""
    service.end_support(web.session(), web.actor(), ref, framework=sent or "", now=g.now)
    if not sent:
        abort(400)
    flash(gettext("The support is ended."))
    return redirect(url_for("stakeholders.read", ref=ref, _anchor="pledges"))
