"""The request lifecycle: one session a request, who is here, when, errors to answers.

Flask stops here: nothing below knows of requests.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from flask import (
    Flask,
    Response,
    before_render_template,
    current_app,
    g,
    redirect,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from portal import admission, presence, signins
from portal.access import Actor
from portal.addresses import right_spelling
from portal.admission import OPEN_ENDPOINTS as OPEN_ENDPOINTS
from portal.admission import SAFE, Incoming, admit
from portal.clock import now as read_clock
from portal.db import begun_for, open_session, reading, writing
from portal.error_handlers import answer_error, nothing_is_lost
from portal.errors import Invalid, PortalError
from portal.headers import put_headers
from portal.language import gettext
from portal.ledger import keep_readings
from portal.limits import WRITES_EMAILS as WRITES_EMAILS
from portal.limits import answer_limited
from portal.limits import limiter as limiter
from portal.readings import PATIENCE, collect_readings, going_on, record_readings

csrf = CSRFProtect()
login = LoginManager()


class SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What Flask-Login keeps of a request's person; its id is the random key of the cookie."""

    def __init__(self, key: str, here: presence.Here) -> None:
        self.key, self.here = key, here

    def get_id(self) -> str:
        """The key of the cookie."""
        return self.key


def records(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view whose reading goes into the trail: afterwards, see `portal.readings`."""
    vars(view)["records_reading"] = True
    return view


def writes(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that changes something though it is asked by GET, so that its session may."""
    vars(view).update(writes=True, records_reading=True)
    return view


def session() -> Session:
    """The one session of this request: begun for writing where the request may write.

    It begins when the view first asks, and does `g.first_of_all` first.
    """
    if "session" not in g:
        g.writes = g.get("writes", _may_write())
        g.session = open_session(current_app.extensions["sessions"], writes=g.writes)
        _keep_readings()
        if g.writes and "first_of_all" in g:
            g.first_of_all(g.session)
    return cast(Session, g.session)


def _keep_readings() -> None:
    if not g.writes:
        g.readings = g.get("readings", [])
        keep_readings(g.session, g.readings)


def _may_write() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method not in SAFE or getattr(view, "writes", False)


def actor() -> Actor:
    """Who acts in this request; only behind a shut door."""
    return cast(presence.Here, g.here).actor


def own_ticket() -> str:
    """The number that an organisation of theirs keeps of what the request is about."""
    return cast(presence.Here, g.here).ticket


def start_over() -> None:
    """Undo what this request has done so far, and begin again in the way it was begun."""
    if "session" in g:
        g.get("readings", []).clear()
        g.session.rollback()
        g.session.connection(execution_options=begun_for(g.writes))
        _keep_readings()


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
        finished = g.pop("session")
        finished.commit()
        finished.close()
    g.writes = False


def write_on() -> None:
    """After a look that only read: whoever asks for the session again gets one for writing."""
    let_go()
    g.writes = True


def _let_go_first(_app: Flask, **_context: Any) -> None:
    # What a page asked by GET has changed is kept before it is drawn.
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
    """Try an act: what the service refuses is put next to its field, and nothing is half-written.

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
    admission.install(app)
    csrf.init_app(app)
    # No page asks who is signed in: an error page that did would ask the database that is away.
    login.init_app(app, add_context_processor=False)
    login.user_loader(_load)
    limiter.init_app(app)
    login.session_protection = None
    app.after_request(_finish)
    app.teardown_request(_end)
    before_render_template.connect(_let_go_first, app)
    for error in (PortalError, StaleDataError, SQLAlchemyError, HTTPException, Exception):
        app.register_error_handler(error, _failed)
    app.register_error_handler(CSRFError, _csrf_failed)
    app.register_error_handler(RateLimitExceeded, _limited)
    # What could not be answered is logged by the answer; Flask's own line holds the address, and
    # addresses of feeds and invitations hold keys.
    app.log_exception = lambda _error: None  # type: ignore[assignment, method-assign]  # of this one


def _begin() -> ResponseReturnValue | None:
    g.now = read_clock()
    admit()
    if rightly := right_spelling():
        return redirect(rightly, 308)
    if request.endpoint is None or request.endpoint in OPEN_ENDPOINTS:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    g.here = current_user.here
    _touch(g.here)
    return None


def settle(act: Callable[[Session, str, datetime], object], ref: str) -> None:
    """Do what is due before it is read again; where nothing can be written, it stays due."""
    g.pop("session").close()
    g.readings = []
    with going_on(), writing(current_app.extensions["sessions"], PATIENCE) as short:
        act(short, ref, g.now)


def _touch(here: presence.Here) -> None:
    # A sign-in is marked as seen every few minutes, not at every page: reading stays reading.
    if g.now - here.seen_at > presence.SEEN_EVERY and here.actor.signin_id is not None:
        if "session" in g:
            g.pop("session").close()
        with going_on(), writing(current_app.extensions["sessions"], PATIENCE) as short:
            presence.seen(short, here.actor.signin_id, g.now)


def _load(key: str) -> SignedIn | None:
    limits, about = current_app.extensions["limits"], (request.view_args or {}).get("ref", "")
    if "session" in g or not _may_write():
        here = presence.who_is_here(session(), key, limits, g.now, about)
    else:  # limits and forms come first, and the transaction for writing after them
        with reading(current_app.extensions["sessions"]) as short:
            here = presence.who_is_here(short, key, limits, g.now, about)
    return SignedIn(key, here) if here else None


def _ask_to_sign_in() -> ResponseReturnValue:
    if request.method in SAFE:
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    _abandon()
    return nothing_is_lost(401, gettext("Your sign-in has ended."))


def _failed(error: Exception) -> ResponseReturnValue:
    _abandon()
    return answer_error(error)


def _csrf_failed(_error: CSRFError) -> ResponseReturnValue:
    _abandon()
    return nothing_is_lost(400, gettext("This form was open for too long."))


def _limited(_error: RateLimitExceeded) -> ResponseReturnValue:
    _abandon()
    return answer_limited(g.now)


def _abandon() -> None:
    # What was half done is undone before its page is drawn, so that no page keeps anybody waiting;
    # what was read is not shown.
    g.readings = []
    if "session" in g and g.get("writes"):
        _close(g.pop("session"))
        g.writes = False


def _close(session: Session) -> None:
    # A connection that is lost cannot even be given back in order: that is no second error.
    try:
        session.close()
    except Exception as lost:
        current_app.logger.warning("a connection was lost", exc_info=lost)
        session.invalidate()


def _finish(response: Response) -> Response:
    if "session" in g and response.status_code < (400 if g.writes else 500):
        g.session.commit()  # what has only read as well: see `portal.db.reading`
    lines = g.pop("readings", [])
    if lines or ("session" in g and g.writes and response.status_code < 400):
        if "session" in g:
            _close(g.pop("session"))
        if lines:
            record_readings(lines)
        with going_on():
            collect_readings()
    put_headers(response)
    return response


def _end(_error: BaseException | None) -> None:
    if "session" in g:
        _close(g.pop("session"))
