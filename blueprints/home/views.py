"""What waits for me, by when, with the verb as a button; and what has come in."""

from flask import Blueprint, g, render_template
from flask.typing import ResponseReturnValue

from portal import home as desk
from portal import web

home = Blueprint("home", __name__)


@home.get("/")
def index() -> ResponseReturnValue:
    """Show what waits."""
    session, actor = web.session(), web.actor()
    return render_template(
        "home/index.html",
        waiting=desk.waiting(session, actor, g.now),
        news=desk.news(session, actor, g.now),
    )
