"""Pages of alternates: those that concern one, one of them, and the two ways to name one."""

from typing import Final

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.alternates.forms import AcceptForm, AppointForm, DaysForm, DeclareForm
from blueprints.choices import options
from models.contacts import PURPOSES
from portal import alternates as service
from portal import web
from portal.errors import Refused
from portal.forms import creates
from portal.language import gettext
from portal.recipients import homes
from portal.rules import APPOINT_ALTERNATE, DECLARE_ALTERNATE

# In words, what the pages say an alternate is for.
SCOPES: Final = {"purposes": PURPOSES, "roles": service.ROLES}
alternates = Blueprint("alternates", __name__, url_prefix="/alternates")


@alternates.get("/")
def index() -> ResponseReturnValue:
    """List who acts for oneself, for whom one acts, and what one looks after."""
    rows = service.mine(web.session(), web.actor(), g.now)
    appoints = bool(homes(web.session(), web.actor(), APPOINT_ALTERNATE, g.now))
    return render_template("alternates/index.html", rows=rows, appoints=appoints, **SCOPES)


@alternates.route("/new", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def declare_alternate() -> ResponseReturnValue:
    """Name a colleague who acts for oneself, and ask them."""
    session, actor, form = web.session(), web.actor(), DeclareForm()
    found = _offer(form, DECLARE_ALTERNATE, actor.person_id)
    form.person_id.choices = options(service.colleagues(found, actor))
    if form.validate_on_submit():
        with web.attempt(form):
            made = service.declare_alternate(
                session, actor, form.organisation.data, form.chosen(), g.now
            )
            return _asked(made.ref)
    return _page("alternates/new.html", form)


@alternates.route("/appoint/new", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def appoint_alternate() -> ResponseReturnValue:
    """Name somebody who acts for another, as an administrator of their organisation."""
    session, actor, form = web.session(), web.actor(), AppointForm()
    form.for_id.choices = options(_offer(form, APPOINT_ALTERNATE).people)
    if form.validate_on_submit():
        with web.attempt(form):
            made = service.appoint_alternate(
                session,
                actor,
                form.organisation.data,
                form.chosen(),
                for_id=form.for_id.data,
                now=g.now,
            )
            return _asked(made.ref)
    return _page("alternates/appoint.html", form)


def _offer(form: DaysForm, verb: str, for_id: int | None = None) -> service.Around:
    # Whoever names one for somebody else chooses the person and the role together.
    session, actor = web.session(), web.actor()
    found = service.around(session, actor, verb, g.now)
    if not found.homes:
        raise Refused(verb)
    people = [key for key, _name in found.people] if for_id is None else [for_id]
    roles = {role for person, role in found.roles if person in people}
    processes = service.readable_processes(session, actor, g.now)
    form.offer(found.homes, found.people, roles, processes)
    if request.method == "GET":
        form.begin(actor.zone, g.now)
    return found


def _asked(ref: str) -> ResponseReturnValue:
    flash(gettext("Alternate named. It counts once they accept."))
    return redirect(url_for("alternates.read", ref=ref))


def _page(template: str, form: DaysForm) -> ResponseReturnValue:
    web.only_read()
    return render_template(template, form=form), 422 if form.errors else 200


@alternates.get("/<ref>")
@web.records
def read(ref: str) -> ResponseReturnValue:
    """Show one: who, for whom, for what, on which days, and the buttons of the reader."""
    row = service.read(web.session(), web.actor(), ref, g.now)
    return render_template("alternates/read.html", row=row, form=AcceptForm(), **SCOPES)


@alternates.post("/<ref>/accept")
@web.limiter.limit(web.WRITES_EMAILS)
def accept(ref: str) -> ResponseReturnValue:
    """Agree to act for somebody."""
    nights = bool(AcceptForm().nights.data)
    service.accept(web.session(), web.actor(), ref, nights=nights, now=g.now)
    flash(gettext("Accepted. You act for them on these days."))
    return redirect(url_for("alternates.read", ref=ref))


@alternates.post("/<ref>/decline")
@web.limiter.limit(web.WRITES_EMAILS)
def decline(ref: str) -> ResponseReturnValue:
    """Decline to act for somebody."""
    service.decline(web.session(), web.actor(), ref, g.now)
    flash(gettext("Declined. The person who asked is notified."))
    return redirect(url_for("alternates.read", ref=ref))


@alternates.post("/<ref>/end")
@web.limiter.limit(web.WRITES_EMAILS)
def end(ref: str) -> ResponseReturnValue:
    """End it at once."""
    service.end(web.session(), web.actor(), ref, g.now)
    flash(gettext("Ended. Nobody acts for anybody by it from now on."))
    return redirect(url_for("alternates.read", ref=ref))
