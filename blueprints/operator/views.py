"""Privacy, imprint, accessibility, support and security.txt: read without signing in."""

from collections.abc import Callable

from flask import Blueprint, Response, abort, current_app, g, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.operator_pages import PAGES, SECURITY, OperatorPage, security_txt

operator = Blueprint("operator", __name__)


def view_of(page: OperatorPage) -> Callable[[], ResponseReturnValue]:
    """The view of a page."""

    def view() -> ResponseReturnValue:
        """Show what the operator says, or what they have yet to say."""
        if current_user.is_authenticated:
            g.here = current_user.here  # so that they keep their menu on a page that is open to all
        text = current_app.extensions["operator_pages"].get(page.name, "")
        contact = current_app.config["SETTINGS"].security_contact
        shown = {"page": page, "text": text, "contact": contact.removeprefix("mailto:")}
        return render_template(f"operator/{page.name}.html", **shown)

    return view


for each in PAGES:
    operator.add_url_rule(f"/{each.name}", each.name, view_of(each))


@operator.get(f"/.well-known/{SECURITY}")
def security() -> ResponseReturnValue:
    """Say where holes are reported (RFC 9116); not found where nobody has said so."""
    settings = current_app.config["SETTINGS"]
    if not settings.security_contact:
        abort(404)
    text = security_txt(settings.security_contact, settings.base_url, g.now)
    return Response(text, content_type="text/plain; charset=utf-8")
