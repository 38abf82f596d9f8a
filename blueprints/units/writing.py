"""Pages on which stewards write a unit: drafted, edited, corrected; with a preview before."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.units.forms import CorrectForm, UnitForm, typed_from
from blueprints.units.views import units
from models.units import TrainingUnit
from portal import access, web
from portal import units as service
from portal.curriculum import EXAMPLE
from portal.forms import creates
from portal.language import gettext
from portal.rules import CORRECT, DRAFT_UNIT, EDIT, OFFICE, UNITS


@units.route("/new", methods=["GET", "POST"])
@creates
def draft_unit() -> ResponseReturnValue:
    """Begin a unit, from an empty page or from the example."""
    session, actor = web.session(), web.actor()
    access.authorize(session, actor, DRAFT_UNIT, OFFICE, service.OFFICE_REF, g.now)
    begun = typed_from(EXAMPLE, 0) if "example" in request.args else {}
    form = UnitForm(data=begun)
    if form.is_submitted() and not form.faulty() and not form.looks():
        with web.attempt(form):
            unit = service.draft_unit(session, actor, form.text(), g.now)
            flash(gettext("Draft saved. Only stewards can see it."))
            return redirect(url_for("units.read", ref=unit.ref))
    return _form_page(form)


@units.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a draft."""
    session, actor = web.session(), web.actor()
    unit = access.authorize(session, actor, EDIT, UNITS, ref, g.now)
    form = UnitForm(data=typed_from(service.text_of(unit), unit.version))
    if _to_save(form, unit):
        with web.attempt(form):
            text = form.text()
            service.edit(session, actor, ref, text=text, version=unit.version, now=g.now)
            flash(gettext("Draft saved. Only stewards can see it."))
            return redirect(url_for("units.read", ref=ref))
    return _form_page(form, unit)


@units.route("/<ref>/correct", methods=["GET", "POST"])
def correct(ref: str) -> ResponseReturnValue:
    """Publish a new version of a unit."""
    session, actor = web.session(), web.actor()
    unit = access.authorize(session, actor, CORRECT, UNITS, ref, g.now)
    form = CorrectForm(data=typed_from(service.text_of(unit), unit.version))
    if _to_save(form, unit):
        with web.attempt(form):
            service.correct(
                session,
                actor,
                ref,
                text=form.text(),
                why=form.why.data or "",
                ends=form.ends(),
                version=unit.version,
                now=g.now,
            )
            flash(gettext("The new version is published."))
            return redirect(url_for("units.read", ref=ref))
    return _form_page(form, unit)


def _to_save(form: UnitForm, unit: TrainingUnit) -> bool:
    # Whether what was sent is whole, and is not to be looked at first. Where somebody saved
    # meanwhile it is not: sending again is then a decision made knowing their words.
    if not form.is_submitted():
        return False
    form.theirs = form.typed_version() != unit.version
    if form.theirs:
        form.version.data = str(unit.version)
    return not form.faulty() and not form.theirs and not form.looks()


def _form_page(form: UnitForm, unit: TrainingUnit | None = None) -> ResponseReturnValue:
    web.only_read()
    looked = form.is_submitted() and form.looks()
    day, number = g.now.date(), unit.edition if unit else 0
    page = render_template(
        "units/form.html",
        form=form,
        unit=unit,
        their_text=service.text_of(unit) if unit and form.theirs else None,
        # Only a text without faults can be shown as what it will be.
        preview=form.text().unit("", day, number) if looked and not form.text().faults() else None,
    )
    if form.theirs:
        return page, 409
    return page, 422 if form.errors else 200
