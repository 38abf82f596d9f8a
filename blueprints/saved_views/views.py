"""Saving a view of a list, removing it, and opening the list with it: the same for every list."""

from typing import Final

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.saved_views.forms import ViewForm
from portal import saved_views as service
from portal import web
from portal.catalogue import NOUNS, Without
from portal.forms import creates
from portal.language import gettext

saved_views = Blueprint("saved_views", __name__, url_prefix="/views")
# The lists of all nouns, by the name of their pages.
LISTS: Final = frozenset(
    noun.endpoint.partition(".")[0] for noun in NOUNS if not isinstance(noun.endpoint, Without)
)


@saved_views.route("/<noun>/new", methods=["GET", "POST"])
@creates
def save_view(noun: str) -> ResponseReturnValue:
    """Ask for the name of a view, and save it."""
    session, actor = web.session(), web.actor()
    if noun not in LISTS:
        abort(404)
    form = ViewForm(data={"query": request.args.get("query", "")})
    form.offer(service.may_share_with(session, actor, g.now))
    if form.validate_on_submit():
        with web.attempt(form):
            service.save_view(
                session,
                actor,
                list_name=noun,
                name=form.name.data or "",
                query=form.query.data or "",
                organisation=form.organisation.data or "",
                default=form.default.data,
                now=g.now,
            )
            flash(gettext("View saved."))
            return redirect(url_for(f"{noun}.index") + (form.query.data or ""))
    page = render_template("saved_views/save.html", form=form, noun=noun)
    return page, 422 if form.errors else 200


@saved_views.post("/<int:key>/remove")
def remove_view(key: int) -> ResponseReturnValue:
    """Remove a view of one's own."""
    list_name = service.remove_view(web.session(), web.actor(), key)
    flash(gettext("View removed."))
    return redirect(url_for(f"{list_name}.index", view="all"))


@saved_views.post("/<int:key>/default")
def set_default(key: int) -> ResponseReturnValue:
    """Let a list open with a view, or by itself again."""
    on = request.form.get("on") == "1"
    view = service.set_default(web.session(), web.actor(), key, on=on, now=g.now)
    flash(
        gettext("The list now opens with this view.")
        if on
        else gettext("The list now opens without a view.")
    )
    return redirect(url_for(f"{view.list}.index") + view.query)
