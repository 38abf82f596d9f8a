"""Who the clients of an organisation are."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import options
from blueprints.stakeholders.forms import ClientsForm
from blueprints.stakeholders.views import stakeholders
from models.offers import Offer
from portal import access, web
from portal import stakeholders as service
from portal.language import gettext
from portal.rules import ORGANISATIONS, SET_CLIENTS


@stakeholders.route("/<ref>/set-clients", methods=["GET", "POST"])
def set_clients(ref: str) -> ResponseReturnValue:
    """Say which organisations are clients of this one."""
    session, actor = web.session(), web.actor()
    organisation = access.authorize(session, actor, SET_CLIENTS, ORGANISATIONS, ref, g.now)
    asked = service.asked_clients(session, organisation.id)
    kept = service.clients_of(session, organisation.id) | asked.keys()
    offered = dict(service.known_organisations(session, actor, g.now))
    offered.pop(organisation.id, None)
    form = ClientsForm(data={"clients": sorted(kept)})
    form.clients.choices = options(offered.items())
    late = form.is_late(kept)
    if not late and form.validate_on_submit():
        unseen = kept - set(offered)
        with web.attempt(form):
            chosen = set(form.clients.data) | unseen
            service.set_clients(session, actor, ref, client_ids=chosen, now=g.now)
            flash(gettext("Clients saved. A new client is added once its administrator accepts."))
            return redirect(url_for("stakeholders.read", ref=ref))
    page = render_template(
        "stakeholders/set_clients.html",
        form=form,
        organisation=organisation,
        offers=service.offers_of(session, actor, g.now, Offer.ref.in_(asked.values())),
        late=late,
        kept=[name for key, name in offered.items() if key in kept],
    )
    return page, 409 if late else 422 if form.errors else 200
