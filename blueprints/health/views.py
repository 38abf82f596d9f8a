"""Alive: the process answers. Ready: database, schema and jobs are as they should be."""

from datetime import timedelta

from flask import Blueprint, current_app, g
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from models.ledger import Heartbeat
from portal import web
from portal.schema import is_current

health = Blueprint("health", __name__)
STILL = timedelta(minutes=2)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    """Answer."""
    return {"alive": True}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether a visitor can be let in; 503 names what is missing."""
    try:
        schema = is_current(current_app.extensions["engine"])
        beat = web.session().scalar(select(Heartbeat.at).where(Heartbeat.name == "jobs"))
    except SQLAlchemyError:
        return {"database": False}, 503
    jobs = beat is not None and g.now - beat < STILL
    found = {"database": True, "schema": schema, "jobs": jobs}
    return found, 200 if all(found.values()) else 503
