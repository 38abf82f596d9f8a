"""Units of stewards as they are read: one, the list that stewards keep, and how one is written."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue

from models.units import UnitState
from portal import training, web
from portal import units as service
from portal.access import authorize
from portal.curriculum import EXAMPLE
from portal.rules import DRAFT_UNIT, OFFICE

units = Blueprint("units", __name__, url_prefix="/units")


@units.get("/")
def index() -> ResponseReturnValue:
    """List all units of stewards, for stewards: those changed last first."""
    page = service.listing(web.session(), web.actor(), g.now, request.args.get("after", ""))
    return render_template("units/index.html", page=page)


@units.get("/format")
def show_format() -> ResponseReturnValue:
    """Say how a unit is written, with one to paste."""
    authorize(web.session(), web.actor(), DRAFT_UNIT, OFFICE, service.OFFICE_REF, g.now)
    return render_template("units/format.html", example=EXAMPLE)


@units.get("/<ref>")
def read(ref: str) -> ResponseReturnValue:
    """Show one unit: its text, where one stands in it, and what stewards may do with it."""
    reading = service.read(web.session(), web.actor(), ref, g.now)
    row = None
    if reading.row.state == UnitState.PUBLISHED:
        row = training.standing_in(web.session(), web.actor(), reading.unit, g.now)
    return render_template("units/read.html", reading=reading, unit=reading.unit, row=row)
