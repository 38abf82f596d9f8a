"""Sign-in by redirect to a provider, sign-out on both sides, invitations."""

from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user
from sqlalchemy.exc import SQLAlchemyError

from portal import oidc, presence, signins, web
from portal.errors import Invalid, Refused, TooLate
from portal.language import gettext
from portal.rules import OFFERS, TAKE_ROLE
from portal.words import N_

auth = Blueprint("auth", __name__, url_prefix="/auth")
LONGEST_NEXT = 1000  # the cookie that holds it has 4 kB
AGAIN_AFTER = 10  # seconds


NOBODY = "nobody who may come in is bound to this identity"
ANSWERED = N_("This invitation has already been answered or withdrawn.")
NOT_OPEN = "the invitation is not open, or the identity belongs to somebody"


def safe_next(path: str) -> str:
    """A path of this portal, or the first page: never another host, scheme or hidden control."""
    parts = urlsplit(path) if path.isprintable() and "\\" not in path else None
    local = parts is not None and not parts.scheme and not parts.netloc
    if len(path) > LONGEST_NEXT or not local or not path.startswith("/") or path.startswith("//"):
        return "/"
    return path


def client_of(name: str) -> oidc.Client:
    """The client of the provider of that name; 404 where there is none."""
    client: oidc.Client | None = current_app.extensions["oidc"].get(name)
    if client is None:
        abort(404)
    return client


@auth.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Offer the providers."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next", "/")))
    g.banner = _banner()
    return render_template(
        "auth/sign_in.html",
        providers=list(current_app.extensions["providers"].values()),
        next=safe_next(request.args.get("next", "/")),
    )


def _banner() -> str:
    try:
        return presence.banner(web.session(), g.now)
    except SQLAlchemyError:  # the page is drawn though the database is away
        return ""


@auth.post("/<name>/begin")
@web.limiter.limit("30/minute")
def begin(name: str) -> ResponseReturnValue:
    """Send the browser to a provider; state, nonce and PKCE verifier stay in its session."""
    client = client_of(name)
    session["next"] = safe_next(request.form.get("next", "/"))
    try:
        return _leave(client.begin(session, _callback(name), g.now))
    except (oidc.Unreachable, oidc.Untrue) as fault:
        return _unreachable(client, fault)


def _leave(to: str) -> ResponseReturnValue:
    """Send the browser to a page of a provider, after a form of ours.

    The policy of our page names the issuers' origins, and browsers hold a form's redirects against
    it. A page elsewhere is reached from a page of ours instead, which follows no form.
    """
    parts = urlsplit(to)
    if f"{parts.scheme}://{parts.netloc}" in current_app.extensions["provider_origins"]:
        return redirect(to)
    page = render_template("auth/leaving.html", to=to, host=parts.netloc)
    return Response(page, headers={"Refresh": f"0; url={to}"})


def _unreachable(client: oidc.Client, fault: Exception) -> Response:
    """Say that the provider does not answer; what was begun can be tried again from this page."""
    current_app.logger.error("sign-in provider %s: %s", client.provider.name, str(fault))
    page = render_template(
        "auth/unreachable.html",
        provider=client.provider,
        next=session.get("next", "/"),
        again=request.full_path if request.method == "GET" else None,
    )
    return Response(page, 503, {"Retry-After": str(AGAIN_AFTER)})


def _callback(name: str) -> str:
    return f"{current_app.config['SETTINGS'].base_url}{url_for('auth.callback', name=name)}"


@auth.get("/<name>/callback")
@web.limiter.limit("30/minute")
@web.writes
def callback(name: str) -> ResponseReturnValue:
    """Take the provider's answer, and begin the sign-in it proves."""
    client = client_of(name)
    try:  # the session is begun after it: nothing is held while the network is used
        proof = client.prove(session, request.args, _callback(name), g.now)
    except oidc.Unreachable as fault:
        return _unreachable(client, fault)
    except (oidc.Doubt, oidc.Untrue) as doubt:
        return _refused(name, 400, "proof", str(doubt))
    invitation, goal = session.pop("invitation", None), session.pop("next", "/")
    writes = web.session()
    try:
        if invitation:
            waiting = signins.accept(writes, invitation, proof, g.now)
            if waiting:
                goal = url_for("training.required", noun=OFFERS.name, ref=waiting, act=TAKE_ROLE)
        agent, limits = request.headers.get("User-Agent", ""), current_app.extensions["limits"]
        key = signins.begin(writes, proof, agent, limits, g.now)
    except Invalid as refused:
        return _refused(name, 400, gettext(next(iter(refused.problems.values()))), NOT_OPEN)
    except TooLate:
        return _refused(name, 409, gettext(ANSWERED), NOT_OPEN)
    except Refused:
        return _refused(name, 403, "unknown", NOBODY)
    session.clear()  # a new session at each sign-in: what was planted before is worth nothing
    here = presence.who_is_here(writes, key, limits, g.now)
    if here is None:
        abort(403)
    login_user(web.SignedIn(key, here))
    return redirect(safe_next(goal))


