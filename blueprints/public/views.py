"""Public pages: the same bytes for everybody, to be kept by caches, of what was released alone."""

import hashlib
from typing import Final

from flask import Blueprint, Response, current_app, g, render_template, request

from portal import releases as service
from portal import web
from portal.limits import PUBLIC_READS, address, limiter
from portal.parsing import for_xml

public = Blueprint("public", __name__, url_prefix="/public")
FOR: Final = 300  # seconds for which a cache may answer by itself
HTML, JSON = "text/html; charset=utf-8", "application/json; charset=utf-8"
ATOM: Final = "application/atom+xml; charset=utf-8"
STIX: Final = "application/stix+json;version=2.1"
limited = limiter.shared_limit(PUBLIC_READS, scope="public", key_func=address)


@public.get("/")
@limited
def index() -> Response:
    """List what was released, the newest first."""
    page = service.public_list(web.session(), g.now, request.args.get("after", ""))
    return _kept(render_template("public/index.html", page=page), HTML)


@public.get("/feed.atom")
@limited
def feed() -> Response:
    """Give the newest released texts as a feed (Atom, RFC 4287)."""
    page = service.public_list(web.session(), g.now)
    base = current_app.config["SETTINGS"].base_url
    newest = max((row.ended_at or row.at for row in page.rows), default=None)
    text = render_template("public/feed.xml", rows=page.rows, base=base, newest=newest)
    return _kept(for_xml(text), ATOM)


@public.get("/check")
@limited
def check() -> Response:
    """Say of a copy, by its SHA-256, whether it is what was released."""
    typed = request.args.get("sha256", "")[:200]
    found = service.check_copy(web.session(), typed, g.now) if typed.strip() else None
    return _kept(render_template("public/check.html", typed=typed, found=found), HTML)


@public.get("/<ref>")
@limited
def read(ref: str) -> Response:
    """Show one released text, or that it was withdrawn."""
    text = service.public_text(web.session(), ref, g.now)
    return _kept(render_template("public/read.html", text=text, content=text.content), HTML)


@public.get("/<ref>/json")
@limited
def as_json(ref: str) -> Response:
    """Hand out the present version as JSON."""
    return _kept(service.public_file(web.session(), ref, g.now, stix=False), JSON, f"{ref}.json")


@public.get("/<ref>/stix")
@limited
def as_stix(ref: str) -> Response:
    """Hand out the present version as a STIX 2.1 bundle."""
    return _kept(
        service.public_file(web.session(), ref, g.now, stix=True), STIX, f"{ref}.stix.json"
    )


def _kept(content: str | bytes, content_type: str, file_name: str = "") -> Response:
    """An answer that caches may keep; whoever has it already is told so (RFC 9110, 13.1.2).

    What has a file name is saved as it is, so that its SHA-256 is the one that is checked.
    """
    answer = Response(content, content_type=content_type)
    if file_name:
        answer.headers.set("Content-Disposition", "attachment", filename=file_name)
    answer.headers["Cache-Control"] = f"public, max-age={FOR}"
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest())
    made: Response = answer.make_conditional(request)  # type: ignore[assignment]  # of its own class
    return made
