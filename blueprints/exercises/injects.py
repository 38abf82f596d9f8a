"""Pages on which injects are written, changed and removed."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import AskForm
from blueprints.choices import options
from blueprints.exercises.forms import InjectForm
from blueprints.exercises.views import exercises
from blueprints.meanwhile import fields_saved_meanwhile
from models.exercises import Exercise
from portal import access, web
from portal import exercises as service
from portal.forms import creates
from portal.language import gettext
from portal.rules import EXERCISES
from portal.rules.verbs import PLAN


@exercises.route("/<ref>/plan", methods=["GET", "POST"])
@creates
def plan(ref: str) -> ResponseReturnValue:
    """Add an inject."""
    session, actor = web.session(), web.actor()
    exercise: Exercise = access.authorize(session, actor, PLAN, EXERCISES, ref, g.now)
    form = InjectForm()
    _offer(form, exercise)
    if form.validate_on_submit():
        with web.attempt(form):
            service.plan(session, actor, ref, text=form.text(), now=g.now)
            flash(gettext("Inject added."))
            return redirect(url_for("exercises.read", ref=ref, _anchor="injects"))
    return _page(form, exercise, 0)


def _offer(form: InjectForm, exercise: Exercise) -> None:
    parties = service.parties_of(web.session(), exercise)
    form.parties.choices = options((party.id, party.name) for party in parties)


def _page(form: InjectForm, exercise: Exercise, number: int, **more: Any) -> ResponseReturnValue:
    theirs = more.get("theirs")
    page = render_template(
        "exercises/inject.html", form=form, exercise=exercise, number=number, theirs=theirs
    )
    return page, 409 if theirs is not None else 422 if form.errors else 200


@exercises.route("/<ref>/plan/<int:number>", methods=["GET", "POST"])
def change_inject(ref: str, number: int) -> ResponseReturnValue:
    """Change an inject that is not released."""
    session, actor = web.session(), web.actor()
    exercise: Exercise = access.authorize(session, actor, PLAN, EXERCISES, ref, g.now)
    inject = service.inject_to_change(session, actor, ref, number, g.now)
    text, version = service.inject_text(session, inject), inject.version
    form = InjectForm(data={**text.__dict__, "parties": sorted(text.parties), "version": version})
    _offer(form, exercise)
    if form.validate_on_submit():
        if form.typed_version() != version:
            theirs = fields_saved_meanwhile(form, version)
            return _page(form, exercise, number, theirs=theirs)
        with web.attempt(form):
            typed: Any = {"text": form.text(), "number": number, "version": version}
            service.plan(session, actor, ref, **typed, now=g.now)
            flash(gettext("Changes saved."))
            return redirect(url_for("exercises.read", ref=ref, _anchor="injects"))
    return _page(form, exercise, number)


@exercises.route("/<ref>/plan/<int:number>/remove", methods=["GET", "POST"])
def remove_inject(ref: str, number: int) -> ResponseReturnValue:
    """Remove an inject that is not released, after a last look."""
    session, actor = web.session(), web.actor()
    exercise: Exercise = access.authorize(session, actor, PLAN, EXERCISES, ref, g.now)
    inject = service.inject_to_change(session, actor, ref, number, g.now)
    if AskForm().validate_on_submit():
        service.remove_inject(session, actor, ref, number, g.now)
        flash(gettext("Inject removed."))
        return redirect(url_for("exercises.read", ref=ref, _anchor="injects"))
    return render_template("exercises/remove_inject.html", exercise=exercise, inject=inject)
