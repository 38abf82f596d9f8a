"""The headers of every answer: what a browser may do with it, and that nobody keeps it."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, current_app, request
from flask.sessions import SecureCookieSessionInterface

PUBLIC: Final = "public"
# Addresses that hold a secret key: proxies log neither them nor, with a style sheet that a page of
# theirs asks for, the page that it is on (deploy/nginx.conf).
KEYED_ADDRESSES: Final = (
    *("/feeds/", "/contacts/answer/"),
    *("/dialogues/answer-poll/", "/auth/invitation/"),
)


def is_public(response: Response) -> bool:
    """Whether the answer is the same for everybody, and may be kept by caches on the way."""
    return request.blueprint == PUBLIC and response.status_code in (200, 304)


class Sessions(SecureCookieSessionInterface):
    """Cookies of sign-ins; none is set or asked for by the pages that are for the public."""

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Keep the session, except on public pages: they are the same whoever asks."""
        if request.blueprint != PUBLIC:
            super().save_session(app, session, response)


def asset_names(folder: Path) -> dict[str, dict[str, str]]:
    """What the address of a static file says, by its plain name: each changes with its content.

    Vendored files carry their digest in the name, our own beside it.
    """
    manifest = folder / "vendor" / "manifest.json"
    vendored = json.loads(manifest.read_text()) if manifest.exists() else {}
    own = {
        path.name: {"filename": path.name, "v": sha256(path.read_bytes()).hexdigest()[:12]}
        for path in sorted(folder.iterdir())
        if path.is_file()
    }
    return own | {name: {"filename": file} for name, file in vendored.items()}


def _names_its_content() -> bool:
    # An address that says which content it has, and has it here: during a change of version the
    # web server of the other version does not, and what it gives is asked for anew.
    file = (request.view_args or {}).get("filename", "")
    asked = {"filename": file, **request.args.to_dict()}
    return asked in current_app.extensions["assets"].values()


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
    # The origin alone is what forms are checked by; more would carry the key on.
    keyed = request.path.startswith(KEYED_ADDRESSES)
    response.headers["Referrer-Policy"] = "strict-origin" if keyed else "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if settings.https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if is_public(response):
        return
    if request.endpoint == "static":
        if _names_its_content() and response.status_code in (200, 304):
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    else:
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("Cookie", "Authorization"))
