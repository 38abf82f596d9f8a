"""The hall: one session a request, who is here, what time it is, open doors, errors to answers.

Flask stops here: nothing below knows of requests.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import (
    Flask,
    Request,
    Response,
    abort,
    before_render_template,
    current_app,
    g,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_limiter import Limiter
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from portal import signins
from portal.access import Actor
from portal.answers import SAFE, answer_error, nothing_is_lost
from portal.clock import now as read_clock
from portal.db import begun_for, open_session, reading, writing
from portal.errors import Invalid, PortalError

# Every other door is shut to whoever has not signed in. The list stands in docs/doors.md.
OPEN_DOORS = frozenset(
    {
        "static",
        "auth.sign_in",
        "auth.begin",
        "auth.callback",
        "auth.invitation",
        "auth.accept",
        "auth.backchannel_logout",
        "feeds.calendar",
        "health.alive",
        "health.metrics",
        "health.ready",
    }
)
csrf = CSRFProtect()
login = LoginManager()


def caller() -> str:
    """Whom a rate limit counts: the person where one is signed in, the address otherwise."""
    if current_user.is_authenticated:
        return f"person:{current_user.here.actor.person_id}"
    return f"address:{request.remote_addr}"


limiter = Limiter(caller, default_limits=[])
# Acts that send letters to others, counted apart for each door.
WRITES_LETTERS = "240/hour"


class SignedIn(UserMixin):  # type: ignore[misc]
    """What Flask-Login keeps of a request's person; its id is the random key of the cookie."""

    def __init__(self, key: str, here: signins.Here) -> None:
        self.key, self.here = key, here

    def get_id(self) -> str:
        """The key of the cookie."""
        return self.key


class Incoming(Request):
    """A request whose files stay in memory: none is laid on the disk in clear while it arrives."""

    def _get_file_stream(self, *_sizes: Any, **_names: Any) -> BytesIO:
        return BytesIO()


