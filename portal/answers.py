"""Errors to answers: the page that helps, and a form offered again with all that was typed."""

from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from portal.errors import Invalid, NotFound, Refused, TooLate
from portal.paper import Unprintable
from portal.store import Unkept
from portal.words import N_

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
STATUS: dict[type[Exception], int] = {
    NotFound: 404,
    Refused: 403,
    TooLate: 409,
    StaleDataError: 409,
}
UNSENT = frozenset({"csrf_token", "password"})
# What passes: a form that met it is offered again with all that was typed.
PASSING = {
    409: N_("The matter has changed since you opened it; look how it stands before you send this."),
    429: N_("That was too much at once. Please wait a minute."),
    503: N_("The portal was busy for a moment. Nothing was half-written."),
}


def _typed() -> list[tuple[str, str]]:
    return [
        pair for pair in request.form.items(multi=True) if pair[0] not in UNSENT and pair[1].strip()
    ]


def nothing_is_lost(status: int, reason: str) -> Response:
    """The form of this request, to be sent again; only one of our own.

    Another site's form is not given a fresh token: it gets a plain 400.
    """
    own = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if not own or (origin and urlsplit(origin).netloc != request.host):
        return _page(400)
    page = render_template("errors/again.html", fields=_typed(), reason=reason)
    return Response(page, status)


def answer_error(error: Exception) -> ResponseReturnValue:
    """Turn an error into the page that helps; what went wrong inside stays inside."""
    # What fails after the view, as a commit does, comes wrapped.
    error = getattr(error, "original_exception", None) or error
    if isinstance(error, HTTPException):
        return _page(error.code or 500, error.get_headers())
    for kind, status in STATUS.items():
        if isinstance(error, kind):
            return _page(status)
    if isinstance(error, Invalid):
        return _page(400)
    if isinstance(error, Unprintable):
        return Response(render_template("errors/unprintable.html"), 503)
    if isinstance(error, OperationalError | Unkept):
        current_app.logger.exception("storage")
        return _page(503, [("Retry-After", "5")])
    current_app.logger.exception("unexpected")
    return _page(500)


def _page(status: int, headers: Any = ()) -> Response:
    known = status if status in (400, 403, 404, 405, 409, 413, 429, 500, 503) else 500
    if known in PASSING and request.method not in SAFE and any(_typed()):
        page = nothing_is_lost(known, gettext(PASSING[known]))
    else:
        page = Response(render_template("errors/error.html", status=known), known)
    for name, value in headers:
        if name in ("Retry-After", "Allow"):
            page.headers[name] = value
    return page
