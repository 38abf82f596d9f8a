"""One question over all nouns; every hit is one that the person may open."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal import search as desk
from portal import web

search = Blueprint("search", __name__, url_prefix="/search")


@search.get("")
@web.limiter.limit("60/minute")
def index() -> ResponseReturnValue:
    """Show what was found."""
    asked = request.args.get("q", "")[:200]
    found = desk.find(web.session(), web.actor(), asked, g.now, after=request.args.get("after", ""))
    others = (
        (gettext("Organisations"), "stakeholders.read", found.organisations),
        (gettext("People"), "stakeholders.person", found.people),
        (gettext("Sharing groups"), "stakeholders.group", found.groups),
    )
    return render_template("search/index.html", asked=asked, found=found, others=others)
