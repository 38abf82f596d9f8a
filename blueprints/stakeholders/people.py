"""Pages of people: who they are, and what may be done for or against them."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.stakeholders.forms import AskForm
from blueprints.stakeholders.views import stakeholders
from models.stakeholders import Person
from portal import access, web
from portal import stakeholders as service
from portal.language import gettext
from portal.rules import LEAVE, PEOPLE, SUSPEND
from portal.sole_charge import SoleCharge, in_sole_charge


@stakeholders.get("/people/<ref>")
def read_person(ref: str) -> ResponseReturnValue:
    """Show a person as far as one may know them."""
    session, actor = web.session(), web.actor()
    found = service.read_person(session, actor, ref, g.now)
    verbs = access.verbs(session, actor, PEOPLE, found.id, g.now)
    return render_template(
        "stakeholders/read_person.html",
        person=found,
        verbs=verbs,
        roles=service.roles_of(session, actor, found.id, g.now),
    )


@stakeholders.post("/people/<ref>/reinstate")
def reinstate_person(ref: str) -> ResponseReturnValue:
    """Let the person back in."""
    service.reinstate_person(web.session(), web.actor(), ref, g.now)
    flash(gettext("Person reinstated."))
    return redirect(url_for("stakeholders.read_person", ref=ref))


@stakeholders.route("/people/<ref>/suspend", methods=["GET", "POST"])
def suspend_person(ref: str) -> ResponseReturnValue:
    """Suspend a person, after a last look."""
    return _ask(
        ref,
        SUSPEND,
        service.suspend_person,
        gettext("Suspend %(name)s?"),
        gettext("All their sign-ins end now. You can reinstate them."),
        gettext("Suspend"),
        url_for("stakeholders.read_person", ref=ref),
    )


@stakeholders.route("/people/<ref>/leave", methods=["GET", "POST"])
def leave_person(ref: str) -> ResponseReturnValue:
    """Leave the portal oneself, after a last look."""
    return _ask(
        ref,
        LEAVE,
        service.leave_person,
        gettext("Leave the portal, %(name)s?"),
        gettext("All your sign-ins end now. Only the steward can reinstate you."),
        gettext("Leave"),
        url_for("auth.sign_in"),
        in_sole_charge(web.session(), web.actor(), g.now),
    )


def _ask(
    ref: str,
    verb: str,
    act: Any,
    question: str,
    meaning: str,
    button: str,
    after: str,
    alone: list[SoleCharge] | None = None,
) -> ResponseReturnValue:
    found: Person = access.authorize(web.session(), web.actor(), verb, PEOPLE, ref, g.now)
    if AskForm().validate_on_submit():
        act(web.session(), web.actor(), ref, g.now)
        flash(gettext("Changes saved."))
        return redirect(after)
    return render_template(
        "stakeholders/ask.html",
        question=question % {"name": found.name},
        meaning=meaning,
        button=button,
        back=url_for("stakeholders.read_person", ref=ref),
        alone=alone,
    )
