"""Doors of agreement: accept, decline, withdraw; consent, release, refuse, take back."""

from collections.abc import Callable
from typing import Any, Final

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import KeptForm, WhyForm, version_read
from blueprints.commitments.views import commitments
from portal import access, web
from portal import commitments as service
from portal.forms import creates
from portal.language import gettext
from portal.rules import (
    ACCEPT,
    ASK_RELEASE,
    COMMITMENTS,
    CONSENT,
    DECLINE,
    REFUSE,
    RELEASE,
    TAKE_BACK,
    WITHDRAW,
)
from portal.words import N_

# For each verb: what the page says, what the button says, what is said once it is done.
ASKED: dict[str, tuple[Callable[..., None], str, str, str]] = {
    ACCEPT: (
        service.accept,
        N_("Accept this commitment?"),
        N_(
            "You accept it for your organisation. It is in force at once, or as soon as its "
            "conditions are met."
        ),
        N_("Commitment accepted."),
    ),
    CONSENT: (
        service.consent,
        N_("Agree to the amendment?"),
        N_("The new terms hold from the moment you agree. The earlier terms stay in the history."),
        N_("Amendment agreed. The new terms hold."),
    ),
    RELEASE: (
        service.release,
        N_("Agree to release the commitment?"),
        N_("The commitment ends at once, and nothing more is owed."),
        N_("Commitment released."),
    ),
    REFUSE: (
        service.refuse,
        N_("Refuse the request?"),
        N_("Nothing changes. The other party is notified."),
        N_("Request refused. Nothing changes."),
    ),
    TAKE_BACK: (
        service.take_back,
        N_("Withdraw your request?"),
        N_("Nothing changes. The other party is notified."),
        N_("Request withdrawn."),
    ),
}  # fmt: skip
# After these the same can be requested again, from the terms of today (`like`, the request's key).
ENDS_REQUEST: Final = (REFUSE, TAKE_BACK)
WHY: dict[str, tuple[Callable[..., None], str, str, str]] = {
    DECLINE: (
        service.decline,
        N_("Decline proposal"),
        N_("Everyone who can read the commitment reads your reason."),
        N_("Proposal declined."),
    ),
    WITHDRAW: (
        service.withdraw,
        N_("Withdraw commitment"),
        N_("A proposal that is withdrawn binds nobody."),
        N_("Commitment withdrawn."),
    ),
    ASK_RELEASE: (
        service.ask_release,
        N_("Request release"),
        N_("The commitment holds until the other party agrees. Its readers then see your reason."),
        N_("Release requested. The other party is notified."),
    ),
}


def _asked(verb: str, ref: str) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    act, question, meaning, done = ASKED[verb]
    resource = access.authorize(session, actor, verb, COMMITMENTS, ref, g.now)
    form = KeptForm(version=version_read(resource.version))
    late = form.is_late(resource.version)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            act(session, actor, ref, g.now)
            flash(gettext(done))
            like = request.args.get("like", type=int)
            if like is not None and verb in ENDS_REQUEST:
                return redirect(url_for("commitments.amend", ref=ref, like=like))
            return redirect(url_for("commitments.read", ref=ref))
        resource = access.authorize(session, actor, verb, COMMITMENTS, ref, g.now)
    # What was reported meanwhile can make an amendment one that nobody can agree to any more.
    stuck = service.open_request(session, resource) if verb == CONSENT and form.errors else None
    words = {"question": question, "meaning": meaning, "stuck": stuck}
    page = render_template(
        "commitments/ask.html", commitment=resource, form=form, late=late, **words
    )
    return page, 409 if late else 422 if form.errors else 200


def _with_reason(verb: str, ref: str) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    act, heading, meaning, done = WHY[verb]
    resource = access.authorize(session, actor, verb, COMMITMENTS, ref, g.now)
    form = WhyForm(version=version_read(resource.version))
    late = form.is_late(resource.version)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            act(session, actor, ref, why=form.why.data or "", now=g.now)
            flash(gettext(done))
            return redirect(url_for("commitments.read", ref=ref))
    words = {"heading": heading, "meaning": meaning}
    page = render_template(
        "commitments/why.html", commitment=resource, form=form, late=late, **words
    )
    return page, 409 if late else 422 if form.errors else 200


def _endpoint(verb: str, view: Callable[[str, str], ResponseReturnValue]) -> Any:
    def endpoint(ref: str) -> ResponseReturnValue:
        return view(verb, ref)

    endpoint.__doc__ = f"Ask once more, then {verb.replace('-', ' ')}."
    once = creates(endpoint) if verb == ASK_RELEASE else endpoint
    return web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])(once)


for name, asks in ((ASKED, _asked), (WHY, _with_reason)):
    for word in name:
        endpoint = word.replace("-", "_")
        commitments.add_url_rule(
            f"/<ref>/{word}", endpoint, _endpoint(word, asks), methods=["GET", "POST"]
        )