def _refused(name: str, status: int, reason: str, why: str) -> ResponseReturnValue:
    current_app.logger.warning("sign-in by provider %s refused: %s", name, why)
    web.note_refused_sign_in(name, why)
    return make_response(render_template("auth/refused.html", reason=reason), status)


@auth.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this sign-in here, then at the provider (OpenID Connect RP-Initiated Logout 1.0)."""
    actor = web.actor()
    row = signins.end(web.session(), actor, actor.signin_id or 0, g.now)
    logout_user()
    session.clear()
    g.pop("here")
    web.let_go()  # it is over here, whatever the provider does
    home = f"{current_app.config['SETTINGS'].base_url}/"
    client = current_app.extensions["oidc"].get(row.provider)
    try:
        there = client.sign_out(row.id_token, home, g.now) if client else None
    except (oidc.Unreachable, oidc.Untrue) as fault:
        current_app.logger.error("sign-in provider %s: %s", row.provider, str(fault))
        there = None
        flash(
            gettext(
                "You are signed out here. Your sign-in provider does not respond: sign out "
                "there as well."
            )
        )
    return _leave(there) if there else redirect(url_for("auth.sign_in"))


@auth.post("/<name>/backchannel-logout")
@web.csrf.exempt  # type: ignore[untyped-decorator]  # Flask-WTF has no types
@web.limiter.limit("60/minute")
def backchannel_logout(name: str) -> ResponseReturnValue:
    """End sign-ins on a provider's signed word."""
    client = client_of(name)
    try:
        told = client.read_logout(request.form.get("logout_token", ""), g.now)
    except (oidc.Unreachable, oidc.Untrue) as fault:
        current_app.logger.error("sign-in provider %s: %s", name, str(fault))
        return {"error": "temporarily_unavailable"}, 503
    except Refused as doubt:
        current_app.logger.warning("sign-out by provider %s refused: %s", name, str(doubt))
        return {"error": "invalid_request"}, 400
    try:
        signins.end_by_provider(
            web.session(),
            client.provider.issuer,
            sid=told.sid,
            subject=told.subject,
            jti=told.jti,
            now=g.now,
        )
    except Refused:
        return {"error": "invalid_request"}, 400
    return "", 200


@auth.get("/invitation/<key>")
@web.limiter.limit("30/minute")
def invitation(key: str) -> ResponseReturnValue:
    """Show what an invitation is for."""
    try:
        found = signins.invitation_with(web.session(), key, g.now)
    except Invalid as refused:
        message = gettext(next(iter(refused.problems.values())))
        return make_response(render_template("auth/refused.html", reason=message), 404)
    if not found.is_new:  # who is here already answers signed in: the key does nothing for them
        return redirect(url_for("offers.read", ref=found.ref))
    return render_template(
        "auth/invitation.html",
        offer=found,
        key=key,
        providers=list(current_app.extensions["providers"].values()),
    )


@auth.post("/invitation/<key>/<name>")
@web.limiter.limit("30/minute")
def accept(key: str, name: str) -> ResponseReturnValue:
    """Keep the invitation in this browser's session and go to the provider."""
    session["invitation"] = key
    return begin(name)


@auth.post("/invitation/<key>/decline")
@web.limiter.limit("30/minute")
def decline(key: str) -> ResponseReturnValue:
    """Decline an invitation without signing in: whoever has its key may."""
    try:
        signins.decline(web.session(), key, g.now)
    except Invalid as refused:
        message = gettext(next(iter(refused.problems.values())))
        return make_response(render_template("auth/refused.html", reason=message), 404)
    return render_template("auth/declined.html")
