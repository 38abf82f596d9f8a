"""Ties of a notice to norms: made and taken off."""

from flask.typing import ResponseReturnValue

from blueprints.notices.views import notices
from blueprints.tags import tag_page, take_off
from portal.rules import NOTICES


@notices.route("/<ref>/tag", methods=["GET", "POST"])
def tag(ref: str) -> ResponseReturnValue:
    """Say which norm the notice is relevant to, and why."""
    return tag_page(NOTICES, ref)


@notices.post("/<ref>/untag")
def untag(ref: str) -> ResponseReturnValue:
    """Take the tie to a norm off the notice."""
    return take_off(NOTICES, ref)
