"""How a resource of any noun is tied to a norm and untied: the form, and the two pages' steps."""

from collections.abc import Callable
from functools import partial

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length

from models.base import Resource
from portal import access, coverage, web
from portal.forms import BaseForm
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.norms import FRAMEWORKS, NORMS, label
from portal.rules import ANNOTATE, LINK_NORM, NOTICES, ResourceType

NORM_CHOICES = [
    SelectChoice(
        key,
        _("%(norm)s: %(title)s", norm=label(key), title=_(norm.title)),
        optgroup=_(FRAMEWORKS[norm.framework].name),
    )
    for key, norm in NORMS.items()
]


class NormLinkForm(BaseForm):
    """The norm that a resource is relevant to, and why."""

    norm = SelectField(
        _("Norm"), choices=[SelectChoice("", _("Choose a norm")), *NORM_CHOICES], default=""
    )
    reason = TextAreaField(_("Reason for relevance"), validators=[Length(max=500)])


def link_norm_page(resource_type: ResourceType[Resource], ref: str) -> ResponseReturnValue:
    """The page that ties a resource of the noun to a norm, and what it does when it is sent."""
    return _page(
        resource_type, ref, LINK_NORM, partial(coverage.link_norm, resource_type=resource_type)
    )


def annotate_page(ref: str) -> ResponseReturnValue:
    """The same for a mediator who reads a notice of others: the link is marked as theirs."""
    return _page(NOTICES, ref, ANNOTATE, coverage.annotate)


def _page(
    resource_type: ResourceType[Resource], ref: str, verb: str, act: Callable[..., None]
) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    resource = access.authorize(session, actor, verb, resource_type, ref, g.now)
    form = NormLinkForm()
    if form.validate_on_submit():
        said = {"norm": form.norm.data, "reason": form.reason.data or ""}
        with web.attempt(form):
            act(session, actor, ref=ref, **said, now=g.now)
            flash(gettext("Norm linked. Readers see the norm and your reason."))
            return redirect(url_for(f"{resource_type.name}.read", ref=ref))
    page = render_template(
        "norms/link_norm.html", form=form, resource=resource, noun=resource_type.name
    )
    return page, 422 if form.errors else 200


def take_off(resource_type: ResourceType[Resource], ref: str) -> ResponseReturnValue:
    """Take a tie off, and go back to the resource."""
    norm = request.form.get("norm", "")
    coverage.unlink_norm(web.session(), web.actor(), resource_type, ref, norm=norm, now=g.now)
    flash(gettext("Link removed."))
    return redirect(url_for(f"{resource_type.name}.read", ref=ref))
