"""The page on which organisers reschedule a dialogue, as they like or as somebody proposes."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.dialogues.coming_forms import MoveForm, as_typed
from blueprints.dialogues.views import dialogues
from models.dialogues import Dialogue
from portal import access, web
from portal import dialogues as service
from portal.language import gettext
from portal.parsing import as_key
from portal.rules.dialogues import DIALOGUES
from portal.rules.verbs import RESCHEDULE


@dialogues.route("/<ref>/reschedule", methods=["GET", "POST"])
@web.limiter.limit(web.WRITES_EMAILS, methods=["POST"])
def reschedule(ref: str) -> ResponseReturnValue:
    """Move a dialogue to another time, place or way in."""
    session, actor = web.session(), web.actor()
    dialogue: Dialogue = access.authorize(session, actor, RESCHEDULE, DIALOGUES, ref, g.now)
    form, late = MoveForm(data=as_typed(_offered(dialogue), dialogue.version)), False
    if form.validate_on_submit():
        late = form.typed_version() != dialogue.version
        if not late:
            with web.attempt(form):
                version = form.typed_version()
                service.reschedule(
                    session, actor, ref, moved=form.moved(), version=version, now=g.now
                )
                flash(gettext("Dialogue rescheduled. Everyone invited gets a new invitation."))
                return redirect(url_for("dialogues.read", ref=ref))
        form.version.data = str(dialogue.version)
    page = render_template("dialogues/reschedule.html", form=form, dialogue=dialogue, late=late)
    return page, 409 if late else 422 if form.errors else 200


def _offered(dialogue: Dialogue) -> service.Moved:
    """What the form begins with: the present time, or one that somebody invited proposes."""
    key = request.args.get("proposal", 0, type=as_key)
    if not key:
        return service.moved_of(dialogue)
    proposal = service.proposal_of(web.session(), dialogue, key)
    if proposal is None:
        flash(gettext("This proposal is no longer open. The current time is shown below."))
        return service.moved_of(dialogue)
    return service.moved_as_proposed(dialogue, proposal.starts_at, proposal.ends_at)


@dialogues.post("/<ref>/decline-counter")
@web.limiter.limit(web.WRITES_EMAILS)
def decline_counter(ref: str) -> ResponseReturnValue:
    """Keep the time, though somebody invited proposes another one."""
    key = request.form.get("proposal", 0, type=as_key)
    service.decline_counter(web.session(), web.actor(), ref, key=key, now=g.now)
    flash(gettext("The time stays. The person who proposed another one is notified."))
    return redirect(url_for("dialogues.read", ref=ref))
