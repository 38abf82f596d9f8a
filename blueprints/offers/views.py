"""Invitations: what one is asked to accept, and what one has sent."""

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal import stakeholders, web
from portal.forms import creates
from portal.language import gettext

offers = Blueprint("offers", __name__, url_prefix="/offers")


@offers.get("/")
def index() -> ResponseReturnValue:
    """List the invitations that wait for an answer: one's own, and those one has sent."""
    rows = stakeholders.offers_of(web.session(), web.actor(), g.now, answered=True)
    return render_template("offers/index.html", rows=rows)


@offers.get("/<ref>")
def read(ref: str) -> ResponseReturnValue:
    """Show an invitation."""
    row = stakeholders.read_offer(web.session(), web.actor(), ref, g.now)
    return render_template("offers/read.html", offer=row)


@offers.post("/<ref>/accept")
def accept(ref: str) -> ResponseReturnValue:
    """Accept an invitation."""
    stakeholders.accept_offer(web.session(), web.actor(), ref, g.now)
    flash(gettext("Invitation accepted."))
    return redirect(url_for("offers.read", ref=ref))


@offers.post("/<ref>/decline")
def decline(ref: str) -> ResponseReturnValue:
    """Decline an invitation."""
    stakeholders.decline_offer(web.session(), web.actor(), ref, g.now)
    flash(gettext("Invitation declined. Only the person who sent it is notified."))
    return redirect(url_for("offers.read", ref=ref))


@offers.post("/<ref>/invite-again")
@web.limiter.limit("20/hour")
@creates(button=True)
def invite_again(ref: str) -> ResponseReturnValue:
    """Send the e-mail of an invitation again."""
    stakeholders.invite_again(web.session(), web.actor(), ref, g.now)
    flash(gettext("Invitation sent again. The link in the earlier e-mail no longer works."))
    return redirect(url_for("offers.read", ref=ref))


@offers.post("/<ref>/revoke-invitation")
def revoke_invitation(ref: str) -> ResponseReturnValue:
    """Withdraw an invitation."""
    stakeholders.revoke_invitation(web.session(), web.actor(), ref, g.now)
    flash(gettext("Invitation withdrawn."))
    return redirect(url_for("offers.read", ref=ref))
