"""Ties of a notice to norms: made and taken off."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.norm_links import annotate_page, link_norm_page, take_off
from blueprints.notices.views import notices
from portal import coverage, web
from portal.forms import creates
from portal.language import gettext
from portal.rules import NOTICES


@notices.route("/<ref>/link-norm", methods=["GET", "POST"])
@creates
def link_norm(ref: str) -> ResponseReturnValue:
    """Say which norm the notice is relevant to, and why."""
    return link_norm_page(NOTICES, ref)


@notices.post("/<ref>/unlink-norm")
def unlink_norm(ref: str) -> ResponseReturnValue:
    """Take the tie to a norm off the notice."""
    return take_off(NOTICES, ref)


@notices.route("/<ref>/annotate", methods=["GET", "POST"])
@creates
def annotate(ref: str) -> ResponseReturnValue:
    """Say as a mediator which norm the notice is relevant to, beside what its author says."""
    return annotate_page(ref)


@notices.post("/<ref>/unannotate")
def unannotate(ref: str) -> ResponseReturnValue:
    """Remove a link that one's mediation body made."""
    norm = request.form.get("norm", "")
    coverage.unannotate(web.session(), web.actor(), ref, norm=norm, now=g.now)
    flash(gettext("The link is removed."))
    return redirect(url_for("notices.read", ref=ref))
