"""Ties of a commitment to norms: made and taken off."""

from flask.typing import ResponseReturnValue

from blueprints.commitments.views import commitments
from blueprints.norm_links import link_norm_page, take_off
from portal.forms import creates
from portal.rules import COMMITMENTS


@commitments.route("/<ref>/link-norm", methods=["GET", "POST"])
@creates
def link_norm(ref: str) -> ResponseReturnValue:
    """Say which norm the commitment is relevant to, and why."""
    return link_norm_page(COMMITMENTS, ref)


@commitments.post("/<ref>/unlink-norm")
def unlink_norm(ref: str) -> ResponseReturnValue:
    """Take the tie to a norm off the commitment."""
    return take_off(COMMITMENTS, ref)
