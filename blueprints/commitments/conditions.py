"""The page of conditions: what hangs on what, as a picture and a table; set while it is a draft."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import AskForm
from blueprints.commitments.drawing import drawing_of
from blueprints.commitments.forms import ConditionForm
from blueprints.commitments.views import commitments
from models.commitments import Commitment
from portal import access, search, web
from portal import commitments as service
from portal.forms import creates
from portal.language import gettext
from portal.rules import COMMITMENTS, EDIT, READ_TEXT


@commitments.get("/<ref>/conditions")
def conditions(ref: str) -> ResponseReturnValue:
    """Show what hangs together with it, whose turn it is, and what waits for whom."""
    session, actor = web.session(), web.actor()
    resource: Commitment = access.authorize(session, actor, READ_TEXT, COMMITMENTS, ref, g.now)
    return _page(resource, ConditionForm(formdata=None), 200)


@commitments.post("/<ref>/conditions")
@creates
def add_condition(ref: str) -> ResponseReturnValue:
    """Let the draft hang on another commitment."""
    session, actor = web.session(), web.actor()
    resource: Commitment = access.authorize(session, actor, EDIT, COMMITMENTS, ref, g.now)
    form = ConditionForm()
    if form.validate_on_submit():
        with web.attempt(form):
            service.add_condition(
                session,
                actor,
                ref,
                on=search.reference_of(session, actor, "commitments", form.on.data, g.now),
                condition_type=form.type.data,
                days=form.days.data or 0,
                now=g.now,
            )
            flash(gettext("Condition saved."))
            return redirect(url_for("commitments.conditions", ref=ref))
        resource = access.authorize(session, actor, EDIT, COMMITMENTS, ref, g.now)
    return _page(resource, form, 422)


@commitments.post("/<ref>/conditions/<int:number>/remove")
def remove_condition(ref: str, number: int) -> ResponseReturnValue:
    """Take a condition off the draft."""
    if AskForm().validate_on_submit():
        service.remove_condition(web.session(), web.actor(), ref, number, g.now)
        flash(gettext("Condition removed."))
    return redirect(url_for("commitments.conditions", ref=ref))


def _page(resource: Commitment, form: ConditionForm, status: int) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    web_of = service.web_of(session, actor, resource, g.now)
    page = render_template(
        "commitments/conditions.html",
        commitment=resource,
        verbs=access.verbs(session, actor, COMMITMENTS, resource.id, g.now),
        web=web_of,
        drawing=drawing_of(web_of),
        form=form,
        differ=service.differ,
    )
    return page, status
