"""Alive: the process answers. Ready: database and schema are as they should be. And metrics."""

import hmac
from datetime import timedelta
from ipaddress import ip_address

from flask import Blueprint, Response, current_app, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal import metrics as numbers
from portal import operator_pages, store_identity, web
from portal.errors import NotFound
from portal.outbox import lanes_seen, mail_status
from portal.schema import is_current
from portal.smtp import mail_server

health = Blueprint("health", __name__)
STILL = timedelta(minutes=2)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    """Answer."""
    return {"alive": True}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether a visitor can be let in; 503 names what is missing.

    Jobs, mail and attachments are said too, and take no web server out: pages work without them.
    """
    url = current_app.config["SETTINGS"].smtp_url
    try:
        schema = is_current(current_app.extensions["engine"])
        if not schema:
            return {"database": True, "schema": False}, 503
        seen = lanes_seen(web.session())
        mail = mail_status(web.session(), g.now)
        store = store_identity.standing(web.session(), current_app.extensions["store"])
    except SQLAlchemyError:
        return {"database": False}, 503
    return {
        "database": True,
        "schema": True,
        "store": store,
        "pages_missing": operator_pages.missing(
            current_app.extensions["operator_pages"],
            current_app.config["SETTINGS"].security_contact,
        ),
        "jobs": {name: at is not None and g.now - at < STILL for name, at in seen.items()},
        "mail": {
            "privacy": mail_server(url).privacy if url else None,
            "waiting": mail.waiting,
            "undeliverable": mail.dead,
            "oldest_seconds": mail.oldest,
            "fault": mail.fault,
            "fault_since": mail.fault_since.isoformat() if mail.fault_since else None,
        },
    }


@health.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Give the numbers that monitoring reads; to its token, or to this machine alone."""
    if not _may_monitor():
        raise NotFound
    known = current_app.extensions
    read = numbers.text(web.session(), known["engine"], known["store"], g.now)
    return Response(read, content_type=numbers.CONTENT_TYPE)


def _may_monitor() -> bool:
    token = current_app.config["SETTINGS"].metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if "X-Forwarded-For" in request.headers:
        return False  # a proxy on this machine speaks for somebody else
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
