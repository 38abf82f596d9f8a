"""Pages of sharing groups."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.choices import options
from blueprints.stakeholders.forms import AskForm, GroupForm, MembersForm
from blueprints.stakeholders.views import stakeholders
from models.offers import Offer
from models.stakeholders import SharingGroup
from models.vocabulary import Tlp
from portal import access, web
from portal import stakeholders as service
from portal.error_handlers import no_right
from portal.forms import creates
from portal.language import gettext
from portal.rules import CLOSE, EDIT, GROUPS, READ_MEMBERS


@stakeholders.get("/groups")
def groups() -> ResponseReturnValue:
    """List the groups that the person may know of."""
    rows = service.group_list(web.session(), web.actor(), g.now)
    return render_template("stakeholders/groups.html", rows=rows)


@stakeholders.route("/groups/new", methods=["GET", "POST"])
@creates
def form_group() -> ResponseReturnValue:
    """Form a group."""
    session, actor = web.session(), web.actor()
    homes = service.homes_for_groups(session, actor, g.now)
    if not homes:
        return no_right("stakeholders/no_group.html")
    form = GroupForm()
    form.organisation.choices = options((row.ref, row.name) for row in homes)
    if form.validate_on_submit():
        with web.attempt(form):
            group = service.form_group(
                session,
                actor,
                form.organisation.data,
                name=form.name.data,
                purpose=form.purpose.data or "",
                ceiling=Tlp(form.ceiling.data),
                open_list=form.open_list.data,
                look_alike=form.look_alike.data,
                now=g.now,
            )
            flash(gettext("Group created. Next, add its members."))
            return redirect(url_for("stakeholders.edit_group", ref=group.ref))
    status = 422 if form.errors else 200
    return render_template("stakeholders/form_group.html", form=form), status


@stakeholders.get("/groups/<ref>")
def read_group(ref: str) -> ResponseReturnValue:
    """Show a group, and its members to whoever may see them."""
    session, actor = web.session(), web.actor()
    found = service.read_group(session, actor, ref, g.now)
    verbs = access.verbs(session, actor, GROUPS, found.id, g.now)
    members = service.members_by_name(session, found.id) if READ_MEMBERS in verbs else []
    offers = (
        service.offers_of(session, actor, g.now, Offer.group_id == found.id)
        if EDIT in verbs
        else []
    )
    return render_template(
        "stakeholders/read_group.html", group=found, verbs=verbs, members=members, offers=offers
    )


@stakeholders.post("/groups/<ref>/leave")
def leave_group(ref: str) -> ResponseReturnValue:
    """Leave a group in which one is by name."""
    service.leave_group(web.session(), web.actor(), ref, g.now)
    flash(gettext("You have left the group."))
    return redirect(url_for("stakeholders.groups"))


@stakeholders.route("/groups/<ref>/edit", methods=["GET", "POST"])
def edit_group(ref: str) -> ResponseReturnValue:
    """Change name, purpose and list of a group."""
    session, actor = web.session(), web.actor()
    found: SharingGroup = access.authorize(session, actor, EDIT, GROUPS, ref, g.now)
    members, invited = service.members_of(session, found), service.invited_to(session, found)
    organisations, people = (members[n] | invited[n].keys() for n in (0, 1))
    choices = service.addressable(session, actor, g.now)
    form = MembersForm(
        data={
            "name": found.name,
            "purpose": found.purpose,
            "organisations": sorted(organisations),
            "people": sorted(people),
        }
    )
    form.offer(choices)
    offered = {name: {key for key, _name in entries} for name, entries in choices.items()}
    unseen = organisations - offered["organisations"], people - offered["people"]
    late = form.is_late(found.name, found.purpose, organisations, people)
    if not late and form.validate_on_submit():
        with web.attempt(form):
            service.edit_group(
                session,
                actor,
                ref,
                name=form.name.data,
                purpose=form.purpose.data or "",
                organisation_ids={*form.organisations.data, *unseen[0]},
                person_ids={*form.people.data, *unseen[1]},
                now=g.now,
            )
            flash(gettext("Group saved. New members are invited."))
            return redirect(url_for("stakeholders.read_group", ref=ref))
    page = render_template(
        "stakeholders/edit_group.html",
        form=form,
        group=found,
        unseen=len(unseen[0]) + len(unseen[1]),
        late=late,
        organisations=[name for key, name in choices["organisations"] if key in organisations],
        people=[name for key, name in choices["people"] if key in people],
    )
    return page, 409 if late else 422 if form.errors else 200


@stakeholders.route("/groups/<ref>/close", methods=["GET", "POST"])
def close_group(ref: str) -> ResponseReturnValue:
    """Close a group, after a last look."""
    found: SharingGroup = access.authorize(web.session(), web.actor(), CLOSE, GROUPS, ref, g.now)
    if AskForm().validate_on_submit():
        service.close_group(web.session(), web.actor(), ref, g.now)
        flash(gettext("Changes saved."))
        return redirect(url_for("stakeholders.read_group", ref=ref))
    return render_template(
        "stakeholders/ask.html",
        question=gettext("Close the group %(name)s?", name=found.name),
        meaning=gettext("People who read notices only through this group lose access at once."),
        button=gettext("Close group"),
        back=url_for("stakeholders.read_group", ref=ref),
    )
