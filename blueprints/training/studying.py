"""A unit as it is read: a page a section, then the questions; works without scripts."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.training.forms import QuestionsForm, SectionForm, form_for
from blueprints.training.views import training
from portal import training as service
from portal import web
from portal.curriculum import Unit
from portal.language import gettext
from portal.parsing import whole
from portal.rules import COMPLETE, STUDY
from portal.training import Reading


def _under_way(ref: str, verb: str) -> tuple[Reading, Unit]:
    reading = service.read(web.session(), web.actor(), ref, g.now, verb)
    if reading.unit is None:  # it is no longer offered
        abort(404)
    return reading, reading.unit


@training.route("/<ref>/study", methods=["GET", "POST"])
def study(ref: str) -> ResponseReturnValue:
    """Show a section of the unit; a POST keeps that it was read, and leads to what follows."""
    reading, unit = _under_way(ref, STUDY)
    form = SectionForm()
    if form.validate_on_submit():
        section = min(form.section.data, len(unit.sections))
        service.study(web.session(), web.actor(), ref, section, g.now)
        if section == len(unit.sections):
            return redirect(url_for("training.complete", ref=ref))
        return redirect(url_for("training.study", ref=ref, section=section + 1))
    web.only_read()
    asked = whole(request.args.get("section")) or reading.next_section
    number = max(1, min(asked, len(unit.sections)))
    return render_template(
        "training/study.html",
        reading=reading,
        unit=unit,
        number=number,
        section=unit.sections[number - 1],
    )


@training.route("/<ref>/complete", methods=["GET", "POST"])
def complete(ref: str) -> ResponseReturnValue:
    """Answer the questions; a wrong answer is explained on the page, and kept nowhere."""
    reading, unit = _under_way(ref, COMPLETE)
    form = form_for(unit)
    if form.is_submitted() and (form.edition.data or "0") != str(unit.number):
        # What was chosen are answers to other questions.
        form = form_for(unit, afresh=True)
        return _questions(reading, unit, form, changed=True)
    if form.validate_on_submit():
        answers = form.answers(unit.questions)
        with web.attempt(form):
            service.complete(web.session(), web.actor(), ref, unit=unit, answers=answers, now=g.now)
            flash(gettext("All answers are correct. The unit is completed."))
            return redirect(url_for("training.read", ref=ref))
    return _questions(reading, unit, form, changed=False)


def _questions(
    reading: Reading, unit: Unit, form: QuestionsForm, *, changed: bool
) -> ResponseReturnValue:
    web.only_read()
    page = render_template(
        "training/complete.html", reading=reading, unit=unit, form=form, changed=changed
    )
    return page, 409 if changed else 422 if form.errors else 200
