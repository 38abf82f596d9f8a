"""Pages of people: who they are, and what may be done for or against them."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.audience_forms import sent_key
from blueprints.stakeholders.forms import AskForm
from blueprints.stakeholders.views import or_warn, stakeholders
from models.stakeholders import Organisation, Person
from portal import access, web
from portal import stakeholders as service
from portal.errors import NotFound
from portal.language import gettext
from portal.parsing import as_key
from portal.rules import END_MEMBERSHIP, LEAVE, ORGANISATIONS, PEOPLE, SUSPEND
from portal.sole_charge import in_sole_charge


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
        oneself=True,
    )


@stakeholders.route("/<ref>/end-membership", methods=["GET", "POST"])
def end_membership(ref: str) -> ResponseReturnValue:
    """End a membership at once, after a last look at what only its holder can act on."""
    session, actor = web.session(), web.actor()
    if request.method == "POST":
        with or_warn():
            key = sent_key("membership")
            service.end_membership(session, actor, ref, membership_id=key, now=g.now)
            flash(gettext("Membership ended, together with its rights."))
        return redirect(url_for("stakeholders.read", ref=ref))
    home: Organisation = access.authorize(session, actor, END_MEMBERSHIP, ORGANISATIONS, ref, g.now)
    key = request.args.get("membership", 0, type=as_key)
    held = next(
        (row for row in service.people_of(session, actor, home.id, g.now) if row.id == key), None
    )
    if held is None:
        raise NotFound
    return render_template(
        "stakeholders/ask.html",
        question=gettext("End a role of %(name)s?", name=held.name),
        meaning=gettext("They lose its rights at once. Only a new invitation restores them."),
        button=gettext("End this role"),
        back=url_for("stakeholders.read", ref=ref),
        membership=key,
        held_role=held.role,
        whose=held.name,
        alone=in_sole_charge(
            session, actor, g.now, person_id=held.person_id, organisation_id=home.id
        ),
    )


def _ask(
    ref: str,
    verb: str,
    act: Any,
    question: str,
    meaning: str,
    button: str,
    after: str,
    *,
    oneself: bool = False,
) -> ResponseReturnValue:
    session, actor = web.session(), web.actor()
    found: Person = access.authorize(session, actor, verb, PEOPLE, ref, g.now)
    if AskForm().validate_on_submit():
        act(session, actor, ref, g.now)
        flash(gettext("Changes saved."))
        return redirect(after)
    return render_template(
        "stakeholders/ask.html",
        question=question % {"name": found.name},
        meaning=meaning,
        button=button,
        back=url_for("stakeholders.read_person", ref=ref),
        whose="" if oneself else found.name,
        alone=in_sole_charge(session, actor, g.now, person_id=found.id),
    )
