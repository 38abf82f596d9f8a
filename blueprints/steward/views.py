"""How the system is, what happened in it, which e-mails are stuck, who is in it."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.steward.forms import filled
from portal import access, stakeholders, web
from portal import administration as service
from portal.errors import Invalid
from portal.language import gettext, ngettext
from portal.rules import ADMIT, OFFICE

steward = Blueprint("steward", __name__, url_prefix="/steward")


@steward.get("/")
def read() -> ResponseReturnValue:
    """Show how the system is."""
    session, actor = web.session(), web.actor()
    health = service.read(session, actor, g.now)
    verbs = access.verbs(session, actor, OFFICE, health.office_id, g.now)
    return render_template("steward/read.html", health=health, verbs=verbs)


@steward.get("/read-trail")
def read_trail() -> ResponseReturnValue:
    """Show envelopes of what happened, newest first."""
    asked = {name: request.args.get(name, "")[:100] for name in ("person", "verb", "ref")}
    page = service.read_trail(
        web.session(),
        web.actor(),
        g.now,
        service.TrailFilter(**asked),
        request.args.get("before", ""),
    )
    return render_template("steward/read_trail.html", page=page, asked=asked)


@steward.get("/read-emails")
def read_emails() -> ResponseReturnValue:
    """Show the e-mails that could not be delivered yet, or at all."""
    found = service.read_emails(web.session(), web.actor(), g.now)
    return render_template("steward/read_emails.html", found=found)


@steward.post("/retry-all")
def retry_all() -> ResponseReturnValue:
    """Send all undeliverable e-mails again."""
    many = service.retry_all(web.session(), web.actor(), g.now)
    flash(
        ngettext(
            "%(num)s e-mail will be sent again within a minute.",
            "%(num)s e-mails will be sent again within a minute.",
            many,
        )
    )
    return redirect(url_for("steward.read_emails"))


@steward.post("/retry-email/<int:key>")
def retry_email(key: int) -> ResponseReturnValue:
    """Send an undeliverable e-mail again."""
    try:
        service.retry_email(web.session(), web.actor(), key, g.now)
        flash(gettext("The e-mail will be sent again within a minute."))
    except Invalid as refused:
        web.start_over()
        flash(gettext(next(iter(refused.problems.values()))), "warning")
    return redirect(url_for("steward.read_emails"))


@steward.route("/announce", methods=["GET", "POST"])
def announce() -> ResponseReturnValue:
    """Show what is announced on every page, and change it."""
    present = service.announced(web.session(), web.actor(), g.now)
    form = filled(present)
    late = form.is_late(present.text, *map(str, (present.from_at, present.until_at)))
    if not late and form.validate_on_submit():
        with web.attempt(form):
            service.announce(web.session(), web.actor(), form.said(), g.now)
        if not form.errors:
            text = form.said().text.strip()
            flash(gettext("The banner is saved.") if text else gettext("The banner is removed."))
            return redirect(url_for("steward.announce"))
    status = 409 if late else 422 if form.errors else 200
    return render_template("steward/announce.html", form=form, present=present, late=late), status


@steward.get("/people")
def people() -> ResponseReturnValue:
    """Find a person by name or address."""
    session, actor = web.session(), web.actor()
    access.authorize(session, actor, ADMIT, OFFICE, stakeholders.OFFICE_REF, g.now)
    words = request.args.get("words", "")[:100]
    rows = stakeholders.everybody(session, actor, g.now, words)
    return render_template("steward/people.html", rows=rows, words=words)
