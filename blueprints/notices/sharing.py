"""Earlier comments after a correction: their author lets the present readers see them."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.notices.forms import EditionForm
from blueprints.notices.views import notices
from portal import notices as service
from portal import web
from portal.language import gettext


@notices.route("/<ref>/share-comments", methods=["GET", "POST"])
def share_comments(ref: str) -> ResponseReturnValue:
    """Show the person's comments for an earlier audience, and agree to the present one."""
    session, actor, form = web.session(), web.actor(), EditionForm()
    if form.validate_on_submit():
        service.share_comments(session, actor, ref, edition=form.seen() or 0, now=g.now)
        flash(gettext("Everyone who can read this notice now sees your earlier comments."))
        return redirect(url_for("notices.read", ref=ref))
    notice, comments = service.own_for_fewer(session, actor, ref, g.now)
    form.edition.data = str(notice.edition)
    page = "notices/share_comments.html"
    return render_template(page, notice=notice, comments=comments, form=form)
