"""The personal calendar feed, by its secret address."""

from flask import Blueprint, Response, current_app, g
from flask.typing import ResponseReturnValue

from portal import diary, web

feeds = Blueprint("feeds", __name__, url_prefix="/feeds")


@feeds.get("/calendar/<key>.ics")
@web.limiter.limit("600/hour")
def calendar(key: str) -> ResponseReturnValue:
    """Give the calendar of whoever made this address; an unknown one is not found."""
    base_url = current_app.config["SETTINGS"].base_url
    found = diary.calendar_of(web.session(), key, base_url, g.now)
    return Response(found, content_type="text/calendar; charset=utf-8")
