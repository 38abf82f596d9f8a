"""The headers of every answer: what a browser may do with it, and that nobody keeps it."""

from typing import Any, Final

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface

PUBLIC: Final = "public"


def is_public(response: Response) -> bool:
    """Whether the answer is the same for everybody, and may be kept by caches on the way."""
    return request.blueprint == PUBLIC and response.status_code in (200, 304)


class Sessions(SecureCookieSessionInterface):
    """Cookies of sign-ins; none is set or asked for by the pages that are for the public."""

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Keep the session, except on public pages: they are the same whoever asks."""
        if request.blueprint != PUBLIC:
            super().save_session(app, session, response)


def put_headers(response: Response) -> None:
    """Put on an answer what browsers and caches are to know of it."""
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
    if is_public(response):
        return
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("Cookie", "Authorization"))
