"""What is required before which act: the gate that says so, and the pages where it is decided."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.requirement_forms import NONE, LiftForm, RequireForm, require_form
from blueprints.training.views import training
from portal import training as service
from portal import web
from portal.catalogue import OF_NAME, Without
from portal.language import gettext


def page_of(noun: str, ref: str) -> str:
    """The page of a resource that an act is about; "" where there is none."""
    entry = OF_NAME.get(noun)
    if entry is None or isinstance(entry.endpoint, Without):
        return ""
    return url_for(entry.endpoint, ref=ref)


@training.get("/required/<noun>/<ref>")
def required(noun: str, ref: str) -> ResponseReturnValue:
    """Say which units one has to complete before acting on a resource, and lead there and back."""
    act = request.args.get("act", "")
    gate = service.gate(web.session(), web.actor(), noun, ref, g.now, act)
    return render_template(
        "training/required.html",
        gate=gate,
        acts=service.ACTS,
        noun=noun,
        ref=ref,
        back=page_of(noun, ref),
    )


@training.get("/organisations/<ref>/read-training")
def read_training(ref: str) -> ResponseReturnValue:
    """Show who of an organisation completed what, and what is required of its people."""
    return _of_organisation(ref, require_form(service.outlines(web.session(), web.actor(), g.now)))


@training.post("/organisations/<ref>/require")
def require(ref: str) -> ResponseReturnValue:
    """Require a unit of the people of an organisation before an act."""
    form = require_form(service.outlines(web.session(), web.actor(), g.now))
    if form.validate_on_submit():
        with web.attempt(form):
            unit = service.if_taught(web.session(), web.actor(), form.unit.data or "", g.now)
            act = form.act.data or ""
            service.require(web.session(), web.actor(), ref, unit=unit, act=act, now=g.now)
            flash(gettext("The unit is required from now on."))
            return redirect(url_for("training.read_training", ref=ref))
    web.only_read()
    return _of_organisation(ref, form)


@training.post("/organisations/<ref>/lift")
def lift(ref: str) -> ResponseReturnValue:
    """Require a unit no longer."""
    form = LiftForm()
    known = form.validate_on_submit()
    service.lift(web.session(), web.actor(), ref, form.key.data if known else NONE, g.now)
    if not known:
        abort(400)
    flash(gettext("The unit is no longer required."))
    return redirect(url_for("training.read_training", ref=ref))


def _of_organisation(ref: str, form: RequireForm) -> ResponseReturnValue:
    after = request.args.get("after", "")
    organisation, page = service.read_training(web.session(), web.actor(), ref, g.now, after)
    shown = render_template(
        "training/read_training.html",
        organisation=organisation,
        page=page,
        rows=service.required_of(web.session(), organisation.id),
        acts=service.ACTS,
        form=form,
    )
    return shown, 422 if form.errors else 200
