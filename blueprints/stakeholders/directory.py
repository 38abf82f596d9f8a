"""The directory of organisations."""

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.lists import Asked
from blueprints.stakeholders.filters import GROUP_NAMES, LIST
from blueprints.stakeholders.views import stakeholders
from portal import stakeholders as service
from portal import web
from portal.saved_views import views_of


@stakeholders.get("/")
def index() -> ResponseReturnValue:
    """List the organisations that the person may know of."""
    views = views_of(web.session(), web.actor(), g.now)
    asked = Asked(LIST, request.args, {}, request.path, views)
    if asked.default:
        return redirect(asked.default)
    rows = service.directory(
        web.session(),
        web.actor(),
        g.now,
        asked.text("words"),
        kind=asked.text("kind"),
        state=asked.text("state"),
        country=asked.text("country"),
        order=asked.order or service.BY_NAME,
    )
    groups = asked.groups(rows, GROUP_NAMES)
    return render_template("stakeholders/index.html", rows=rows, asked=asked, groups=groups)
