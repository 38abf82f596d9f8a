"""Pages by which a resource is followed, and followed no longer: the same for every noun."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from models.base import Resource
from portal import access, web
from portal import following as service
from portal.language import gettext
from portal.rules import READ, UNFOLLOW, ResourceType


def may_be_followed(pages: Blueprint, resource_type: ResourceType[Resource]) -> None:
    """Give the pages of a noun the addresses `follow` and `unfollow`."""

    def follow(ref: str) -> ResponseReturnValue:
        """Follow it: what happens to it is shown and sent, as far as one may read it then."""
        service.follow(web.session(), web.actor(), resource_type, ref, g.now)
        flash(gettext("You now follow this. Its activity is shown on your overview."))
        return redirect(url_for(f"{pages.name}.read", ref=ref))

    def unfollow(ref: str) -> ResponseReturnValue:
        """Ask whether to follow it no longer, with one button: e-mails lead here."""
        session, actor = web.session(), web.actor()
        resource = access.authorize(session, actor, READ, resource_type, ref, g.now)
        follows = access.may(session, actor, UNFOLLOW, resource_type, resource.id, g.now)
        if request.method == "POST":
            if follows:  # to stop twice is to have stopped
                service.unfollow(session, actor, resource_type, ref, g.now)
            flash(gettext("You no longer follow this."))
            return redirect(url_for(f"{pages.name}.read", ref=ref))
        return render_template(
            "overview/unfollow.html", resource=resource, follows=follows, noun=resource_type.name
        )

    pages.add_url_rule("/<ref>/follow", "follow", follow, methods=["POST"])
    pages.add_url_rule("/<ref>/unfollow", "unfollow", unfollow, methods=["GET", "POST"])
