"""Errors to answers: the page that helps, and a form offered again with all that was typed.

An answer to an error asks for nothing that may have just failed: neither the database, nor who is
signed in, nor messages kept for the next page. Where even the page fails, a plain one stands in.
"""

from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from portal.addresses import url_for
from portal.admission import LARGEST_ECHO, SAFE
from portal.db import is_away, is_too_slow
from portal.errors import Invalid, NotFound, Refused, TooLate, Untrained
from portal.language import gettext
from portal.pdf import Unprintable
from portal.store import Unkept
from portal.words import N_

STATUS: Final[dict[type[Exception], int]] = {
    NotFound: 404,
    Refused: 403,
    TooLate: 409,
    StaleDataError: 409,
    Invalid: 400,
}
KNOWN: Final = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
FORM_KEY: Final = "form_key"
UNSENT: Final = frozenset({"csrf_token", "password"})
# What passes: a form that met it is offered again with all that was typed.
PASSING: Final = {
    409: N_("This has changed since you opened it. Check it again before you send this."),
    429: N_("Too many requests at once."),
    500: N_("Something went wrong on our side. The error has been recorded. No change was saved."),
    503: N_("The portal was busy for a moment. No change was saved."),
}
FIRST: Final = N_("A training unit is required before you can do this.")
BACK_SOON: Final = 5  # seconds: a database that restarts or is locked is asked again after them
LESS_BUSY: Final = 30  # what took too long is not asked again at once
LAST: Final = (Path(__file__).parent.parent / "templates" / "errors" / "last.html").read_text()


def nothing_is_lost(status: int, reason: str, *, fresh: bool = False, gate: str = "") -> Response:
    """The form of this request, to be sent again; only one of our own, and of readable size.

    It keeps its one-time key, so that it still creates once, or gets a fresh one. Another site's
    form is not given a fresh token, and whoever has no token of ours is not given back what they
    sent: both get a plain page.
    """
    if not _is_own_form():
        return _page(status)
    key = "" if fresh or "already_made" in g else request.form.get(FORM_KEY, "")
    page = render_template(
        "errors/again.html",
        fields=_sent(),
        form_key=key,
        reason=reason,
        signed_out=status == 401,
        gate=gate,
        files=any(kept.filename for kept in request.files.values()),
        get_flashed_messages=_no_messages,
    )
    return Response(page, status)


def _sent() -> list[tuple[str, str]]:
    apart = {*UNSENT, FORM_KEY}
    return [pair for pair in request.form.items(multi=True) if pair[0] not in apart]


def _is_own_form() -> bool:
    origin = request.headers.get("Origin")
    own = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    if not own or (origin and urlsplit(origin).netloc != request.host):
        return False
    if not g.get("form_read") or request.endpoint is None:
        return False
    size = sum(len(name.encode()) + len(value.encode()) for name, value in request.form.items(True))
    return size <= LARGEST_ECHO and _is_genuine(request.form.get("csrf_token", ""))


def _is_genuine(token: str) -> bool:
    # Signed by us, now or before the last change of the secret; whose it is, only a cookie knows.
    secrets = [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]
    try:
        URLSafeTimedSerializer(secrets, salt="wtf-csrf-token").loads(token)
    except BadData:
        return False
    return True


def _no_messages(*_asked: object, **_more: object) -> list[Any]:
    # Those kept in the cookie wait for a page that is no error.
    return []


def answer_error(error: Exception) -> ResponseReturnValue:
    """Turn an error into the page that helps; what went wrong inside stays inside."""
    # What fails after the view, as a commit does, comes wrapped.
    error = getattr(error, "original_exception", None) or error
    status, headers = _status(error)
    try:
        answer = _answer(error, status)
    except Exception as second:
        current_app.logger.error("an error page failed", exc_info=second)
        answer = Response(LAST, status)
    answer.headers.extend(headers)
    return answer


def _status(error: Exception) -> tuple[int, dict[str, str]]:
    if isinstance(error, HTTPException):
        code = error.code or 500
        given = {name: value for name, value in error.get_headers() if name == "Allow"}
        return code, {"Retry-After": str(BACK_SOON)} if code == 503 else given
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            return status, {}
    if isinstance(error, Unprintable):
        return 503, {}
    if is_away(error) or isinstance(error, Unkept):
        current_app.logger.error("storage", exc_info=error)
        return 503, {"Retry-After": str(LESS_BUSY if is_too_slow(error) else BACK_SOON)}
    current_app.logger.error("unexpected at %s", request.endpoint, exc_info=error)
    return 500, {}


def _answer(error: Exception, status: int) -> Response:
    if isinstance(error, Unprintable):
        page = render_template("errors/unprintable.html", get_flashed_messages=_no_messages)
        return Response(page, status)
    if isinstance(error, Untrained):
        return _untrained(error)
    return passing(status) if status in PASSING else _page(status)


def _untrained(error: Untrained) -> Response:
    # The way leads to the unit and back; what was typed can be sent again from here.
    gate = url_for("training.required", noun=error.noun, ref=error.ref, act=error.verb)
    if _is_typed():
        return nothing_is_lost(403, gettext(FIRST), gate=gate)
    page = render_template(
        "errors/untrained.html", gate=gate, reason=gettext(FIRST), get_flashed_messages=_no_messages
    )
    return Response(page, 403)


def passing(status: int, more: str = "") -> Response:
    """The answer to what passes: the form again where one was sent, a page that says so else."""
    if request.method in SAFE or not _is_typed():
        return _page(status, more)
    return nothing_is_lost(status, " ".join(filter(None, (gettext(PASSING[status]), more))))


def no_right(template: str, **values: object) -> ResponseReturnValue:
    """The page that says who begins such a thing; a right that ended meanwhile costs no word."""
    if request.method not in SAFE and _is_typed():
        return _page(403)
    return render_template(template, **values), 403


def _is_typed() -> bool:
    return bool(g.get("form_read")) and any(value.strip() for _name, value in _sent())


def _page(status: int, more: str = "") -> Response:
    known = status if status in KNOWN else 400 if 400 <= status < 500 else 500
    # A right that ended while somebody wrote: it cannot be sent again, but they have their words.
    words = _sent() if status in (403, 404) and _is_typed() and _is_own_form() else []
    page = render_template(
        "errors/error.html",
        status=known,
        more=more,
        page_ref="",  # whether there is such a record is not said
        fields=words,
        get_flashed_messages=_no_messages,
    )
    return Response(page, status)
