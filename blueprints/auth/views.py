"""Sign-in by redirect to a provider, sign-out on both sides, invitations."""

from urllib.parse import urlencode, urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import FlaskOAuth2App
from flask import (
    Blueprint,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user, login_user, logout_user
from joserfc.errors import JoseError
from requests import RequestException

from portal import oidc, signins, web
from portal.errors import Invalid, Refused

auth = Blueprint("auth", __name__, url_prefix="/auth")


def safe_next(path: str) -> str:
    """A path of this portal, or the first page: never another host, scheme or hidden control."""
    parts = urlsplit(path) if path.isprintable() and "\\" not in path else None
    local = parts is not None and not parts.scheme and not parts.netloc
    if not local or not path.startswith("/") or path.startswith("//"):
        return "/"
    return path


def client_of(name: str) -> tuple[oidc.Provider, FlaskOAuth2App]:
    """The provider of that name; 404 where there is none."""
    provider = current_app.extensions["providers"].get(name)
    if provider is None:
        abort(404)
    return provider, current_app.extensions["oauth"].create_client(name)


@auth.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Offer the providers."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next", "/")))
    return render_template(
        "auth/sign_in.html",
        providers=list(current_app.extensions["providers"].values()),
        next=safe_next(request.args.get("next", "/")),
    )


@auth.post("/<name>/begin")
@web.limiter.limit("30/minute")
def begin(name: str) -> ResponseReturnValue:
    """Send the browser to a provider; state, nonce and PKCE verifier stay in its session."""
    _provider, client = client_of(name)
    session["next"] = safe_next(request.form.get("next", "/"))
    try:
        return client.authorize_redirect(_callback(name))  # type: ignore[no-any-return]
    except RequestException:
        current_app.logger.exception("provider %s does not answer", name)
        abort(503)


def _callback(name: str) -> str:
    return f"{current_app.config['SETTINGS'].base_url}{url_for('auth.callback', name=name)}"


@auth.get("/<name>/callback")
@web.limiter.limit("30/minute")
@web.records
def callback(name: str) -> ResponseReturnValue:
    """Take the provider's answer, and begin the sign-in it proves."""
    provider, client = client_of(name)
    try:
        proof = oidc.prove(client, provider, request.args.get("iss"))
    except RequestException:
        current_app.logger.exception("provider %s does not answer", name)
        abort(503)
    except (OAuthError, JoseError, Refused, ValueError, KeyError) as doubt:
        return _refused(name, 400, "proof", type(doubt).__name__)
    invitation, goal = session.pop("invitation", None), session.pop("next", "/")
    try:
        if invitation:
            signins.accept(web.session(), invitation, proof, g.now)
        key = signins.begin(web.session(), proof, request.headers.get("User-Agent", ""), g.now)
    except Invalid as refused:
        return _refused(name, 400, gettext(next(iter(refused.problems.values()))), "invitation")
    except Refused:
        return _refused(name, 403, "unknown", "unknown")
    session.clear()  # a new session at each sign-in: what was planted before is worth nothing
    here = signins.who_is_here(web.session(), key, current_app.extensions["limits"], g.now)
    if here is None:
        abort(403)
    login_user(web.SignedIn(key, here))
    return redirect(safe_next(goal))


def _refused(name: str, status: int, reason: str, why: str) -> ResponseReturnValue:
    web.note_refused_sign_in(name, why)
    return make_response(render_template("auth/refused.html", reason=reason), status)


@auth.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this sign-in here, then at the provider (OpenID Connect RP-Initiated Logout 1.0)."""
    actor = web.actor()
    row = signins.end(web.session(), actor, actor.signin_id or 0, g.now)
    logout_user()
    session.clear()
    _provider, client = client_of(row.provider)
    try:
        there = client.load_server_metadata().get("end_session_endpoint")
    except RequestException:
        there = None
    if not there:
        return redirect(url_for("auth.sign_in"))
    home = f"{current_app.config['SETTINGS'].base_url}/"
    query = urlencode({"id_token_hint": row.id_token, "post_logout_redirect_uri": home})
    return redirect(f"{there}?{query}")


@auth.post("/<name>/backchannel-logout")
@web.csrf.exempt  # type: ignore[untyped-decorator]
@web.limiter.limit("60/minute")
def backchannel_logout(name: str) -> ResponseReturnValue:
    """End sign-ins on a provider's signed word."""
    provider, client = client_of(name)
    try:
        told = oidc.read_logout(client, provider, request.form.get("logout_token", ""), g.now)
        signins.end_by_provider(
            web.session(),
            provider.issuer,
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
        _row, person = signins.invited_person(web.session(), key, g.now)
    except Invalid as refused:
        message = gettext(next(iter(refused.problems.values())))
        return make_response(render_template("auth/refused.html", reason=message), 404)
    return render_template(
        "auth/invitation.html",
        person=person,
        key=key,
        providers=list(current_app.extensions["providers"].values()),
    )


@auth.post("/invitation/<key>/<name>")
@web.limiter.limit("30/minute")
def accept(key: str, name: str) -> ResponseReturnValue:
    """Keep the invitation in this browser's session and go to the provider."""
    session["invitation"] = key
    return begin(name)
