"""What those do who wait for a commitment, or mediate: remind, comment."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.commitments.forms import CommentForm
from blueprints.commitments.views import commitments
from models.commitments import Commitment
from portal import access, web
from portal import commitments as service
from portal.errors import Invalid
from portal.forms import creates
from portal.language import gettext
from portal.rules import COMMENT, COMMITMENTS


@commitments.post("/<ref>/remind")
@web.limiter.limit(web.WRITES_EMAILS)
def remind(ref: str) -> ResponseReturnValue:
    """Remind those whose move it is."""
    try:
        service.remind(web.session(), web.actor(), ref, g.now)
    except Invalid as refused:
        web.start_over()
        flash(gettext(next(iter(refused.problems.values()))), "warning")
    else:
        flash(gettext("Reminder sent."))
    if request.form.get("back") == "overview":
        return redirect(url_for("overview.index"))
    return redirect(url_for("commitments.read", ref=ref))


@commitments.route("/<ref>/comment", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def comment(ref: str) -> ResponseReturnValue:
    """Comment for all who read it now."""
    session, actor = web.session(), web.actor()
    resource: Commitment = access.authorize(session, actor, COMMENT, COMMITMENTS, ref, g.now)
    form = CommentForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.comment(session, actor, ref, text=form.text.data or "", now=g.now)
            flash(gettext("Comment saved."))
            return redirect(url_for("commitments.read", ref=ref, _anchor="comments"))
    page = render_template("commitments/comment.html", commitment=resource, form=form)
    return page, 422 if form.errors else 200
