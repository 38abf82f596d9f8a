"""The directory of organisations, and what stewards and admins do there."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from blueprints.choices import options
from blueprints.stakeholders.forms import (
    AskForm,
    ClientsForm,
    DescribeForm,
    InviteForm,
    OrganisationForm,
)
from models.stakeholders import Organisation, OrganisationKind, Role
from portal import access, web
from portal import stakeholders as desk
from portal.forms import creates
from portal.rules import (
    ADMIT,
    EDIT,
    INVITE,
    LEAVE,
    OFFICE,
    ORGANISATIONS,
    READ,
    SET_CLIENTS,
    SUSPEND,
)

stakeholders = Blueprint("stakeholders", __name__, url_prefix="/stakeholders")


@stakeholders.get("/")
def index() -> ResponseReturnValue:
    """List the organisations that the person may know of."""
    words = request.args.get("words", "")[:100]
    rows = web.session().execute(desk.directory(web.actor(), g.now, words)).all()
    return render_template("stakeholders/index.html", rows=rows, words=words)


@stakeholders.route("/new", methods=["GET", "POST"])
@creates
def admit() -> ResponseReturnValue:
    """Admit an organisation."""
    access.enter(web.session(), web.actor(), ADMIT, OFFICE, desk.OFFICE_REF, g.now)
    form = OrganisationForm()
    if form.validate_on_submit():
        new = desk.NewOrganisation(
            name=form.name.data,
            look_alike=form.look_alike.data,
            kind=OrganisationKind(form.kind.data),
            country=form.country.data,
            zone=form.zone.data,
            sectors=tuple(form.sectors.data),
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
    return _page(_enter(READ, ref), InviteForm(), 200)


def _enter(verb: str, ref: str) -> Organisation:
    found: Organisation = access.enter(web.session(), web.actor(), verb, ORGANISATIONS, ref, g.now)
    return found


def _page(organisation: Organisation, form: InviteForm, status: int) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    page = render_template(
        "stakeholders/read.html",
        organisation=organisation,
        people=session.execute(desk.people_of(actor, organisation.id, g.now)).all(),
        verbs=access.verbs(session, actor, ORGANISATIONS, organisation.id, g.now),
        form=form,
    )
    return page, status


@stakeholders.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Say anew where the organisation is and what it does."""
    organisation = _enter(EDIT, ref)
    form = DescribeForm(obj=organisation)
    if form.validate_on_submit():
        desk.describe(
            web.session(),
            web.actor(),
            ref,
            country=form.country.data,
            zone=form.zone.data,
            sectors=tuple(form.sectors.data),
            now=g.now,
        )
        flash(gettext("Your changes are kept."))
        return redirect(url_for("stakeholders.read", ref=ref))
    page = render_template("stakeholders/edit.html", form=form, organisation=organisation)
    return page, 422 if form.errors else 200


@stakeholders.route("/<ref>/clients", methods=["GET", "POST"])
def set_clients(ref: str) -> ResponseReturnValue:
    """Say which organisations are clients of this one."""
    session, actor = web.session(), web.actor()
    organisation = _enter(SET_CLIENTS, ref)
    kept = desk.clients_of(session, organisation.id)
    offered = dict(desk.addressable(session, actor, g.now)["organisations"])
    offered.pop(organisation.id, None)
    form = ClientsForm(data={"clients": sorted(kept)})
    form.clients.choices = options(offered.items())
    if form.validate_on_submit():
        unseen = kept - set(offered)
        with web.attempt(form):
            chosen = set(form.clients.data) | unseen
            desk.set_clients(session, actor, ref, client_ids=chosen, now=g.now)
            flash(gettext("The clients are kept."))
            return redirect(url_for("stakeholders.read", ref=ref))
    page = render_template("stakeholders/clients.html", form=form, organisation=organisation)
    return page, 422 if form.errors else 200


@stakeholders.post("/<ref>/invite")
@web.limiter.limit("60/hour")
@creates
def invite(ref: str) -> ResponseReturnValue:
    """Invite a person into the organisation."""
    organisation = _enter(INVITE, ref)
    form = InviteForm()
    if form.validate_on_submit():
        with web.attempt(form):
            desk.invite(
                web.session(),
                web.actor(),
                ref,
                name=form.name.data,
                email=form.email.data.strip(),
                role=Role(form.role.data),
                zone=organisation.zone,
                now=g.now,
            )
            flash(gettext("Invited by letter."))
            return redirect(url_for("stakeholders.read", ref=ref))
        organisation = _enter(INVITE, ref)
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
            membership_id=int(key) if key.isascii() and key.isdigit() and len(key) < 10 else 0,
            now=g.now,
        )
        flash(gettext("That membership has ended; its rights ended with it."))
        return redirect(url_for("stakeholders.read", ref=ref))
    flash(gettext("That is not a membership of this organisation."), "warning")
    return redirect(url_for("stakeholders.read", ref=ref))


@stakeholders.route("/<ref>/suspend", methods=["GET", "POST"])
def suspend(ref: str) -> ResponseReturnValue:
    """Suspend the organisation, after a last look."""
    return _ask(
        _enter(SUSPEND, ref),
        desk.suspend_organisation,
        gettext("Suspend %(name)s?"),
        gettext("Its members lose at once what they have through it. You can reinstate it."),
        gettext("Suspend"),
    )


@stakeholders.route("/<ref>/leave", methods=["GET", "POST"])
def leave(ref: str) -> ResponseReturnValue:
    """Take the organisation out of the portal, after a last look."""
    return _ask(
        _enter(LEAVE, ref),
        desk.leave_organisation,
        gettext("Take %(name)s out of the portal?"),
        gettext("Its members lose at once what they have through it. Its trail stays."),
        gettext("Leave"),
    )


def _ask(
    organisation: Organisation, act: Any, question: str, meaning: str, button: str
) -> ResponseReturnValue:
    if AskForm().validate_on_submit():
        act(web.session(), web.actor(), organisation.ref, g.now)
        flash(gettext("Done."))
        return redirect(url_for("stakeholders.index"))
    back = url_for("stakeholders.read", ref=organisation.ref)
    return render_template(
        "stakeholders/ask.html",
        question=question % {"name": organisation.name},
        meaning=meaning,
        button=button,
        back=back,
    )


@stakeholders.post("/<ref>/reinstate")
def reinstate(ref: str) -> ResponseReturnValue:
    """Let the organisation back in."""
    desk.reinstate_organisation(web.session(), web.actor(), ref, g.now)
    flash(gettext("It is active again."))
    return redirect(url_for("stakeholders.read", ref=ref))
