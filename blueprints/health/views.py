"""Alive: the process answers. Ready: database and schema are as they should be."""

from datetime import timedelta

from flask import Blueprint, current_app, g
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from portal import web
from portal.outbox import lanes_seen, mail_status
from portal.schema import is_current

health = Blueprint("health", __name__)
STILL = timedelta(minutes=2)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    """Answer."""
    return {"alive": True}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether a visitor can be let in; 503 names what is missing.

    Jobs and mail are said too, and take no web server out: pages work without them.
    """
    try:
        schema = is_current(current_app.extensions["engine"])
        if not schema:
            return {"database": True, "schema": False}, 503
        seen = lanes_seen(web.session())
        mail = mail_status(web.session(), g.now)
    except SQLAlchemyError:
        return {"database": False}, 503
    return {
        "database": True,
        "schema": True,
        "jobs": {name: at is not None and g.now - at < STILL for name, at in seen.items()},
        "mail": {
            "waiting": mail.waiting,
            "undeliverable": mail.dead,
            "oldest_seconds": mail.oldest,
            "fault": mail.fault,
            "fault_since": mail.fault_since.isoformat() if mail.fault_since else None,
        },
    }
