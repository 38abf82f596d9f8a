"""Pages on which the library is kept: a clause added, changed, taken out of use and back."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.clauses.forms import AskForm, ClauseForm, typed_from
from blueprints.clauses.views import WORDS, clauses
from models.norms import Clause
from portal import access, web
from portal import clauses as service
from portal.forms import creates
from portal.language import gettext
from portal.rules import ADD_CLAUSE, CLAUSES, EDIT, OFFICE, RETIRE


@clauses.route("/new", methods=["GET", "POST"])
@creates
def add_clause() -> ResponseReturnValue:
    """Add a clause to the library."""
    session, actor = web.session(), web.actor()
    access.authorize(session, actor, ADD_CLAUSE, OFFICE, service.OFFICE_REF, g.now)
    form = ClauseForm()
    if form.validate_on_submit():
        with web.attempt(form):
            clause = service.add_clause(session, actor, form.text(), g.now)
            flash(gettext("Clause added to the library. Everyone can start a commitment from it."))
            return redirect(url_for("clauses.read", ref=clause.ref))
    return _form_page(form)


@clauses.route("/<ref>/edit", methods=["GET", "POST"])
def edit(ref: str) -> ResponseReturnValue:
    """Change a clause."""
    session, actor = web.session(), web.actor()
    clause: Clause = access.authorize(session, actor, EDIT, CLAUSES, ref, g.now)
    form = ClauseForm(data=typed_from(service.text_of(clause), clause.version))
    if form.validate_on_submit():
        if form.typed_version() != clause.version:
            # Somebody saved meanwhile: sending again is then a decision made knowing their words.
            form.version.data = str(clause.version)
            return _form_page(form, clause, theirs=True, status=409)
        with web.attempt(form):
            service.edit(session, actor, ref, text=form.text(), version=clause.version, now=g.now)
            flash(gettext("Clause saved. Commitments already started from it do not change."))
            return redirect(url_for("clauses.read", ref=ref))
    return _form_page(form, clause)


def _form_page(
    form: ClauseForm, clause: Clause | None = None, *, theirs: bool = False, **more: Any
) -> ResponseReturnValue:
    web.only_read()
    page = render_template("clauses/form.html", form=form, clause=clause, theirs=theirs, **WORDS)
    return page, more.get("status", 422 if form.errors else 200)


@clauses.route("/<ref>/retire", methods=["GET", "POST"])
def retire(ref: str) -> ResponseReturnValue:
    """Take a clause out of use, after a last look."""
    clause: Clause = access.authorize(web.session(), web.actor(), RETIRE, CLAUSES, ref, g.now)
    if AskForm().validate_on_submit():
        service.retire(web.session(), web.actor(), ref, g.now)
        flash(gettext("Clause retired. You can return it to use."))
        return redirect(url_for("clauses.read", ref=ref))
    return render_template("clauses/retire.html", clause=clause)


@clauses.post("/<ref>/restore")
def restore(ref: str) -> ResponseReturnValue:
    """Take a clause back into use."""
    service.restore(web.session(), web.actor(), ref, g.now)
    flash(gettext("Clause back in use. Everyone can start a commitment from it."))
    return redirect(url_for("clauses.read", ref=ref))
