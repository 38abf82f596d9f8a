"""The page on which an organisation's own number of a record is kept."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.stakeholders.forms import TicketForm
from blueprints.stakeholders.views import stakeholders
from portal import stakeholders as service
from portal import tickets, web
from portal.catalogue import OF_NAME
from portal.language import gettext
from portal.parsing import reference


@stakeholders.route("/<ref>/set-ticket", methods=["GET", "POST"])
def set_ticket(ref: str) -> ResponseReturnValue:
    """Keep the number under which the organisation has a record (`of`) in its own system."""
    session, actor = web.session(), web.actor()
    of = reference(request.args.get("of"))
    kept = tickets.ticket_of(session, actor, ref, of, g.now)
    form = TicketForm()
    record = url_for(str(OF_NAME[tickets.TICKETED[of[:1]].name].endpoint), ref=of)
    late = form.is_late(kept)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            number = form.number.data or ""
            service.set_ticket(session, actor, ref, of=of, number=number, now=g.now)
            flash(gettext("Saved."))
            return redirect(record)
    elif request.method == "GET":
        form.number.data = kept
    homes = tickets.homes_of_tickets(session, actor, g.now)
    page = render_template(
        "stakeholders/set_ticket.html",
        form=form,
        of=of,
        record=record,
        home=dict(homes).get(ref, ""),
        others=[(key, name) for key, name in homes if key != ref],
        late=late,
        kept=kept,
    )
    return page, 409 if late else 422 if form.errors else 200
