"""What waits for me, by when, with the verb as a button; what was done, and what has come in."""

from typing import cast

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from portal import overview as service
from portal import web
from portal.presence import Here, tour_of
from portal.recipients import homes

overview = Blueprint("overview", __name__)


@overview.get("/")
def index() -> ResponseReturnValue:
    """Show what waits."""
    page = service.first_page(web.session(), web.actor(), g.now)
    here = cast(Here, g.here)
    tour = tour_of(web.session(), here, g.now)
    return render_template("overview/index.html", page=page, absence=here.absence, tour=tour)


@overview.app_template_global("may_start")
def may_start(verb: str) -> bool:
    """Whether there is an organisation for which the reader may begin this."""
    return bool(homes(web.session(), web.actor(), verb, g.now))
