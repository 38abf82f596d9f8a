"""How a matter of any noun is tied to a norm and untied: the form, and the two pages' steps."""

from collections.abc import Callable
from functools import partial

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectChoice, SelectField, TextAreaField
from wtforms.validators import Length

from models.base import Resource
from portal import access, coverage, web
from portal.forms import BaseForm
from portal.norms import FRAMEWORKS, NORMS, label
from portal.rules import ANNOTATE, NOTICES, TAG, Kind

NORM_CHOICES = [
    SelectChoice(
        key,
        _("%(norm)s: %(title)s", norm=label(key), title=_(norm.title)),
        optgroup=_(FRAMEWORKS[norm.framework].name),
    )
    for key, norm in NORMS.items()
]


class TagForm(BaseForm):
    """The norm that a matter is relevant to, and why."""

    norm = SelectField(
        _("Norm"), choices=[SelectChoice("", _("Choose a norm")), *NORM_CHOICES], default=""
    )
    reason = TextAreaField(_("Why it is relevant"), validators=[Length(max=500)])


def tag_page(kind: Kind[Resource], ref: str) -> ResponseReturnValue:
    """The page that ties a matter of the noun to a norm, and what it does when it is sent."""
    return _page(kind, ref, TAG, partial(coverage.tag, kind=kind))


def annotate_page(ref: str) -> ResponseReturnValue:
    """The same for a mediator who reads a notice of others: the link is marked as theirs."""
    return _page(NOTICES, ref, ANNOTATE, coverage.annotate)


def _page(
    kind: Kind[Resource], ref: str, verb: str, act: Callable[..., None]
) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    matter = access.enter(session, actor, verb, kind, ref, g.now)
    form = TagForm()
    if form.validate_on_submit():
        said = {"norm": form.norm.data, "reason": form.reason.data or ""}
        with web.attempt(form):
            act(session, actor, ref=ref, **said, now=g.now)
            flash(gettext("Tied. Whoever reads it sees the norm and your reason."))
            return redirect(url_for(f"{kind.name}.read", ref=ref))
    page = render_template("norms/tag.html", form=form, matter=matter, noun=kind.name)
    return page, 422 if form.errors else 200


def take_off(kind: Kind[Resource], ref: str) -> ResponseReturnValue:
    """Take a tie off, and go back to the matter."""
    norm = request.form.get("norm", "")
    coverage.untag(web.session(), web.actor(), kind, ref, norm=norm, now=g.now)
    flash(gettext("The tie is taken off."))
    return redirect(url_for(f"{kind.name}.read", ref=ref))