def records(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose reading goes into the trail, so that its session may write."""
    view.records_reading = True  # type: ignore[attr-defined]
    return view


def session() -> Session:
    """The one session of this request: begun for writing where the request may write.

    It is begun when the view first asks for it, and no sooner: whatever a request reads, parses or
    asks of others before that holds up nobody.
    """
    if "session" not in g:
        g.writes = g.get("writes", _may_write())
        g.session = open_session(current_app.extensions["sessions"], writes=g.writes)
    return g.session  # type: ignore[no-any-return]


def _may_write() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method not in SAFE or getattr(view, "records_reading", False)


def actor() -> Actor:
    """Who acts in this request; only behind a shut door."""
    return g.here.actor  # type: ignore[no-any-return]


def start_over() -> None:
    """Undo what this request has done so far, and begin again in the way it was begun."""
    if "session" in g:
        g.session.rollback()
        g.session.connection(execution_options=begun_for(g.writes))


def only_read() -> None:
    """Undo what this request has done so far, and let it do no more than read from here on.

    For pages that are drawn from what could not be done: Markdown and comparing take their time.
    """
    if g.get("writes", _may_write()):
        g.writes = False
        start_over()


def let_go() -> None:
    """Keep what is done and give the database back, before slow work that asks it nothing.

    Whoever asks for the session again gets one for reading.
    """
    if "session" in g:
        if g.writes:
            g.session.commit()
        g.pop("session").close()
    g.writes = False


def write_on() -> None:
    """After a look that only read: whoever asks for the session again gets one for writing."""
    let_go()
    g.writes = True


def _let_go_of_reading(_app: Flask, **_context: Any) -> None:
    # The trace of a reading is kept before its page is drawn.
    if g.get("writes") and request.method in SAFE:
        let_go()


def note_refused_sign_in(provider: str, why: str) -> None:
    """Put a refused sign-in into the trail, though the request itself keeps nothing."""
    if "session" in g:
        g.pop("session").close()
    with writing(current_app.extensions["sessions"]) as short:
        signins.note_refused(short, provider, why, g.now)


@contextmanager
def attempt(form: FlaskForm) -> Iterator[None]:
    """Try an act: what the desk finds wrong is put next to its field, and nothing is half-written.

    After it, `form.errors` says whether the act was done.
    """
    try:
        yield
    except Invalid as refused:
        start_over()
        for name, message in refused.problems.items():
            words = gettext(message, **getattr(message, "values", {}))
            if name in form:
                form[name].errors = [*form[name].errors, words]
            else:
                form.form_errors.append(words)


def install(app: Flask) -> None:
    """Put the hall into an application."""
    app.request_class = Incoming
    app.before_request(_begin)  # first of all: the others ask what time it is
    csrf.init_app(app)
    login.init_app(app)
    limiter.init_app(app)
    login.session_protection = None
    app.after_request(_finish)
    app.teardown_request(_end)
    before_render_template.connect(_let_go_of_reading, app)
    for error in (PortalError, StaleDataError, OperationalError, HTTPException, Exception):
        app.register_error_handler(error, _failed)
    app.register_error_handler(CSRFError, _csrf_failed)


def _begin() -> ResponseReturnValue | None:
    g.now = read_clock()
    _take_body()
    if request.endpoint is None or request.endpoint in OPEN_DOORS:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    g.here = current_user.here
    _touch(g.here)
    return None


def _take_body() -> None:
    # Read before the session is begun: a slow upload must not hold the lock of the database.
    typed = [request.path, *request.args.values()]
    if request.method not in SAFE:
        typed += [value for _name, value in request.form.items(multi=True)]
    if any("\0" in text for text in typed):
        abort(400)  # no keyboard types it, and no text column takes it


def _touch(here: signins.Here) -> None:
    # A sign-in is marked as seen every few minutes, not at every page: reading stays reading.
    if g.now - here.seen_at > signins.SEEN_EVERY and here.actor.signin_id is not None:
        if "session" in g:
            g.pop("session").close()
        with writing(current_app.extensions["sessions"]) as short:
            signins.seen(short, here.actor.signin_id, g.now)


@login.user_loader  # type: ignore[untyped-decorator]
def _load(key: str) -> SignedIn | None:
    limits = current_app.extensions["limits"]
    if "session" in g or not _may_write():
        here = signins.who_is_here(session(), key, limits, g.now)
    else:  # limits and forms come first, and the transaction for writing after them
        with reading(current_app.extensions["sessions"]) as short:
            here = signins.who_is_here(short, key, limits, g.now)
    return SignedIn(key, here) if here else None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method in SAFE:
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    return nothing_is_lost(401, gettext("Your sign-in has ended."))


def _csrf_failed(_error: CSRFError) -> ResponseReturnValue:
    return nothing_is_lost(400, gettext("This form was open for too long."))


def _failed(error: Exception) -> ResponseReturnValue:
    # What was half done is undone before its page is drawn, so that no page keeps anybody waiting.
    if g.get("writes") and "session" in g:
        g.pop("session").close()
        g.writes = False
    return answer_error(error)


def _finish(response: Response) -> Response:
    if "session" in g and response.status_code < (400 if g.writes else 500):
        g.session.commit()  # what has only read as well: see `portal.db.reading`
    _put_headers(response)
    return response


def _end(_error: BaseException | None) -> None:
    if "session" in g:
        g.session.close()


def _put_headers(response: Response) -> None:
    settings = current_app.config["SETTINGS"]
    to = " ".join(["'self'", *current_app.extensions["provider_origins"]])
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self'; form-action {to}; base-uri 'none'; "
        "frame-ancestors 'none'",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if settings.https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("Cookie", "Authorization"))


def asset_names(folder: Path) -> dict[str, str]:
    """The manifest of vendored files: plain name to the name with its digest."""
    manifest = folder / "vendor" / "manifest.json"
    return dict(json.loads(manifest.read_text())) if manifest.exists() else {}
