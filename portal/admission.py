"""What is refused before it costs anything: foreign hosts, endless addresses, endless forms.

All of it is asked before anybody is looked up, before a form is read and without the database.
"""

from io import BytesIO
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask, Request, abort, current_app, g, request, session
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.sansio.utils import host_is_trusted

SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST_BODY: Final = 6 * 1024 * 1024
LARGEST_ECHO: Final = 256 * 1024  # bytes of a form that is offered again
# Whoever has no cookie of a sign-in may send what could be offered again, and no file: three bytes
# stand for one where an address or a form writes it as %XX.
LARGEST_OF_STRANGERS: Final = 3 * LARGEST_ECHO
LARGEST_ADDRESS: Final = 16 * 1024
MOST_FIELDS: Final = 2000
SIGN_IN: Final = "_user_id"  # where Flask-Login keeps the key of a sign-in, in the signed cookie
CHUNK: Final = 64 * 1024
LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})
# Every other door is shut to whoever has not signed in. The list stands in docs/endpoints.md.
OPEN_ENDPOINTS = frozenset(
    {
        "static",
        "auth.sign_in",
        "auth.begin",
        "auth.callback",
        "auth.invitation",
        "auth.accept",
        "auth.decline",
        "auth.backchannel_logout",
        "contacts.answer_by_key",
        "dialogues.answer_poll_by_key",
        "feeds.calendar",
        "health.alive",
        "health.metrics",
        "health.ready",
        "operator.accessibility",
        "operator.imprint",
        "operator.privacy",
        "operator.security",
        "operator.support",
        "public.as_json",
        "public.as_stix",
        "public.check",
        "public.feed",
        "public.index",
        "public.read",
    }
)


class Incoming(Request):
    """A request whose files stay in memory, and whose form has no NUL.

    No file is laid on the disk in clear while it arrives. A NUL comes with what is pasted from
    other programs; no column of PostgreSQL takes it, and nobody who sees the form can find it.
    """

    def _get_file_stream(self, *_sizes: Any, **_names: Any) -> BytesIO:
        return BytesIO()

    def _load_form_data(self) -> None:
        known = "form" in vars(self)
        super()._load_form_data()
        sent = vars(self)["form"]
        if not known and any("\0" in text for pair in sent.items(multi=True) for text in pair):
            vars(self)["form"] = ImmutableMultiDict(
                (name.replace("\0", ""), text.replace("\0", ""))
                for name, text in sent.items(multi=True)
            )


def install(app: Flask) -> None:
    """Hand the limits to what reads forms."""
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        MAX_FORM_PARTS=MOST_FIELDS,
    )


def admit() -> None:
    """Refuse a request that is not for this portal, or larger than it may be; read its form.

    The form is read before a session is begun: a slow upload must not hold the database. Afterwards
    `g.form_read` says that the form can be asked without any further cost.
    """
    if not is_our_host(request.host, current_app.config["SETTINGS"].base_url):
        abort(400)
    if _forwarded_for_another():
        abort(400)
    query = request.query_string
    if len(query) + len(request.path) > LARGEST_ADDRESS or query.count(b"&") >= MOST_FIELDS:
        abort(400)
    asked = [request.path, *(text for pair in request.args.items(multi=True) for text in pair)]
    if any("\0" in text for text in asked):
        abort(400)  # no link of ours has it, and no text column takes it
    if request.method not in SAFE:
        _read_form()


def is_our_host(host: str, base_url: str) -> bool:
    """Whether a Host header names this portal: its host, with its port or none.

    Where the portal itself is on loopback, every loopback name and port is its own: a demo is
    looked at through tunnels. Health is also asked by address, as probes do, never by a name.
    """
    if not host_is_trusted(host):
        return False
    name, port = _parts(host)
    own = urlsplit(base_url)
    own_name = (own.hostname or "").encode("idna").decode()
    own_name = f"[{own_name}]" if ":" in own_name else own_name
    if request.blueprint == "health" and (name in LOOPBACK or _is_address(name)):
        return True
    if own_name in LOOPBACK:
        return name in LOOPBACK
    usual = {"http": 80, "https": 443}[own.scheme]
    return name == own_name and port in ("", str(own.port or usual))


def _parts(host: str) -> tuple[str, str]:
    name, colon, port = host.lower().rpartition(":")
    return (name, port) if colon and port.isdigit() else (host.lower(), "")


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _forwarded_for_another() -> bool:
    # Behind trusted proxies this header has become the host; without them nobody may set it.
    settings = current_app.config["SETTINGS"]
    named = request.headers.get("X-Forwarded-Host")
    if named is None or settings.trusted_proxies:
        return False
    return not all(is_our_host(one.strip(), settings.base_url) for one in named.split(","))


def _read_form() -> None:
    if SIGN_IN not in session:
        request.max_content_length = LARGEST_OF_STRANGERS
    try:
        # Counting is cheap and reading is not; parts of a multipart form are counted as they come.
        urlencoded = request.mimetype == "application/x-www-form-urlencoded"
        if urlencoded and request.get_data().count(b"&") >= MOST_FIELDS:
            raise RequestEntityTooLarge
        _ = request.form
    except RequestEntityTooLarge:
        _read_away()
        raise
    g.form_read = True


def _read_away() -> None:
    # A connection that is closed while its body still arrives is reset, and the answer with it.
    body, left = request.environ["wsgi.input"], min(request.content_length or 0, LARGEST_BODY)
    try:
        while left > 0 and (read := body.read(min(left, CHUNK))):
            left -= len(read)
    except (OSError, HTTPException):
        return
