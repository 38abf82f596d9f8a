"""The directory of organisations, and what stewards and admins do there."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import sent_key
from blueprints.stakeholders.forms import (
    AskForm,
    EditForm,
    InviteForm,
    OrganisationForm,
)
from models.contacts import PURPOSES, VERIFIED
from models.offers import Offer, Tie
from models.stakeholders import Organisation, OrganisationKind, Role
from models.vocabulary import SECTORS
from portal import access, web
from portal import stakeholders as service
from portal.contacts import of_organisation, on_duty
from portal.forms import creates
from portal.language import gettext
from portal.norms import PLEDGES
from portal.rules import (
    ADMIT,
    EDIT,
    INVITE,
    LEAVE,
    OFFICE,
    ORGANISATIONS,
    READ_TIES,
    RESIGN,
    SUSPEND,
)
from portal.sole_charge import SoleCharge, in_sole_charge

stakeholders = Blueprint("stakeholders", __name__, url_prefix="/stakeholders")


@stakeholders.route("/new", methods=["GET", "POST"])
@creates
def admit() -> ResponseReturnValue:
    """Admit an organisation."""
    access.authorize(web.session(), web.actor(), ADMIT, OFFICE, service.OFFICE_REF, g.now)
    form = OrganisationForm()
    if form.validate_on_submit():
        new = service.NewOrganisation(
            name=form.name.data,
            look_alike=form.look_alike.data,
            kind=OrganisationKind(form.kind.data),
            country=form.country.data,
            zone=form.zone.data,
            sectors=tuple(form.sectors.data),
        )
        with web.attempt(form):
            organisation = service.admit(web.session(), web.actor(), new, g.now)
            flash(gettext("Organisation admitted. Now invite its first person."))
            return redirect(url_for("stakeholders.read", ref=organisation.ref))
    status = 422 if form.errors else 200
    return render_template("stakeholders/new.html", form=form), status


@stakeholders.get("/<ref>")
def read(ref: str) -> ResponseReturnValue:
    """Show an organisation with the people one may know of."""
    return _page(ref, InviteForm(), 200)


def _enter(verb: str, ref: str) -> Organisation:
    found: Organisation = access.authorize(
        web.session(), web.actor(), verb, ORGANISATIONS, ref, g.now
    )
    return found


def _page(ref: str, form: InviteForm, status: int) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    organisation, verbs = service.read_organisation(session, actor, ref, g.now)
    contacts = of_organisation(session, actor, organisation.id, g.now)
    page = render_template(
        "stakeholders/read.html",
        organisation=organisation,
        people=service.people_of(session, actor, organisation.id, g.now),
        verbs=verbs,
        offers=service.offers_of(
            session,
            actor,
            g.now,
            Offer.organisation_id == organisation.id,
            Offer.tie == Tie.MEMBER,
            answered=True,
        ),
        contacts=contacts,
        supported=service.pledges_of(session, organisation.id),
        pledges=PLEDGES,
        on_duty=on_duty(contacts, g.now),
        purposes=PURPOSES,
        ways=VERIFIED,
        form=form,
    )
    return page, status


@stakeholders.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Say anew where the organisation is and what it does."""
    organisation = _enter(EDIT, ref)
    form = EditForm(obj=organisation)
    kept = organisation.country, organisation.zone, organisation.sectors
    late = form.is_late(*kept, organisation.reviews_contacts)
    if not late and form.validate_on_submit():
        service.edit_organisation(
            web.session(),
            web.actor(),
            ref,
            country=form.country.data,
            zone=form.zone.data,
            sectors=tuple(form.sectors.data),
            reviews_contacts=form.reviews_contacts.data,
            now=g.now,
        )
        flash(gettext("Changes saved."))
        return redirect(url_for("stakeholders.read", ref=ref))
    page = render_template(
        "stakeholders/edit.html", form=form, organisation=organisation, late=late, known=SECTORS
    )
    return page, 409 if late else 422 if form.errors else 200


@stakeholders.post("/<ref>/invite")
@web.limiter.limit("60/hour")
@creates
def invite(ref: str) -> ResponseReturnValue:
    """Invite a person into the organisation."""
    organisation = _enter(INVITE, ref)
    form = InviteForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.invite(
                web.session(),
                web.actor(),
                ref,
                name=form.name.data,
                email=form.email.data.strip(),
                role=Role(form.role.data),
                zone=organisation.zone,
                now=g.now,
            )
            flash(gettext("Invitation sent. Nothing changes until it is accepted."))
            return redirect(url_for("stakeholders.read", ref=ref))
    return _page(ref, form, 422)


