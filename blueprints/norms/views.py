"""The registry of norms: all of them by framework, and each on a page of its own."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from blueprints.norms.forms import FilterForm
from models.vocabulary import THEMES
from portal.errors import NotFound
from portal.norms import FRAMEWORKS, NORMS, VERIFICATIONS, find, label

norms = Blueprint("norms", __name__, url_prefix="/norms")


@norms.get("/")
def index() -> ResponseReturnValue:
    """List the voluntary norms by framework, narrowed by words and theme."""
    form = FilterForm(request.args)
    found = find(
        (form.words.data or "")[:100],
        form.framework.data or "",
        form.theme.data or "",
        shown=gettext,
    )
    return render_template(
        "norms/index.html",
        form=form,
        found=found,
        label=label,
        themes=THEMES,
        verifications=VERIFICATIONS,
    )


@norms.get("/<key>")
def read(key: str) -> ResponseReturnValue:
    """Show one norm with its symbol and source, and how far it was checked."""
    norm = NORMS.get(key)
    if norm is None:
        raise NotFound
    return render_template(
        "norms/read.html",
        norm=norm,
        framework=FRAMEWORKS[norm.framework],
        label=label(key),
        themes=THEMES,
        verifications=VERIFICATIONS,
    )
