"""Pages on which a contact point is written: new and edit, with a look at who will see it."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import LOOK, options
from blueprints.contacts.forms import ContactForm, day_names, hours_said, typed_from
from blueprints.contacts.views import contacts
from blueprints.meanwhile import fields_saved_meanwhile
from models.contacts import ContactPoint
from portal import access, web
from portal import contacts as service
from portal.comparing import Change
from portal.error_handlers import no_right
from portal.forms import creates
from portal.language import gettext
from portal.recipients import choices, homes, list_of
from portal.rules import ADD_CONTACT, CONTACTS, EDIT, PUBLISH


@contacts.route("/new", methods=["GET", "POST"])
@creates
def add_contact() -> ResponseReturnValue:
    """Write a contact point; a look at who will see it comes before anything is saved."""
    session, actor = web.session(), web.actor()
    own, preview = homes(session, actor, ADD_CONTACT, g.now), None
    if not own:
        return no_right("contacts/none.html")
    form = ContactForm()
    _offer(form, own, 0)
    if request.method == "GET":
        form.zone.data = actor.zone
    if form.validate_on_submit():
        typed: Any = {"text": form.text(), "to": form.recipient_list(), "now": g.now}
        with web.attempt(form):
            if LOOK in request.form:
                preview = service.who_will_see(session, actor, form.organisation.data, **typed)
            else:
                made = service.add_contact(session, actor, form.organisation.data, **typed)
                flash(gettext("Draft saved. Only your organisation can see it."))
                return _saved(made.ref)
    return _page(form, preview, None)


@contacts.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a contact point."""
    session, actor = web.session(), web.actor()
    contact: ContactPoint = access.authorize(session, actor, EDIT, CONTACTS, ref, g.now)
    to, preview, theirs = list_of(session, contact), None, None
    data = typed_from(service.text_of(contact), to) | {"version": contact.version}
    form = ContactForm(data=data)
    _offer(form, [("", "")], contact.organisation_id)
    form.organisation.data = ""
    if form.validate_on_submit():
        typed: Any = {"text": form.text(), "to": form.recipient_list(to), "now": g.now}
        if form.typed_version() != contact.version:
            theirs = fields_saved_meanwhile(form, contact.version, {"hours": hours_said})
        else:
            with web.attempt(form):
                typed["version"] = form.typed_version()
                if LOOK in request.form:
                    preview = service.who_would_see(session, actor, ref, **typed)
                else:
                    service.edit(session, actor, ref, **typed)
                    flash(gettext("Changes saved."))
                    return _saved(ref)
    return _page(form, preview, contact, unseen=form.unseen(to), theirs=theirs)


def _saved(ref: str) -> ResponseReturnValue:
    return redirect(
        url_for("contacts.publish" if PUBLISH in request.form else "contacts.read", ref=ref)
    )


def _offer(form: ContactForm, own: list[tuple[Any, str]], home_id: int) -> None:
    session, actor = web.session(), web.actor()
    form.offer({**choices(session, actor, g.now), "organisation": own})
    people = service.possible_holders(session, actor, g.now, home_id)
    form.person_id.choices = options([(0, gettext("Nobody: a position")), *people])


def _page(
    form: ContactForm,
    preview: Any,
    contact: ContactPoint | None,
    *,
    unseen: int = 0,
    theirs: list[Change] | None = None,
) -> ResponseReturnValue:
    web.only_read()
    page = render_template(
        "contacts/form.html",
        form=form,
        homes=len(form.organisation.choices),
        preview=preview,
        contact=contact,
        unseen=unseen,
        unfit=form.unfit(),
        theirs=theirs,
        days=day_names(),
    )
    return page, 409 if theirs is not None else 422 if form.errors else 200
