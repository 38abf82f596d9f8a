"""Buttons and pages while an exercise runs: started, injects released and answered, concluded."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.exercises.forms import ResponseForm
from blueprints.exercises.views import exercises
from models.exercises import Exercise
from portal import access, web
from portal import exercises as service
from portal.forms import creates
from portal.language import gettext
from portal.rules import ANSWER, EXERCISES


@exercises.post("/<ref>/start")
@web.limiter.limit(web.WRITES_EMAILS)
def start(ref: str) -> ResponseReturnValue:
    """Start the exercise: the minutes of its injects count from now."""
    service.start(web.session(), web.actor(), ref, g.now)
    flash(gettext("Exercise started. Everybody with a role is notified."))
    return redirect(url_for("exercises.read", ref=ref))


@exercises.post("/<ref>/release/<int:number>")
@web.limiter.limit(web.WRITES_EMAILS)
def release(ref: str, number: int) -> ResponseReturnValue:
    """Release an inject at once."""
    service.release(web.session(), web.actor(), ref, number, g.now)
    flash(gettext("Inject released. Whoever plays the party is notified."))
    return redirect(url_for("exercises.read", ref=ref))


@exercises.route("/<ref>/answer/<int:number>", methods=["GET", "POST"])
@creates
def answer(ref: str, number: int) -> ResponseReturnValue:
    """Answer an inject for the party that one plays."""
    session, actor = web.session(), web.actor()
    exercise: Exercise = access.authorize(session, actor, ANSWER, EXERCISES, ref, g.now)
    inject, form = service.inject_for(session, actor, ref, number, g.now), ResponseForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.answer(session, actor, ref, number, text=form.text.data or "", now=g.now)
            flash(gettext("Response sent. Your party, observers and controllers see it."))
            return redirect(url_for("exercises.read", ref=ref, _anchor=f"inject-{number}"))
    web.only_read()  # Markdown takes its time
    page = render_template(
        "exercises/answer.html", form=form, exercise=exercise, inject=inject, kinds=service.KINDS
    )
    return page, 422 if form.errors else 200


@exercises.post("/<ref>/conclude")
@web.limiter.limit(web.WRITES_EMAILS)
def conclude(ref: str) -> ResponseReturnValue:
    """End the play and open the hot wash."""
    service.conclude(web.session(), web.actor(), ref, g.now)
    flash(gettext("Exercise concluded. The hot wash is open; everybody with a role is notified."))
    return redirect(url_for("exercises.read", ref=ref))
