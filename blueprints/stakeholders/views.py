"""The directory, and what stewards and admins do there."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from blueprints.stakeholders.forms import AskForm, InviteForm, OrganisationForm
from models.stakeholders import Organisation, OrganisationKind, Role
from portal import access, web
from portal import stakeholders as desk
from portal.rules import ADMIT, INVITE, OFFICE, ORGANISATIONS, READ

stakeholders = Blueprint("stakeholders", __name__, url_prefix="/stakeholders")


@stakeholders.get("/")
def index() -> ResponseReturnValue:
    """List the organisations that the person may know of."""
    words = request.args.get("words", "")[:100]
    rows = web.session().execute(desk.directory(web.actor(), g.now, words)).all()
    return render_template("stakeholders/index.html", rows=rows, words=words)


@stakeholders.route("/new", methods=["GET", "POST"])
def admit() -> ResponseReturnValue:
    """Admit an organisation."""
    access.enter(web.session(), web.actor(), ADMIT, OFFICE, desk.OFFICE_REF, g.now)
    form = OrganisationForm()
    if form.validate_on_submit():
        new = desk.NewOrganisation(
            name=form.name.data.strip(),
            kind=OrganisationKind(form.kind.data),
            country=form.country.data,
            zone=form.zone.data,
        )
        with web.attempt(form):
            organisation = desk.admit(web.session(), web.actor(), new, g.now)
            flash(gettext("Admitted. Now invite its first person."))
            return redirect(url_for("stakeholders.read", ref=organisation.ref))
    status = 422 if form.errors else 200
    return render_template("stakeholders/new.html", form=form), status


@stakeholders.get("/<ref>")
def read(ref: str) -> ResponseReturnValue:
    """Show an organisation with the people one may know of."""
    organisation: Organisation = access.enter(
        web.session(), web.actor(), READ, ORGANISATIONS, ref, g.now
    )
    return _page(organisation, InviteForm(), 200)


def _page(organisation: Organisation, form: InviteForm, status: int) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    page = render_template(
        "stakeholders/read.html",
        organisation=organisation,
        people=session.execute(desk.people_of(actor, organisation.id, g.now)).all(),
        verbs=access.verbs(session, actor, ORGANISATIONS, organisation.id, g.now),
        form=form,
        ask=AskForm(),
    )
    return page, status


@stakeholders.post("/<ref>/invite")
def invite(ref: str) -> ResponseReturnValue:
    """Invite a person into the organisation."""
    organisation = access.enter(web.session(), web.actor(), INVITE, ORGANISATIONS, ref, g.now)
    form = InviteForm()
    if form.validate_on_submit():
        with web.attempt(form):
            desk.invite(
                web.session(),
                web.actor(),
                ref,
                name=form.name.data.strip(),
                email=form.email.data.strip(),
                role=Role(form.role.data),
                zone=organisation.zone,
                now=g.now,
            )
            flash(gettext("Invited by letter."))
            return redirect(url_for("stakeholders.read", ref=ref))
    return _page(organisation, form, 422)


@stakeholders.post("/<ref>/end-membership")
def end_membership(ref: str) -> ResponseReturnValue:
    """End a membership at once."""
    key = request.form.get("membership", "")
    form: Any = AskForm()
    with web.attempt(form):
        desk.end_membership(
            web.session(),
            web.actor(),
            ref,
            membership_id=int(key) if key.isascii() and key.isdigit() else 0,
            now=g.now,
        )
        flash(gettext("That membership has ended; its rights ended with it."))
    return redirect(url_for("stakeholders.read", ref=ref))


@stakeholders.post("/<ref>/suspend")
def suspend(ref: str) -> ResponseReturnValue:
    """Suspend the organisation."""
    desk.suspend_organisation(web.session(), web.actor(), ref, g.now)
    flash(gettext("Suspended. Its members have lost what they had through it."))
    return redirect(url_for("stakeholders.read", ref=ref))


@stakeholders.post("/<ref>/reinstate")
def reinstate(ref: str) -> ResponseReturnValue:
    """Let the organisation back in."""
    desk.reinstate_organisation(web.session(), web.actor(), ref, g.now)
    flash(gettext("It is active again."))
    return redirect(url_for("stakeholders.read", ref=ref))
