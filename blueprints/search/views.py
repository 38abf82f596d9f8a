"""One question over all nouns; every hit is one that the person may open."""

from flask import Blueprint, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from portal import search as desk
from portal import web

search = Blueprint("search", __name__, url_prefix="/search")
# For each noun its heading, the page of one of them, and what leads to the next page of hits.
SHOWN = {
    "notices": (lazy_gettext("Notices"), "notices.read", lazy_gettext("Older notices")),
    "commitments": (
        lazy_gettext("Commitments"),
        "commitments.read",
        lazy_gettext("Older commitments"),
    ),
    "dialogues": (lazy_gettext("Dialogues"), "dialogues.read", ""),
    "records": (lazy_gettext("Records"), "records.read", ""),
    "processes": (lazy_gettext("Processes"), "processes.read", ""),
    "organisations": (lazy_gettext("Organisations"), "stakeholders.read", ""),
    "people": (lazy_gettext("People"), "stakeholders.person", ""),
    "groups": (lazy_gettext("Sharing groups"), "stakeholders.group", ""),
}


@search.get("")
@web.limiter.limit("60/minute")
def index() -> ResponseReturnValue:
    """Show what was found."""
    asked = request.args.get("q", "")[:200]
    kind, after = request.args.get("kind", ""), request.args.get("after", "")
    found = desk.find(web.session(), web.actor(), asked, g.now, kind=kind, after=after)
    return render_template("search/index.html", asked=asked, found=found, shown=SHOWN)
