"""What waits for me, by when, with the verb as a button; what was done, and what has come in."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from portal import home as desk
from portal import web

home = Blueprint("home", __name__)


@home.get("/")
def index() -> ResponseReturnValue:
    """Show what waits."""
    page = desk.first_page(web.session(), web.actor(), g.now)
    return render_template("home/index.html", page=page)
