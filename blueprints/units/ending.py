"""Pages by which a unit is published, withdrawn or erased, each after a last look."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.units.forms import AskForm, PublishForm, WithdrawForm
from blueprints.units.views import units
from portal import access, training, web
from portal import units as service
from portal.language import gettext
from portal.rules import ERASE, PUBLISH, UNITS, WITHDRAW


@units.route("/<ref>/publish", methods=["GET", "POST"])
def publish(ref: str) -> ResponseReturnValue:
    """Offer a draft to everybody, after a look at what they will read."""
    session, actor = web.session(), web.actor()
    unit = access.authorize(session, actor, PUBLISH, UNITS, ref, g.now)
    form = PublishForm(data={"version": unit.version})
    if form.validate_on_submit() and form.typed_version() == unit.version:
        with web.attempt(form):
            service.publish(session, actor, ref, version=unit.version, now=g.now)
            flash(gettext("Published. Everyone who is signed in can complete it."))
            return redirect(url_for("units.read", ref=ref))
    web.only_read()
    changed = form.is_submitted() and form.typed_version() != unit.version
    form.version.data = str(unit.version)
    reading = service.read(session, actor, ref, g.now)
    page = render_template("units/publish.html", reading=reading, form=form, changed=changed)
    return page, 409 if changed else 422 if form.errors else 200


@units.route("/<ref>/withdraw", methods=["GET", "POST"])
def withdraw(ref: str) -> ResponseReturnValue:
    """Offer a unit no longer; where it is required this says so first."""
    session, actor = web.session(), web.actor()
    unit = access.authorize(session, actor, WITHDRAW, UNITS, ref, g.now)
    form = WithdrawForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.withdraw(session, actor, ref, lift=form.lift.data, now=g.now)
            flash(gettext("Withdrawn. Whoever completed the unit keeps their certificate."))
            return redirect(url_for("units.read", ref=ref))
    web.only_read()
    page = render_template(
        "units/withdraw.html",
        unit=unit,
        form=form,
        required=service.required_before(web.session(), ref),
        acts=training.ACTS,
    )
    return page, 422 if form.errors else 200


@units.route("/<ref>/erase", methods=["GET", "POST"])
def erase(ref: str) -> ResponseReturnValue:
    """Erase a draft, after a last look."""
    unit = access.authorize(web.session(), web.actor(), ERASE, UNITS, ref, g.now)
    if AskForm().validate_on_submit():
        service.erase(web.session(), web.actor(), ref, g.now)
        flash(gettext("The draft is erased."))
        return redirect(url_for("units.index"))
    return render_template("units/erase.html", unit=unit)