@contextmanager
def or_warn() -> Iterator[None]:
    """Show above the next page what the service finds wrong with a button."""
    form: Any = AskForm()
    with web.attempt(form):
        yield
    for message in form.form_errors:
        flash(message, "warning")


@stakeholders.route("/<ref>/resign", methods=["GET", "POST"])
def resign(ref: str) -> ResponseReturnValue:
    """End one's own roles in the organisation, after a last look."""
    organisation = _enter(RESIGN, ref)
    return _ask(
        organisation,
        service.resign,
        gettext("End your roles in %(name)s?"),
        gettext("You lose its rights at once. Only a new invitation restores them."),
        gettext("End my roles"),
        oneself=True,
    )


@stakeholders.get("/<ref>/read-ties")
def read_ties(ref: str) -> ResponseReturnValue:
    """Show what the organisation is invited to, whose client it is, and in which groups it is."""
    session, actor = web.session(), web.actor()
    organisation = _enter(READ_TIES, ref)
    return render_template(
        "stakeholders/read_ties.html",
        organisation=organisation,
        verbs=access.verbs(session, actor, ORGANISATIONS, organisation.id, g.now),
        offers=service.offers_to_me(
            session, actor, g.now, Offer.to_organisation_id == organisation.id
        ),
        ties=service.read_ties(session, actor, organisation.id, g.now),
    )


@stakeholders.post("/<ref>/leave-provider")
def leave_provider(ref: str) -> ResponseReturnValue:
    """End that the organisation is a client of another one."""
    with or_warn():
        service.leave_provider(
            web.session(), web.actor(), ref, provider_id=sent_key("provider"), now=g.now
        )
        flash(gettext("The organisation is no longer a client there."))
    return redirect(url_for("stakeholders.read_ties", ref=ref))


@stakeholders.post("/<ref>/leave-group")
def leave_group_organisation(ref: str) -> ResponseReturnValue:
    """Take the organisation out of a sharing group."""
    with or_warn():
        service.leave_group_organisation(
            web.session(), web.actor(), ref, group_id=sent_key("group"), now=g.now
        )
        flash(gettext("The organisation has left the group."))
    return redirect(url_for("stakeholders.read_ties", ref=ref))


@stakeholders.route("/<ref>/suspend", methods=["GET", "POST"])
def suspend(ref: str) -> ResponseReturnValue:
    """Suspend the organisation, after a last look."""
    return _ask(
        _enter(SUSPEND, ref),
        service.suspend_organisation,
        gettext("Suspend %(name)s?"),
        gettext("Its members lose its rights at once. You can reinstate it."),
        gettext("Suspend"),
    )


@stakeholders.route("/<ref>/leave", methods=["GET", "POST"])
def leave(ref: str) -> ResponseReturnValue:
    """Take the organisation out of the portal, after a last look."""
    return _ask(
        _enter(LEAVE, ref),
        service.leave_organisation,
        gettext("Remove %(name)s from the portal?"),
        gettext("Its members lose its rights at once. Its audit trail stays."),
        gettext("Leave"),
    )


def _ask(
    organisation: Organisation,
    act: Any,
    question: str,
    meaning: str,
    button: str,
    *,
    oneself: bool = False,
) -> ResponseReturnValue:
    if AskForm().validate_on_submit():
        act(web.session(), web.actor(), organisation.ref, g.now)
        flash(gettext("Changes saved."))
        return redirect(url_for("stakeholders.index"))
    back = url_for("stakeholders.read", ref=organisation.ref)
    alone: list[SoleCharge] = []
    if oneself:
        alone = in_sole_charge(web.session(), web.actor(), g.now, organisation_id=organisation.id)
    return render_template(
        "stakeholders/ask.html",
        question=question % {"name": organisation.name},
        meaning=meaning,
        button=button,
        back=back,
        alone=alone,
    )


@stakeholders.post("/<ref>/reinstate")
def reinstate(ref: str) -> ResponseReturnValue:
    """Let the organisation back in."""
    service.reinstate_organisation(web.session(), web.actor(), ref, g.now)
    flash(gettext("Organisation reinstated."))
    return redirect(url_for("stakeholders.read", ref=ref))
