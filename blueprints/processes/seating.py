"""The page on which seats are given and taken away."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.processes.forms import SeatForm
from blueprints.processes.views import processes
from models.processes import Process
from portal import access, web
from portal import processes as service
from portal.forms import creates
from portal.language import gettext
from portal.recipients import UNREAD
from portal.rules import PROCESSES, READ, SEAT


@processes.route("/<ref>/seat", methods=["GET", "POST"])
@creates
def seat(ref: str) -> ResponseReturnValue:
    """Say who sits in a process."""
    session, actor = web.session(), web.actor()
    process: Process = access.authorize(session, actor, SEAT, PROCESSES, ref, g.now)
    seats, late = service.seats_of(session, process), False
    form = SeatForm(
        data={name: sorted(keys) for name, keys in seats.__dict__.items()}
        | {"version": process.version}
    )
    offered = service.offers(session, actor, process, g.now)
    form.offer(offered)
    if form.validate_on_submit():
        late = form.typed_version() != process.version
        if not late:
            with web.attempt(form):
                version = form.typed_version()
                service.seat(session, actor, ref, **form.chosen(), version=version, now=g.now)
                return _after(process)
        form.version.data = str(process.version)
    seated = {
        name: [label for key, label in entries if key in getattr(seats, name)]
        for name, entries in offered.items()
        if name != UNREAD
    }
    page = render_template(
        "processes/seat.html", form=form, process=process, late=late, seated=seated
    )
    return page, 409 if late else 422 if form.errors else 200


def _after(process: Process) -> ResponseReturnValue:
    # Somebody may have taken the own seat away: then there is nothing to go back to.
    if access.may(web.session(), web.actor(), READ, PROCESSES, process.id, g.now):
        flash(gettext("Members saved."))
        return redirect(url_for("processes.read", ref=process.ref))
    flash(gettext("Members saved. You are no longer a member."))
    return redirect(url_for("processes.index"))
