"""Links of notices to a process, made and removed by its mediating team."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.processes.forms import LinkForm
from blueprints.processes.views import processes
from models.processes import Process
from portal import access, search, web
from portal import processes as service
from portal.forms import creates
from portal.language import gettext
from portal.rules import LINK, PROCESSES


@processes.route("/<ref>/link", methods=["GET", "POST"])
@creates
def link(ref: str) -> ResponseReturnValue:
    """Link a notice that the person may read to the process."""
    session, actor = web.session(), web.actor()
    process: Process = access.authorize(session, actor, LINK, PROCESSES, ref, g.now)
    form = LinkForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.link(
                session,
                actor,
                ref,
                notice=search.reference_of(session, actor, "notices", form.notice.data, g.now),
                now=g.now,
            )
            flash(gettext("Notice linked. Everyone who can read both sees it on the timeline."))
            return redirect(url_for("processes.read", ref=ref))
        process = access.authorize(session, actor, LINK, PROCESSES, ref, g.now)
    page = render_template("processes/link.html", form=form, process=process)
    return page, 422 if form.errors else 200


@processes.post("/<ref>/unlink")
def unlink(ref: str) -> ResponseReturnValue:
    """Remove the link of a notice to the process."""
    notice = request.form.get("notice", "")
    service.unlink(web.session(), web.actor(), ref, notice=notice, now=g.now)
    flash(gettext("The link is removed."))
    return redirect(url_for("processes.read", ref=ref))
