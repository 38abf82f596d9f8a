"""Consent to a wider marking: asked of the author of the notice, given, or taken back to draft."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import refuse_unread
from blueprints.drafting import Words, consent_page
from blueprints.harm.views import harm
from portal import access, web
from portal import harm as service
from portal.language import gettext
from portal.rules import ASK_CONSENT, HARM
from portal.words import N_

CONSENTING = Words(
    ask=N_("Agree to the marking"),
    done=N_("You agreed to the marking of this row."),
    lead=N_(
        "The row of harm is about your notice and is to go wider than the notice. Agree only if "
        "everybody whom the marking allows may read this text."
    ),
)


@harm.post("/<ref>/ask-consent")
@web.limiter.limit(web.WRITES_EMAILS)
def ask_consent(ref: str) -> ResponseReturnValue:
    """Put a draft to the author of its notice."""
    session, actor = web.session(), web.actor()
    draft = access.authorize(session, actor, ASK_CONSENT, HARM, ref, g.now)
    refuse_unread(draft.version, ASK_CONSENT)
    service.ask_consent(session, actor, ref, g.now)
    flash(gettext("They are notified. You can publish once they have agreed."))
    return redirect(url_for("harm.read", ref=ref))


@harm.route("/<ref>/consent", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def consent(ref: str) -> ResponseReturnValue:
    """Agree for the author of the notice that the row goes wider than the notice."""
    return consent_page(HARM, ref, service.consent, CONSENTING)


@harm.post("/<ref>/take-back")
def take_back(ref: str) -> ResponseReturnValue:
    """Make a draft of it again."""
    service.take_back(web.session(), web.actor(), ref, g.now)
    flash(gettext("The row is a draft again."))
    return redirect(url_for("harm.read", ref=ref))
