"""Ties of a commitment to norms: made and taken off."""

from flask.typing import ResponseReturnValue

from blueprints.commitments.views import commitments
from blueprints.tags import tag_page, take_off
from portal.forms import creates
from portal.rules import COMMITMENTS


@commitments.route("/<ref>/tag", methods=["GET", "POST"])
@creates
def tag(ref: str) -> ResponseReturnValue:
    """Say which norm the commitment is relevant to, and why."""
    return tag_page(COMMITMENTS, ref)


@commitments.post("/<ref>/untag")
def untag(ref: str) -> ResponseReturnValue:
    """Take the tie to a norm off the commitment."""
    return take_off(COMMITMENTS, ref)
