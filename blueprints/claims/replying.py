"""Pages of the right of reply: put to reply, reply, consent, back to draft."""

from datetime import timedelta

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import version_read
from blueprints.claims.forms import AskReplyForm, ReplyForm
from blueprints.claims.views import claims
from blueprints.drafting import Words, consent_page
from portal import access, web
from portal import claims as service
from portal.days import day_of
from portal.forms import creates
from portal.language import gettext
from portal.rules import ASK_REPLY, CLAIMS, REPLY
from portal.words import N_

USUAL = timedelta(days=7)
CONSENTING = Words(
    ask=N_("Agree to the marking"),
    done=N_("You agreed to the marking of this claim."),
    lead=N_(
        "The claim rests on your notice and is to go wider than the notice. Agree only if "
        "everybody whom the marking allows may read this text."
    ),
)


@claims.route("/<ref>/ask-reply", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def ask_reply(ref: str) -> ResponseReturnValue:
    """Put a draft to whoever it names, or whose notice it rests on."""
    session, actor = web.session(), web.actor()
    claim = access.authorize(session, actor, ASK_REPLY, CLAIMS, ref, g.now)
    usual = day_of(g.now + USUAL, actor.zone)
    form = AskReplyForm(by_on=usual, version=version_read(claim.version))
    late = form.is_late(claim.version)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            service.ask_reply(session, actor, ref, by_on=form.by_on.data, now=g.now)
            flash(gettext("They are notified. You can publish once they have replied."))
            return redirect(url_for("claims.read", ref=ref))
    page = render_template("claims/ask_reply.html", form=form, claim=claim, late=late)
    return page, 409 if late else 422 if form.errors else 200


@claims.route("/<ref>/reply", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
@creates
def reply(ref: str) -> ResponseReturnValue:
    """Reply for the organisation that the claim names."""
    session, actor = web.session(), web.actor()
    claim = access.authorize(session, actor, REPLY, CLAIMS, ref, g.now)
    form = ReplyForm(version=version_read(claim.version))
    late = form.is_late(claim.version)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            text, seen = form.text.data or "", claim.version
            service.reply(session, actor, ref, text=text, version=seen, now=g.now)
            flash(gettext("Your reply stands beside the claim."))
            return redirect(url_for("claims.read", ref=ref))
    page = render_template("claims/reply.html", form=form, claim=claim, late=late)
    return page, 409 if late else 422 if form.errors else 200


@claims.route("/<ref>/consent", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def consent(ref: str) -> ResponseReturnValue:
    """Agree for the author of the notice that the claim goes wider than the notice."""
    return consent_page(CLAIMS, ref, service.consent, CONSENTING)


@claims.post("/<ref>/take-back")
def take_back(ref: str) -> ResponseReturnValue:
    """Make a draft of it again."""
    service.take_back(web.session(), web.actor(), ref, g.now)
    flash(gettext("The claim is a draft again."))
    return redirect(url_for("claims.read", ref=ref))
