"""Pages of liveness checks: begun by hand, answered by one button, exercises removed."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.contacts.forms import AskForm, CheckForm
from blueprints.contacts.views import contacts
from blueprints.on_behalf import whoever_acts
from models.contacts import ContactPoint
from portal import access, web
from portal import contacts as service
from portal.errors import NotFound
from portal.forms import creates
from portal.language import gettext
from portal.rules import CHECK, CONTACTS, REMOVE_EXERCISES


@contacts.route("/<ref>/check", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def check(ref: str) -> ResponseReturnValue:
    """Ask by e-mail whether it answers, in earnest or as an exercise."""
    session, actor = web.session(), web.actor()
    contact: ContactPoint = access.authorize(session, actor, CHECK, CONTACTS, ref, g.now)
    form = CheckForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.check(session, actor, ref, exercise=form.exercise.data, now=g.now)
            flash(gettext("The contact point is asked by e-mail."))
            return redirect(url_for("contacts.read", ref=ref))
    page = render_template("contacts/check.html", contact=contact, form=form)
    return page, 422 if form.errors else 200


@contacts.post("/<ref>/answer")
def answer(ref: str) -> ResponseReturnValue:
    """Answer a check that waits, for oneself or as an alternate of whoever is away."""
    service.answer(web.session(), whoever_acts(), ref, g.now)
    flash(gettext("Answered. Thank you."))
    return redirect(url_for("contacts.read", ref=ref))


@contacts.route("/answer/<key>", methods=["GET", "POST"])
@web.limiter.limit("30/minute")
def answer_by_key(key: str) -> ResponseReturnValue:
    """Show what the link of an e-mail asks; its one button answers."""
    session = web.session()
    try:
        contact, asked = service.asked_with(session, key, g.now)
        if AskForm().validate_on_submit():
            service.answer_by_key(session, key, g.now)
            return render_template("contacts/answered.html", exercise=asked.exercise)
    except NotFound:
        web.start_over()
        return render_template("contacts/expired.html"), 404
    return render_template("contacts/answer.html", contact=contact, asked=asked, key=key)


@contacts.route("/<ref>/remove-exercises", methods=["GET", "POST"])
def remove_exercises(ref: str) -> ResponseReturnValue:
    """Delete all exercises of the organisation, after a last look."""
    session, actor = web.session(), web.actor()
    contact = access.authorize(session, actor, REMOVE_EXERCISES, CONTACTS, ref, g.now)
    if AskForm().validate_on_submit():
        service.remove_exercises(session, actor, ref, g.now)
        flash(gettext("Exercises removed. The audit trail keeps that they took place."))
        return redirect(url_for("contacts.read", ref=ref))
    return render_template("contacts/remove_exercises.html", contact=contact)
